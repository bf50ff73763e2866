import { distributions } from "./distributions/index.js";
import { exactSum } from "./exactSum.js";
import { type GroupOptions, sortGroups } from "./groups.js";
import { choice } from "./options.js";
import { quantile } from "./quantile.js";
import type { Sample, TestResult } from "./result.js";
import { undecided } from "./result.js";
import { scaleOf } from "./scale.js";

/** What `levene` may be told. */
export interface LeveneOptions extends GroupOptions {
  /** What distances are taken from: the median (Brown and Forsythe, the default), or the mean. */
  readonly center?: "median" | "mean";
}

/**
 * Levene's test that samples have one spread: the one-way analysis of variance of |x − centre|, an F statistic.
 * Effect: η², the share of the variance of those distances that lies between the samples.
 *
 * Source: Levene (1960); Brown and Forsythe (1974).
 */
export function levene(reference: Sample, current: Sample, options: LeveneOptions = {}): TestResult {
  const center = choice("levene", "center", options.center, ["median", "mean"], "median");
  const n = reference.length;
  const m = current.length;
  const samples = sortGroups(reference, current, options, 1, "refused");
  if (typeof samples === "string") return undecided("asymptotic", n, m, "etaSquared", samples);
  const total = samples.reduce((sum, sample) => sum + sample.length, 0);
  const k = samples.length;
  if (total <= k) return undecided("asymptotic", n, m, "etaSquared", "too-few-values");
  const scale = scaleOf(...samples);
  const distances = samples.map((sample) => {
    const scaled = sample.map(scale.down);
    const middle =
      center === "mean" ? exactSum(scaled) / scaled.length : quantile(scaled, 0.5, { sorted: true })!;
    return scaled.map((x) => Math.abs(x - middle));
  });
  const means = distances.map((group) => exactSum(group) / group.length);
  const grand = exactSum(distances.map((group, g) => group.length * means[g]!)) / total;
  const between = exactSum(distances.map((group, g) => group.length * (means[g]! - grand) ** 2));
  const within = exactSum(distances.map((group, g) => exactSum(group.map((d) => (d - means[g]!) ** 2))));
  if (within === 0) return undecided("asymptotic", n, m, "etaSquared", "zero-variance");
  const statistic = ((total - k) / (k - 1)) * (between / within);
  const finite = Number.isFinite(statistic);
  return {
    statistic: finite ? statistic : null,
    pValue: distributions.f.sf(statistic, k - 1, total - k),
    method: "asymptotic",
    n,
    m,
    effect: { name: "etaSquared", value: between / (between + within) },
    ...(finite ? {} : { reason: "overflow" as const }),
  };
}
