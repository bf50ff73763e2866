import { exactSum } from "./exactSum.js";
import { type BinnedResult, type BinningOptions, readProportions } from "./proportions.js";
import type { Sample } from "./result.js";

/** A largest difference of proportions, and the level where it is. */
export interface LInfinityResult extends BinnedResult {
  /** The first level, in order, at which the difference is largest. */
  readonly index: number | null;
}

/** The total variation distance ½ Σ |p − q|, in [0, 1]: the share of rows that would have to change level. */
export function totalVariation(
  reference: Sample,
  current: Sample,
  options: BinningOptions = {},
): BinnedResult {
  const read = readProportions("totalVariation", reference, current, options);
  if (typeof read === "string") return { value: null, reason: read };
  const terms = read.p.map((p, i) => Math.abs(p - read.q[i]!) / 2);
  return { value: Math.min(1, exactSum(terms)), terms, ...read.shown };
}

/** The largest difference of proportions max |p − q|, in [0, 1], and its level; terms are all the differences. */
export function lInfinity(reference: Sample, current: Sample, options: BinningOptions = {}): LInfinityResult {
  const read = readProportions("lInfinity", reference, current, options);
  if (typeof read === "string") return { value: null, reason: read, index: null };
  const terms = read.p.map((p, i) => Math.abs(p - read.q[i]!));
  const largest = terms.reduce((most, term) => Math.max(most, term), 0);
  // Differences that are equal as fractions may differ in the last bit: the first of them is the level.
  const index = terms.findIndex((term) => term >= largest - 4 * Number.EPSILON);
  return { value: largest, terms, index, ...read.shown };
}
