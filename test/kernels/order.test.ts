import fc from "fast-check";
import { expect, it } from "vitest";
import { kernelsFor } from "../../src/kernels/kernels.js";
import {
  doublesInOrderByKernel,
  doublesInOrderByLoop,
  longsInOrderByKernel,
  longsInOrderByLoop,
} from "../../src/kernels/order.js";
import { counts, doublesOf, generator } from "./draws.js";

const kernels = kernelsFor(8192)!;

/** How many rows, and what is done to values in order: nothing, two neighbours swapped, one repeated. */
const draws = fc.record({
  count: counts.filter((count) => count > 0),
  seed: fc.nat(),
  spoil: fc.constantFrom("nothing", "swapped", "repeated"),
  isUp: fc.boolean(),
  isStrict: fc.boolean(),
});

/** Sorts values and spoils their order at one place; `compare` is how they are ordered upwards. */
function spoilt<T>(
  values: T[],
  { spoil, isUp }: { spoil: string; isUp: boolean },
  next: () => number,
  compare: (a: T, b: T) => number,
): T[] {
  const inOrder = values.sort(isUp ? compare : (a, b) => compare(b, a));
  const at = Math.floor(next() * (values.length - 1));
  if (values.length > 1 && spoil === "swapped")
    [inOrder[at], inOrder[at + 1]] = [inOrder[at + 1]!, inOrder[at]!];
  if (values.length > 1 && spoil === "repeated") inOrder[at + 1] = inOrder[at]!;
  return inOrder;
}

const isInOrder = <T>(values: ArrayLike<T>, isUp: boolean, isStrict: boolean) =>
  Array.from({ length: values.length - 1 }, (_, i) =>
    isUp ? [values[i]!, values[i + 1]!] : [values[i + 1]!, values[i]!],
  ).every(([a, b]) => (isStrict ? a! < b! : a! <= b!));

it("64-bit integers are in order where BigInt says so, with a sign and without", () => {
  fc.assert(
    fc.property(
      draws,
      fc.boolean(),
      fc.constantFrom(2, 33, 64),
      ({ count, seed, ...draw }, signed, width) => {
        const next = generator(seed);
        const cut = signed ? BigInt.asIntN : BigInt.asUintN;
        const drawn = Array.from({ length: count }, () =>
          cut(width, (BigInt(Math.floor(next() * 2 ** 32)) << 32n) | BigInt(Math.floor(next() * 2 ** 32))),
        );
        const some = spoilt(drawn, draw, next, (a, b) => (a < b ? -1 : a > b ? 1 : 0));
        const values = signed ? BigInt64Array.from(some) : BigUint64Array.from(some);
        const expected = isInOrder(values, draw.isUp, draw.isStrict);
        expect(longsInOrderByKernel(kernels, values, count, draw)).toBe(expected);
        expect(longsInOrderByLoop(values, count, draw)).toBe(expected);
      },
    ),
  );
});

it("doubles are in order where each compares so with the one before it, and never where one is NaN", () => {
  fc.assert(
    fc.property(draws, fc.constantFrom(0, 0.1), ({ count, seed, ...draw }, odd) => {
      const next = generator(seed);
      const doubles = [...doublesOf(count, odd, next)];
      const some = spoilt(doubles, draw, next, (a, b) => (a < b ? -1 : a > b ? 1 : 0));
      for (const values of [Float64Array.from(some), Float32Array.from(some), Int32Array.from(some)]) {
        const expected = isInOrder(values, draw.isUp, draw.isStrict);
        expect(doublesInOrderByKernel(kernels, values, count, draw)).toBe(expected);
        expect(doublesInOrderByLoop(values, count, draw)).toBe(expected);
      }
    }),
  );
});
