import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { orderStatistics } from "../../src/metrics/orderStatistics.js";

const value = fc.oneof(
  fc.double({ noNaN: true }),
  fc.constantFrom(0, -0, 1, 1.5, -1.5, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324, -5e-324),
  fc.integer({ min: -3, max: 3 }),
);

function check(parts: readonly Float64Array[]): void {
  const sorted = Float64Array.from(parts.flatMap((part) => [...part])).sort();
  const ranks = [...sorted.keys()];
  for (const range of [
    undefined,
    rangeOf(sorted),
    { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY },
  ]) {
    const found = orderStatistics(() => parts, ranks, range);
    expect(ranks.map((rank) => found.get(rank))).toEqual([...sorted]);
  }
}

// Zeros of a range are +0, whatever theirs are.
const rangeOf = (sorted: Float64Array) => ({ min: (sorted[0] ?? 0) + 0, max: (sorted.at(-1) ?? 0) + 0 });

describe("order statistics", () => {
  it("are what sorting gives, for every rank, in any parts", () => {
    const part = fc.array(value, { maxLength: 30 }).map((values) => Float64Array.from(values));
    fc.assert(fc.property(fc.array(part, { maxLength: 4 }), check), { numRuns: 30 });
  });

  it("are told among many values that differ in their last bits only, or not at all", () => {
    const near = Float64Array.from({ length: 150_000 }, (_, i) => 1 + ((i * 7919) % 150_000) * 2 ** -50);
    const all = [near, new Float64Array(70_000).fill(-2.5), Float64Array.of(9)];
    const sorted = Float64Array.from(all.flatMap((part) => [...part])).sort();
    const ranks = [0, 69_999, 70_000, 70_001, 100_000, 219_999, 220_000];
    const found = orderStatistics(() => all, ranks);
    expect(ranks.map((rank) => found.get(rank))).toEqual(ranks.map((rank) => sorted[rank]));
  });

  it("are told among more equal values than are copied", () => {
    const all = [new Float64Array(2_200_000).fill(7), Float64Array.of(7 + 2 ** -50, -0, 0, 7 - 2 ** -50, 8)];
    const ranks = [0, 1, 2, 3, 2_200_002, 2_200_003, 2_200_004];
    const found = orderStatistics(() => all, ranks);
    expect(ranks.map((rank) => found.get(rank))).toEqual([-0, 0, 7 - 2 ** -50, 7, 7, 7 + 2 ** -50, 8]);
  });
});
