import { NO_SIGN } from "./bounds.js";
import { type Kernels, kernelsFor, takeFlags } from "./kernels.js";
import { PLACES } from "./layout.js";
import { type Longs, type Numbers, stageLongs, stageNumbers, wordsOf } from "./staged.js";

/** Writes 1 where low <= value <= high, `ofNan` where the value is NaN, else 0; anything where there is no value. */
export function doublesWithin(
  values: Numbers,
  count: number,
  low: number,
  high: number,
  ofNan: number,
  out: Uint8Array,
): void {
  const kernels = kernelsFor(count);
  if (kernels) doublesWithinByKernel(kernels, values, count, low, high, ofNan, out);
  else doublesWithinByLoop(values, count, low, high, ofNan, out);
}

/** The kernel of `doublesWithin`. */
export function doublesWithinByKernel(
  kernels: Kernels,
  values: Numbers,
  count: number,
  low: number,
  high: number,
  ofNan: number,
  out: Uint8Array,
): void {
  const at = stageNumbers(kernels, values, "any", count);
  kernels.run.doublesWithin(at, count, low, high, ofNan, PLACES.flags);
  takeFlags(kernels, PLACES.flags, count, out);
}

/** The twin of the kernel of `doublesWithin`. */
export function doublesWithinByLoop(
  values: Numbers,
  count: number,
  low: number,
  high: number,
  ofNan: number,
  out: Uint8Array,
): void {
  for (let i = 0; i < count; i++) {
    const value = values[i]!;
    out[i] = value >= low && value <= high ? 1 : Number.isNaN(value) ? ofNan : 0;
  }
}

/** Bounds of 64-bit integers, which fit the type of the values. */
export interface LongRange {
  readonly low: bigint;
  readonly high: bigint;
}

/** Writes 1 where low <= value <= high, else 0. */
export function longsWithin(values: Longs, count: number, range: LongRange, out: Uint8Array): void {
  const kernels = kernelsFor(count);
  if (kernels) longsWithinByKernel(kernels, values, count, range, out);
  else longsWithinByLoop(values, count, range, out);
}

/** The kernel of `longsWithin`. */
export function longsWithinByKernel(
  kernels: Kernels,
  values: Longs,
  count: number,
  { low, high }: LongRange,
  out: Uint8Array,
): void {
  const flip = values instanceof BigInt64Array ? 0n : NO_SIGN;
  kernels.run.longsWithin(stageLongs(kernels, values, count), count, low, high, flip, PLACES.flags);
  takeFlags(kernels, PLACES.flags, count, out);
}

/** The twin of the kernel of `longsWithin`. */
export function longsWithinByLoop(
  values: Longs,
  count: number,
  { low, high }: LongRange,
  out: Uint8Array,
): void {
  const longs = wordsOf(values);
  const flip = values instanceof BigInt64Array ? 0 : 0x80000000;
  const [lowWord, highWord] = [
    (value: bigint) => Number(value & 0xffffffffn),
    (value: bigint) => value >> 32n,
  ];
  const top = (value: bigint) => (Number(BigInt.asIntN(32, highWord(value))) ^ flip) | 0;
  const [lowLow, lowHigh] = [lowWord(low), top(low)];
  const [highLow, highHigh] = [lowWord(high), top(high)];
  for (let i = 0; i < count; i++) {
    const word = longs[2 * i]! >>> 0;
    const above = longs[2 * i + 1]! ^ flip;
    const isUp = above > lowHigh || (above === lowHigh && word >= lowLow);
    const isDown = above < highHigh || (above === highHigh && word <= highLow);
    out[i] = isUp && isDown ? 1 : 0;
  }
}
