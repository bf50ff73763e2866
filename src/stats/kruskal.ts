import { distributions } from "./distributions/index.js";
import { exactSum } from "./exactSum.js";
import { type GroupOptions, sortGroups, walkGroups } from "./groups.js";
import type { Sample, TestResult } from "./result.js";
import { undecided } from "./result.js";

/**
 * The Kruskal-Wallis test that samples have one location, with tie correction:
 * H = 12 / (N(N + 1)) Σ nᵢ (mean rankᵢ − (N + 1)/2)² / (1 − Σ (t³ − t) / (N³ − N)), chi-square with k − 1 degrees of
 * freedom. Effect: ε² = H / (N − 1), in [0, 1]. Source: Kruskal and Wallis (1952).
 */
export function kruskal(reference: Sample, current: Sample, options: GroupOptions = {}): TestResult {
  const n = reference.length;
  const m = current.length;
  const samples = sortGroups(reference, current, options, 1, "kept");
  if (typeof samples === "string") return undecided("asymptotic", n, m, "epsilonSquared", samples);
  const total = samples.reduce((sum, sample) => sum + sample.length, 0);
  const rankSums = samples.map(() => 0);
  let ties = 0;
  walkGroups(samples, (here, below) => {
    const tied = here.reduce((sum, rows) => sum + rows, 0);
    const before = below.reduce((sum, rows) => sum + rows, 0);
    for (const [g, rows] of here.entries()) rankSums[g]! += rows * (before + (tied + 1) / 2);
    ties += tied * (tied - 1) * (tied + 1);
  });
  const correction = 1 - ties / (total * (total - 1) * (total + 1));
  if (!(correction > 0)) return undecided("asymptotic", n, m, "epsilonSquared", "one-distinct-value");
  const spread = samples.map(
    (sample, g) => sample.length * (rankSums[g]! / sample.length - (total + 1) / 2) ** 2,
  );
  const statistic = ((12 / (total * (total + 1))) * exactSum(spread)) / correction;
  return {
    statistic,
    pValue: distributions.chi2.sf(statistic, samples.length - 1),
    method: "asymptotic",
    n,
    m,
    effect: { name: "epsilonSquared", value: Math.min(1, statistic / (total - 1)) },
  };
}
