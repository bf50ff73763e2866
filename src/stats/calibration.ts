import type { ScoreResult } from "./confusion.js";
import { compensatedSum } from "./exactSum.js";
import { demand } from "./options.js";
import { probabilityFlaw } from "./probabilityScores.js";
import type { Sample } from "./result.js";

/** One bin of a reliability diagram: its rows, the mean of their scores and the share of positives among them. */
export interface CalibrationBin {
  readonly rows: number;
  readonly meanScore: number | null;
  readonly positiveShare: number | null;
}

/** A calibration error, with the reliability diagram that it sums up. */
export interface CalibrationResult extends ScoreResult {
  readonly bins: readonly CalibrationBin[];
}

/**
 * The expected calibration error: over bins of equal width, the mean distance of the mean score from the share of
 * positives, weighted by rows. Bin k of B holds the scores in [k / B, (k + 1) / B), the last one 1 too. A score outside 0
 * to 1 is a reason in place of a value.
 *
 * Source: Naeini, Cooper and Hauskrecht (2015); Guo et al. (2017), for two classes with the score of the positive one.
 */
export function expectedCalibrationError(
  positives: Sample,
  negatives: Sample,
  { bins = 10 }: { readonly bins?: number } = {},
): CalibrationResult {
  const isCount = Number.isInteger(bins) && bins >= 1 && bins <= 10_000;
  demand(isCount, "expectedCalibrationError", "bins", bins, "a whole number from 1 to 10,000");
  const n = positives.length + negatives.length;
  const reason = probabilityFlaw(positives, negatives);
  if (reason) return { value: null, n, bins: [], reason };
  const scores: number[][] = Array.from({ length: bins }, () => []);
  const hits = new Array<number>(bins).fill(0);
  const add = (score: number, hit: number): void => {
    let bin = Math.min(bins - 1, Math.floor(score * bins));
    // The product may be rounded over an edge.
    if (score < bin / bins) bin--;
    else if (bin < bins - 1 && score >= (bin + 1) / bins) bin++;
    scores[bin]!.push(score);
    hits[bin]! += hit;
  };
  for (let i = 0; i < positives.length; i++) add(positives[i]!, 1);
  for (let i = 0; i < negatives.length; i++) add(negatives[i]!, 0);
  const gaps = scores.map((inBin, k) => Math.abs(compensatedSum(inBin) - hits[k]!));
  return {
    value: compensatedSum(gaps) / n,
    n,
    bins: scores.map((inBin, k) => {
      const rows = inBin.length;
      if (rows === 0) return { rows, meanScore: null, positiveShare: null };
      return { rows, meanScore: compensatedSum(inBin) / rows, positiveShare: hits[k]! / rows };
    }),
  };
}
