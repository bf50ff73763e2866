import { type Kernels, kernelsFor } from "./kernels.js";
import { PLACES } from "./layout.js";
import { type Bits, type Numbers, stageNumbers } from "./staged.js";

// The kernel compares every value with every threshold, four at a time; a search is quicker where they are many.
const FEW = 128;

/**
 * Adds to `counts` how many of the first `count` numbers are at least each of some thresholds, which are in ascending order.
 * NaN is at least none, and rows without a value aren't counted.
 */
export function countAtLeast(
  values: Numbers,
  bits: Bits,
  count: number,
  thresholds: Float64Array,
  counts: Float64Array,
): void {
  const kernels = thresholds.length <= FEW ? kernelsFor(count) : undefined;
  if (kernels) atLeastByKernel(kernels, values, bits, count, thresholds, counts);
  else atLeastByLoop(values, bits, count, thresholds, counts);
}

/** The kernel of `countAtLeast`. */
export function atLeastByKernel(
  kernels: Kernels,
  values: Numbers,
  bits: Bits,
  count: number,
  thresholds: Float64Array,
  counts: Float64Array,
): void {
  const { run, doubles } = kernels;
  const at = stageNumbers(kernels, values, bits, count);
  const size = (thresholds.length + 3) & ~3;
  const [asked, found] = [PLACES.values >> 3, PLACES.moreValues >> 3];
  doubles.fill(Number.POSITIVE_INFINITY, asked, asked + size);
  doubles.set(thresholds, asked);
  run.countAtLeast(at, count, PLACES.values, size, PLACES.moreValues);
  for (let nth = 0; nth < thresholds.length; nth++) counts[nth]! += doubles[found + nth]!;
}

/** The twin of the kernel of `countAtLeast`. */
export function atLeastByLoop(
  values: Numbers,
  bits: Bits,
  count: number,
  thresholds: Float64Array,
  counts: Float64Array,
): void {
  // First how many values end at each threshold, then at it and those above.
  const ends = new Float64Array(thresholds.length + 1);
  for (let i = 0; i < count; i++) {
    const value = values[i]!;
    if ((bits && ((bits[i >> 3]! >> (i & 7)) & 1) === 0) || Number.isNaN(value)) continue;
    let low = 0;
    let high = thresholds.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (value >= thresholds[middle]!) low = middle + 1;
      else high = middle;
    }
    ends[low]!++;
  }
  for (let nth = thresholds.length - 1, above = 0; nth >= 0; nth--) {
    above += ends[nth + 1]!;
    counts[nth]! += above;
  }
}
