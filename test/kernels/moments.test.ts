import fc from "fast-check";
import { expect, it } from "vitest";
import { kernelsFor } from "../../src/kernels/kernels.js";
import {
  finish,
  type Moments,
  momentsOfPresent,
  momentsOfRows,
  presentByKernel,
  presentByLoop,
  rowsByKernel,
  summedByLoop,
} from "../../src/kernels/moments.js";
import { exactSum } from "../../src/stats/exactSum.js";
import { bitsOf, counts, doublesOf, generator, nullShares } from "./draws.js";

const kernels = kernelsFor(8192)!;

it("moments are those of the loop, to the bit", () => {
  fc.assert(
    fc.property(counts, fc.nat(), nullShares, fc.constantFrom(0, 0.02, 1), (count, seed, nulls, odd) => {
      const next = generator(seed);
      const doubles = doublesOf(count, odd, next);
      const bits = bitsOf(count, nulls, next);
      for (const values of [doubles, Int32Array.from(doubles, (value) => value)]) {
        const ours = finish(presentByKernel(kernels, values, bits, count));
        expect(ours).toStrictEqual(finish(presentByLoop(values, bits, count)));
      }
    }),
  );
});

it("moments of values that come with their rows are those of the block they stand in, many or few", () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.constantFrom(0, 0.02, 0.9, 0.99, 1),
      fc.constantFrom(0, 0.02),
      (seed, nulls, odd) => {
        const next = generator(seed);
        const block = doublesOf(8192, odd, next);
        const bits = bitsOf(8192, nulls, next);
        const isThere = (i: number) => !bits || ((bits[i >> 3]! >> (i & 7)) & 1) === 1;
        const rows = Uint16Array.from(block.keys()).filter((i) => isThere(i) && Number.isFinite(block[i]));
        const values = Float64Array.from(rows, (i) => block[i]!);
        const expected = finish(presentByKernel(kernels, block, bits, 8192));
        expect(finish(rowsByKernel(kernels, values, rows))).toStrictEqual(expected);
        expect(finish(summedByLoop(values, rows))).toStrictEqual(expected);
        expect(momentsOfRows(values, rows)).toStrictEqual(expected);
      },
    ),
  );
});

const momentsOf = (values: Float64Array): Moments => momentsOfPresent(values, undefined, values.length);

it("a sum lies within the last bits of the exact one, whatever cancels", () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const next = generator(seed);
      const half = doublesOf(1000, 0, next);
      const values = Float64Array.of(...half, ...half.map((value) => -value), 0.1, 0.2);
      const { sum } = momentsOf(values);
      const scale = half.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      expect(Math.abs(sum - exactSum(values))).toBeLessThanOrEqual(scale * 2 ** -50);
    }),
  );
});

it("a sum that lanes can't hold is that of one running sum", () => {
  const most = Number.MAX_VALUE;
  const values = Float64Array.from({ length: 2048 }, (_, i) => (i % 2 === 0 ? most : -most));
  expect(momentsOf(values)).toMatchObject({ count: 2048, sum: 0, mean: 0 });
});
