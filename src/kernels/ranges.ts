import { NO_SIGN } from "./bounds.js";
import { type Kernels, kernelsFor, type Numbers, stageNumbers, takeFlags } from "./kernels.js";
import { PLACES } from "./layout.js";

/** Writes 1 where low <= value <= high, `ofNan` where the value is NaN, else 0. */
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
  const at = stageNumbers(kernels, values, count);
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
  readonly signed: boolean;
}

/** Writes 1 where low <= value <= high, else 0. The values are given as words, the low one first. */
export function longsWithin(longs: Int32Array, count: number, range: LongRange, out: Uint8Array): void {
  const kernels = kernelsFor(count);
  if (kernels) longsWithinByKernel(kernels, longs, count, range, out);
  else longsWithinByLoop(longs, count, range, out);
}

/** The kernel of `longsWithin`. */
export function longsWithinByKernel(
  kernels: Kernels,
  longs: Int32Array,
  count: number,
  { low, high, signed }: LongRange,
  out: Uint8Array,
): void {
  kernels.words.set(longs, PLACES.values >> 2);
  const flip = signed ? 0n : NO_SIGN;
  kernels.run.longsWithin(PLACES.values, count, low, high, flip, PLACES.flags);
  takeFlags(kernels, PLACES.flags, count, out);
}

/** The twin of the kernel of `longsWithin`. */
export function longsWithinByLoop(
  longs: Int32Array,
  count: number,
  { low, high, signed }: LongRange,
  out: Uint8Array,
): void {
  const flip = signed ? 0 : 0x80000000;
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
