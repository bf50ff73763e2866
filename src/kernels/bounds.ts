import { type Kernels, kernelsFor } from "./kernels.js";
import { PLACES } from "./layout.js";
import {
  type Bits,
  type Longs,
  type Numbers,
  stageBits,
  stageLongs,
  stageNumbers,
  wordsOf,
} from "./staged.js";

/** The least and the greatest number of a block; infinities the wrong way round where there is none. Zeros are +0. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
  /** Slots that hold no number: nulls and NaN. */
  readonly missing: number;
}

const HIGH = 4294967296;
// |value| < 2^53 exactly when the high word lies strictly between these.
const HIGH_LIMIT = 2097152;
/** What a 64-bit integer without a sign is xored with to be ordered as one with a sign. */
export const NO_SIGN = -(2n ** 63n);

/** Bounds of the first `count` numbers. */
export function boundsOfDoubles(values: Numbers, bits: Bits, count: number): Bounds {
  const kernels = kernelsFor(count);
  return kernels ? doublesByKernel(kernels, values, bits, count) : doublesByLoop(values, bits, count);
}

/** The kernel of `boundsOfDoubles`. */
export function doublesByKernel(kernels: Kernels, values: Numbers, bits: Bits, count: number): Bounds {
  const { run, doubles } = kernels;
  run.boundsOfDoubles(stageNumbers(kernels, values, bits, count), count, PLACES.result);
  return { min: doubles[0]!, max: doubles[1]!, missing: doubles[2]! };
}

/** The twin of the kernel of `boundsOfDoubles`. */
export function doublesByLoop(values: Numbers, bits: Bits, count: number): Bounds {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let missing = 0;
  for (let i = 0; i < count; i++) {
    const value = values[i]!;
    if ((bits && ((bits[i >> 3]! >> (i & 7)) & 1) === 0) || Number.isNaN(value)) {
      missing++;
      continue;
    }
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { min: min + 0, max: max + 0, missing };
}

/** Bounds of the first `count` 64-bit integers, as doubles; undefined where one of them is beyond 2^53. */
export function boundsOfLongs(values: Longs, bits: Bits, count: number): Omit<Bounds, "missing"> | undefined {
  const kernels = kernelsFor(count);
  return kernels ? longsByKernel(kernels, values, bits, count) : longsByLoop(values, bits, count);
}

/** The kernel of `boundsOfLongs`. */
export function longsByKernel(
  kernels: Kernels,
  values: Longs,
  bits: Bits,
  count: number,
): Omit<Bounds, "missing"> | undefined {
  const { run, words } = kernels;
  const signed = values instanceof BigInt64Array;
  const at = stageLongs(kernels, values, count);
  run.boundsOfLongs(at, stageBits(kernels, bits, count), count, signed ? 0n : NO_SIGN, PLACES.result);
  const [lowMin, highMin, lowMax, highMax] = words;
  const least = signed ? highMin! : highMin! >>> 0;
  const most = signed ? highMax! : highMax! >>> 0;
  const min = least * HIGH + (lowMin! >>> 0);
  const max = most * HIGH + (lowMax! >>> 0);
  if (min > max) return { min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY };
  return least > -HIGH_LIMIT && most < HIGH_LIMIT ? { min, max } : undefined;
}

/** The twin of the kernel of `boundsOfLongs`. */
export function longsByLoop(values: Longs, bits: Bits, count: number): Omit<Bounds, "missing"> | undefined {
  const longs = wordsOf(values);
  const signed = values instanceof BigInt64Array;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let exact = true;
  for (let i = 0; i < count; i++) {
    if (bits && ((bits[i >> 3]! >> (i & 7)) & 1) === 0) continue;
    const high = signed ? longs[2 * i + 1]! : longs[2 * i + 1]! >>> 0;
    if (high >= HIGH_LIMIT || high <= -HIGH_LIMIT) exact = false;
    const value = high * HIGH + (longs[2 * i]! >>> 0);
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return exact ? { min, max } : undefined;
}
