import fc from "fast-check";
import { expect, it } from "vitest";
import { kernelsFor } from "../../src/kernels/kernels.js";
import { atLeastByKernel, atLeastByLoop, countAtLeast } from "../../src/kernels/thresholds.js";
import { bitsOf, counts, doublesOf, generator, nullShares } from "./draws.js";

const kernels = kernelsFor(8192)!;

it("numbers at least some thresholds are counted as the loop counts them, and added to what was there", () => {
  const many = fc.constantFrom(0, 1, 3, 4, 11, 130);
  fc.assert(
    fc.property(counts, fc.nat(), nullShares, many, (count, seed, nulls, size) => {
      const next = generator(seed);
      const values = doublesOf(count, 0.1, next);
      const bits = bitsOf(count, nulls, next);
      const drawn = doublesOf(size, 0.2, next).filter((value) => !Number.isNaN(value));
      const thresholds = drawn.sort();
      const expected = thresholds.map((least) => {
        const present = values.filter((_, i) => !bits || ((bits[i >> 3]! >> (i & 7)) & 1) === 1);
        return 7 + present.filter((value) => value >= least).length;
      });
      for (const taken of [values, Float32Array.from(values)]) {
        const found = [atLeastByKernel.bind(null, kernels), atLeastByLoop, countAtLeast].map((counted) => {
          const sums = new Float64Array(thresholds.length).fill(7);
          counted(taken, bits, count, thresholds, sums);
          return sums;
        });
        expect(found[0]).toStrictEqual(found[1]);
        expect(found[2]).toStrictEqual(found[1]);
        if (taken === values) expect(found[0]).toStrictEqual(expected);
      }
    }),
  );
});
