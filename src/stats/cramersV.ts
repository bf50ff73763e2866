import { chiSquareHomogeneity } from "./chiSquareHomogeneity.js";
import type { DistanceResult, Sample } from "./result.js";

/**
 * Cramér's V of the 2 × k table of two vectors of counts: √(χ² / N), in [0, 1], whatever the number of rows.
 * `biasCorrected` subtracts what chance alone gives: φ̃² = max(0, φ² − (k − 1) / (N − 1)) over min(k̃ − 1, r̃ − 1).
 *
 * Source: Cramér (1946); Bergsma (2013), "A bias-correction for Cramér's V and Tschuprow's T".
 */
export function cramersV(
  reference: Sample,
  current: Sample,
  options: { readonly biasCorrected?: boolean } = {},
): DistanceResult {
  const table = chiSquareHomogeneity(reference, current);
  if (table.statistic === null) return { value: null, ...(table.reason ? { reason: table.reason } : {}) };
  if (table.dof === 0) return { value: null, reason: "one-level" };
  if (!options.biasCorrected) return { value: table.effect.value };
  const total = table.n + table.m;
  const levels = table.dof + 1;
  const share = Math.max(0, table.statistic / total - table.dof / (total - 1));
  const corrected = (count: number): number => count - (count - 1) ** 2 / (total - 1);
  const least = Math.min(corrected(levels), corrected(2)) - 1;
  return least > 0 ? { value: Math.sqrt(share / least) } : { value: null, reason: "too-few-values" };
}
