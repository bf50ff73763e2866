import fc from "fast-check";
import { expect, it } from "vitest";
import { doublesByKernel, doublesByLoop, longsByKernel, longsByLoop } from "../../src/kernels/bounds.js";
import { kernelsFor } from "../../src/kernels/kernels.js";
import { bitsOf, counts, doublesOf, generator, nullShares } from "./draws.js";

const kernels = kernelsFor(8192)!;

it("bounds of doubles are those of the loop, to the bit", () => {
  fc.assert(
    fc.property(counts, fc.nat(), nullShares, fc.constantFrom(0, 0.1, 1), (count, seed, nulls, odd) => {
      const next = generator(seed);
      const values = doublesOf(count, odd, next);
      const bits = bitsOf(count, nulls, next);
      expect(doublesByKernel(kernels, values, bits, count)).toStrictEqual(doublesByLoop(values, bits, count));
    }),
  );
});

it("bounds of 64-bit integers are those of the loop, beyond 2^53 too", () => {
  const widths = fc.constantFrom(2, 32, 52, 53, 54, 64);
  fc.assert(
    fc.property(counts, fc.nat(), nullShares, widths, fc.boolean(), (count, seed, nulls, width, signed) => {
      const next = generator(seed);
      const words = Int32Array.from({ length: count * 2 }, () => next() * 2 ** 32);
      const longs = new BigInt64Array(words.buffer);
      for (let i = 0; i < count; i++) longs[i] = BigInt.asIntN(width, longs[i]!);
      const values = signed ? longs : new BigUint64Array(words.buffer);
      const bits = bitsOf(count, nulls, next);
      const found = longsByKernel(kernels, values, bits, count);
      expect(found).toStrictEqual(longsByLoop(values, bits, count));
      const present = [...values].filter((_, i) => !bits || ((bits[i >> 3]! >> (i & 7)) & 1) === 1);
      const exact = present.every((value) => value < 2n ** 53n && value > -(2n ** 53n));
      expect(found !== undefined).toBe(exact);
    }),
  );
});
