import { countFlaw } from "./counts.js";
import { demand } from "./options.js";
import { quantile } from "./quantile.js";
import type { Reason, Sample } from "./result.js";
import { flaw, type Sorted, sortSample } from "./sample.js";

/** A sample in increasing order, each value with the weight it counts for; no weights means one each. */
export interface Weighted {
  readonly values: Sorted;
  readonly weights: Float64Array | undefined;
  readonly total: number;
}

/** Sorts a sample with its weights, or says why it can't be used. Weights of another length are a ConfigError. */
export function sortWeighted(
  unit: string,
  parameter: string,
  sample: Sample,
  weights: Sample | undefined,
  infinities: "kept" | "refused",
): Weighted | Reason {
  if (!weights) {
    const values = sortSample(sample);
    return flaw(values, 1, infinities) ?? { values, weights: undefined, total: values.length };
  }
  const fits = weights.length === sample.length;
  demand(fits, unit, parameter, `${weights.length} long`, `as long as its sample (${sample.length})`);
  const order = Array.from(sample, (_, i) => i).sort((i, j) => sample[i]! - sample[j]!);
  const values = Float64Array.from(order, (i) => sample[i]! + 0);
  const sorted = Float64Array.from(order, (i) => weights[i]!);
  const nan = values.some((value) => Number.isNaN(value));
  const problem = nan ? "not-a-number" : (flaw(values, 1, infinities) ?? countFlaw(sorted));
  return problem ?? { values, weights: sorted, total: sorted.reduce((sum, weight) => sum + weight, 0) };
}

/**
 * Quantiles of a weighted sample. Whole weights are repeated rows (numpy's `linear`); for others it is the first
 * value whose cumulative weight reaches the share.
 */
export function weightedQuantiles(sample: Weighted, shares: readonly number[]): number[] {
  const { values, weights, total } = sample;
  if (!weights) return quantile(values, shares, { sorted: true }).filter((edge) => edge !== null);
  const whole = weights.every((weight) => Number.isInteger(weight));
  /** The value at a row counted from 0. */
  const at = (row: number, inclusive: boolean): number => {
    let sum = 0;
    for (let i = 0; i < values.length; i++) {
      sum += weights[i]!;
      if (inclusive ? sum >= row && weights[i]! > 0 : sum > row) return values[i]!;
    }
    return values[values.length - 1]!;
  };
  return shares.map((share) => {
    if (!whole) return at(share * total, true);
    const position = (total - 1) * share;
    const pair = [at(Math.floor(position), false), at(Math.ceil(position), false)];
    return quantile(pair, position - Math.floor(position), { sorted: true })!;
  });
}

/** The spans between neighbouring distinct values of two weighted samples, with both cumulative shares on each. */
export function walkSpans(
  x: Weighted,
  y: Weighted,
  visit: (from: number, to: number, f: number, g: number) => void,
): void {
  let i = 0;
  let j = 0;
  let here = 0;
  let there = 0;
  let from = Number.NaN;
  while (i < x.values.length || j < y.values.length) {
    const value =
      j >= y.values.length || (i < x.values.length && x.values[i]! <= y.values[j]!)
        ? x.values[i]!
        : y.values[j]!;
    if (!Number.isNaN(from)) visit(from, value, here / x.total, there / y.total);
    for (; i < x.values.length && x.values[i] === value; i++) here += x.weights?.[i] ?? 1;
    for (; j < y.values.length && y.values[j] === value; j++) there += y.weights?.[j] ?? 1;
    from = value;
  }
}
