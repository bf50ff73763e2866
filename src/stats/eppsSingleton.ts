import { distributions } from "./distributions/index.js";
import { compensatedSum } from "./exactSum.js";
import { demand } from "./options.js";
import { quantile } from "./quantile.js";
import type { Sample, TestResult } from "./result.js";
import { undecided } from "./result.js";
import { flaw, type Sorted, sortSample } from "./sample.js";
import { scaleOf } from "./scale.js";
import { symmetricEigen } from "./special/symmetricEigen.js";

/** An Epps-Singleton result, with the rank of the covariance as degrees of freedom. */
export interface EppsSingletonResult extends TestResult {
  readonly dof: number;
}

/**
 * The Epps-Singleton test: the distance of two empirical characteristic functions at `t` (0.4 and 0.8 by default),
 * in units of half the pooled interquartile range, chi-square with as many degrees of freedom as their covariance has
 * rank. Discrete data are as good as continuous. Needs 5 rows a side; an interquartile range of 0 is `zero-scale`.
 * Effect: the statistic per row.
 *
 * Source: Epps and Singleton (1986), with the small-sample factor of Goerg and Kaiser (2009) below 25 rows.
 */
export function eppsSingleton(
  reference: Sample,
  current: Sample,
  options: { readonly t?: readonly number[] } = {},
): EppsSingletonResult {
  const { t = [0.4, 0.8] } = options;
  const usable = t.length > 0 && t.every((point) => Number.isFinite(point) && point > 0);
  demand(usable, "eppsSingleton", "t", t, "a list of positive numbers");
  const x = sortSample(reference);
  const y = sortSample(current);
  const n = x.length;
  const m = y.length;
  const name = "statisticPerRow";
  const problem = flaw(x, 5, "refused") ?? flaw(y, 5, "refused");
  if (problem) return { ...undecided("asymptotic", n, m, name, problem), dof: 0 };
  const scale = scaleOf(x, y);
  const pooled = sortSample([...x, ...y].map(scale.down));
  const [low, high] = quantile(pooled, [0.25, 0.75], { sorted: true });
  const unit = (high! - low!) / 2;
  if (unit === 0) return { ...undecided("asymptotic", n, m, name, "zero-scale"), dof: 0 };

  const standard = [x, y].map((sample) => sample.map((value) => scale.down(value) / unit));
  const reachable = standard.every((sample) => Number.isFinite(sample[0]) && Number.isFinite(sample.at(-1)));
  if (!reachable) return { ...undecided("asymptotic", n, m, name, "overflow"), dof: 0 };
  const a = features(standard[0]!, t);
  const b = features(standard[1]!, t);
  const total = n + m;
  const size = 2 * t.length;
  const covariance = Array.from({ length: size }, (_, i) =>
    Array.from(
      { length: size },
      (_, j) => (total / n) * a.covariance[i]![j]! + (total / m) * b.covariance[i]![j]!,
    ),
  );
  const gap = a.means.map((mean, i) => mean - b.means[i]!);
  const { values, vectors } = symmetricEigen(covariance);
  const largest = Math.max(...values);
  let sum = 0;
  let dof = 0;
  values.forEach((value, k) => {
    if (value <= largest * size * Number.EPSILON) return;
    dof++;
    const along = compensatedSum(gap.map((g, i) => g * vectors[i]![k]!));
    sum += (along * along) / value;
  });
  const small = 1 / (1 + total ** -0.45 + 10.1 * (n ** -1.7 + m ** -1.7));
  const statistic = total * sum * (Math.max(n, m) < 25 ? small : 1);
  return {
    statistic,
    pValue: distributions.chi2.sf(statistic, dof),
    method: "asymptotic",
    n,
    m,
    effect: { name, value: statistic / total },
    dof,
  };
}

/** Means and covariances (divided by n) of the cosines and sines of a sample at some points. */
function features(sample: Sorted, points: readonly number[]) {
  const columns = [
    ...points.map((t) => sample.map((x) => Math.cos(t * x))),
    ...points.map((t) => sample.map((x) => Math.sin(t * x))),
  ];
  const means = columns.map((column) => compensatedSum(column) / column.length);
  const centred = columns.map((column, i) => column.map((value) => value - means[i]!));
  const product = (i: number, j: number): number =>
    compensatedSum(centred[i]!.map((value, row) => value * centred[j]![row]!)) / sample.length;
  const lower = centred.map((_, i) => centred.slice(0, i + 1).map((_, j) => product(i, j)));
  const covariance = centred.map((_, i) => centred.map((_, j) => lower[Math.max(i, j)]![Math.min(i, j)]!));
  return { means, covariance };
}
