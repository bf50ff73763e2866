import type { Reason, Sample } from "./result.js";

/** A sample in increasing order, with −0 written as 0. */
export type Sorted = Float64Array;

/** A sorted copy of a sample: NaN comes last, and compares with nothing. */
export function sortSample(sample: Sample): Sorted {
  const sorted = new Float64Array(sample.length);
  for (let i = 0; i < sample.length; i++) sorted[i] = sample[i]! + 0;
  return sorted.sort();
}

/** Why a sorted sample can't be used, if it can't: too few values, a NaN, or (unless they may stay) infinities. */
export function flaw(sorted: Sorted, least: number, infinities: "kept" | "refused"): Reason | undefined {
  if (sorted.length === 0) return "empty";
  if (sorted.length < least) return "too-few-values";
  const last = sorted[sorted.length - 1]!;
  if (Number.isNaN(last)) return "not-a-number";
  if (infinities === "kept") return undefined;
  return Number.isFinite(last) && Number.isFinite(sorted[0]) ? undefined : "not-finite";
}

/** What stands at one distinct value of two samples pooled. */
export type PooledVisit = (
  value: number,
  /** Reference and current rows at this value. */
  here: number,
  there: number,
  /** Reference and current rows below it. */
  below: number,
  thereBelow: number,
) => void;

/** Visits the distinct values of two sorted samples in increasing order. */
export function walkPooled(x: Sorted, y: Sorted, visit: PooledVisit): void {
  let i = 0;
  let j = 0;
  while (i < x.length || j < y.length) {
    const value = j >= y.length || (i < x.length && x[i]! <= y[j]!) ? x[i]! : y[j]!;
    const below = i;
    const thereBelow = j;
    while (i < x.length && x[i] === value) i++;
    while (j < y.length && y[j] === value) j++;
    visit(value, i - below, j - thereBelow, below, thereBelow);
  }
}

/** The sizes of the groups of equal values in two sorted samples pooled, in increasing order. */
export function tieGroups(x: Sorted, y: Sorted): number[] {
  const groups: number[] = [];
  walkPooled(x, y, (_value, here, there) => groups.push(here + there));
  return groups;
}
