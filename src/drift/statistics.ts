import {
  chiSquareHomogeneity,
  cramersV,
  hellinger,
  jensenShannonDistance,
  klDivergence,
  lInfinity,
  psi,
  totalVariation,
} from "../stats/index.js";
import type { Statistic } from "./comparison.js";
import { meanEffect } from "./effects.js";
import type { NumericProfile } from "./profile.js";
import { aucOf, ksGaps, type Paired, scaleOf, wassersteinOf } from "./ranks.js";
import { PSI_FLOOR } from "./settings.js";
import type { Cell } from "./tallies.js";

function given(name: string, value: number | null | undefined, reason = "no value"): Statistic {
  return value !== null && value !== undefined && Number.isFinite(value)
    ? { name, value }
    : { name, value: null, reason };
}

/** The statistics of counts over the same bins or levels. */
export function cellStatistics(cells: readonly Cell[]): Statistic[] {
  const reference = cells.map(({ baseline }) => baseline);
  const current = cells.map((cell) => cell.current);
  const table = chiSquareHomogeneity(reference, current);
  const read = (name: string, result: { value: number | null; reason?: string }): Statistic =>
    given(name, result.value, result.reason);
  return [
    { ...read("psi", psi(reference, current, { floor: PSI_FLOOR })), floor: PSI_FLOOR },
    read("js", jensenShannonDistance(reference, current)),
    read("hellinger", hellinger(reference, current)),
    read("tvd", totalVariation(reference, current)),
    read("lInfinity", lInfinity(reference, current)),
    { ...read("kl", klDivergence(reference, current, { floor: PSI_FLOOR })), floor: PSI_FLOOR },
    given("chiSquare", table.statistic, table.reason),
    read("cramersV", cramersV(reference, current)),
  ];
}

/** The statistics of ranks and moments. */
export function numberStatistics(
  paired: Paired,
  baseline: NumericProfile,
  current: NumericProfile,
): Statistic[] {
  const { up, down } = ksGaps(paired);
  const scale = scaleOf(baseline);
  const of = paired.n * paired.m;
  const ratio =
    baseline.moments && current.moments && baseline.moments.deviation > 0
      ? (current.moments.deviation / baseline.moments.deviation) ** 2
      : undefined;
  return [
    given("ks", Math.max(up, down) / of),
    given("kuiper", Math.min(1, (up + down) / of)),
    given("wasserstein", scale === 0 ? undefined : wassersteinOf(paired, scale), "zero-scale"),
    given("auc", aucOf(paired)),
    given("mean", meanEffect(baseline, current)?.effect, "zero-variance"),
    given("varianceRatio", ratio, "zero-variance"),
  ];
}
