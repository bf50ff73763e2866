import { NO_SIGN } from "./bounds.js";
import { type Kernels, kernelsFor } from "./kernels.js";
import { type Longs, type Numbers, stageLongs, stageNumbers, wordsOf } from "./staged.js";

/** How each value is to stand to the one before it. */
export interface Order {
  readonly isUp: boolean;
  /** Equal neighbours are in no order. */
  readonly isStrict: boolean;
}

/** True when the first `count` integers are in order. */
export function longsInOrder(values: Longs, count: number, order: Order): boolean {
  const kernels = kernelsFor(count);
  return kernels
    ? longsInOrderByKernel(kernels, values, count, order)
    : longsInOrderByLoop(values, count, order);
}

/** The kernel of `longsInOrder`. */
export function longsInOrderByKernel(kernels: Kernels, values: Longs, count: number, order: Order): boolean {
  const at = stageLongs(kernels, values, count);
  const flip = values instanceof BigInt64Array ? 0n : NO_SIGN;
  const [first, second] = order.isUp ? [at, at + 8] : [at + 8, at];
  return kernels.run.longsApart(first, second, count - 1, flip, order.isStrict ? 0 : 1) === 0;
}

/** The twin of the kernel of `longsInOrder`. */
export function longsInOrderByLoop(values: Longs, count: number, { isUp, isStrict }: Order): boolean {
  const words = wordsOf(values);
  const flip = values instanceof BigInt64Array ? 0 : 0x80000000;
  const [first, second] = isUp ? [0, 2] : [2, 0];
  for (let at = 0; at < 2 * (count - 1); at += 2) {
    const low = words[at + first]! >>> 0;
    const low2 = words[at + second]! >>> 0;
    const high = words[at + first + 1]! ^ flip;
    const high2 = words[at + second + 1]! ^ flip;
    if (high > high2 || (high === high2 && (isStrict ? low >= low2 : low > low2))) return false;
  }
  return true;
}

/** True when the first `count` numbers are in order; a NaN among several numbers is in none. */
export function doublesInOrder(values: Numbers, count: number, order: Order): boolean {
  const kernels = kernelsFor(count);
  return kernels
    ? doublesInOrderByKernel(kernels, values, count, order)
    : doublesInOrderByLoop(values, count, order);
}

/** The kernel of `doublesInOrder`. */
export function doublesInOrderByKernel(
  kernels: Kernels,
  values: Numbers,
  count: number,
  order: Order,
): boolean {
  const at = stageNumbers(kernels, values, undefined, count);
  const [first, second] = order.isUp ? [at, at + 8] : [at + 8, at];
  return kernels.run.doublesApart(first, second, count - 1, order.isStrict ? 0 : 1) === 0;
}

/** The twin of the kernel of `doublesInOrder`. */
export function doublesInOrderByLoop(values: Numbers, count: number, { isUp, isStrict }: Order): boolean {
  const [first, second] = isUp ? [0, 1] : [1, 0];
  for (let i = 0; i < count - 1; i++) {
    const a = values[i + first]!;
    const b = values[i + second]!;
    if (!(isStrict ? a < b : a <= b)) return false;
  }
  return true;
}
