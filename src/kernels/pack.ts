import { doublesByLoop } from "./bounds.js";
import { type Kernels, kernelsFor } from "./kernels.js";
import { PLACES } from "./layout.js";
import { type Bits, type Numbers, stageNumbers } from "./staged.js";

/** Some finite numbers, none of which is below `min` or above `max`. */
export interface Finite {
  /** Good until a kernel is called again. */
  readonly values: Float64Array;
  readonly min: number;
  readonly max: number;
}

let packed = new Float64Array(0);

/** The finite ones among the first `count` numbers that are present, in order. */
export function finiteNumbers(values: Numbers, bits: Bits, count: number): Finite {
  const kernels = kernelsFor(count);
  return kernels ? finiteByKernel(kernels, values, bits, count) : finiteByLoop(values, bits, count);
}

/** The kernel of `finiteNumbers`. */
export function finiteByKernel(kernels: Kernels, values: Numbers, bits: Bits, count: number): Finite {
  const { run, doubles } = kernels;
  const size = run.packFinite(stageNumbers(kernels, values, bits, count), count, PLACES.moreValues);
  run.boundsOfDoubles(PLACES.moreValues, size, PLACES.result);
  const first = PLACES.moreValues >> 3;
  return { values: doubles.subarray(first, first + size), min: doubles[0]!, max: doubles[1]! };
}

/** The twin of the kernel of `finiteNumbers`. */
export function finiteByLoop(values: Numbers, bits: Bits, count: number): Finite {
  if (packed.length < count) packed = new Float64Array(count);
  let size = 0;
  for (let i = 0; i < count; i++) {
    const value = values[i]!;
    if (bits && ((bits[i >> 3]! >> (i & 7)) & 1) === 0) continue;
    if (Number.isFinite(value)) packed[size++] = value;
  }
  const finite = packed.subarray(0, size);
  const { min, max } = doublesByLoop(finite, undefined, size);
  return { values: finite, min, max };
}
