import fc from "fast-check";
import { expect, it } from "vitest";
import { kernelsFor } from "../../src/kernels/kernels.js";
import { finiteByKernel, finiteByLoop } from "../../src/kernels/pack.js";
import { bitsOf, counts, doublesOf, generator, nullShares } from "./draws.js";

const kernels = kernelsFor(8192)!;

it("finite numbers and their bounds are those of the loop, and none is lost", () => {
  const odd = fc.constantFrom(0, 0.01, 0.5);
  fc.assert(
    fc.property(counts, nullShares, odd, fc.nat(), (count, nulls, share, seed) => {
      const next = generator(seed);
      const values = doublesOf(count, share, next);
      const bits = bitsOf(count, nulls, next);
      const ours = finiteByKernel(kernels, values, bits, count);
      const packed = { ...ours, values: ours.values.slice() };
      expect(packed).toStrictEqual({ ...finiteByLoop(values, bits, count) });
      const isPresent = (i: number) => !bits || ((bits[i >> 3]! >> (i & 7)) & 1) === 1;
      expect([...packed.values]).toEqual(
        [...values].filter((value, i) => isPresent(i) && Number.isFinite(value)),
      );
    }),
  );
});
