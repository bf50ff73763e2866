import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { medianBetween } from "../../src/expectations/index.js";
import { outcomeOf, sameOutcome } from "./outcomes.js";
import { type Cell, columnOf, inBatches, tableOf } from "./tables.js";

async function observed(type: string, values: readonly Cell[], bounds: Parameters<typeof medianBetween>[1]) {
  const outcome = await sameOutcome(columnOf(type, values), medianBetween("x", bounds));
  return [outcome.status, outcome.observed];
}

describe("medianBetween", () => {
  it("is the middle value, or the mean of the two in the middle", async () => {
    expect(await observed("int32", [9, 1, null, 5], { min: 5, max: 5 })).toEqual(["pass", 5]);
    expect(await observed("int32", [9, 1, 4, 6], { min: 5, max: 5 })).toEqual(["pass", 5]);
    expect(await observed("int32", [7], { minExclusive: 7 })).toEqual(["fail", 7]);
    expect(await observed("int32", [1, 2], { maxExclusive: 1.5 })).toEqual(["fail", 1.5]);
  });

  it("scales decimals and keeps integers a double can hold", async () => {
    expect(await observed("decimal128(10, 2)", ["1.10", "1.20", "9.99"], { max: 1.2 })).toEqual([
      "pass",
      1.2,
    ]);
    expect(await observed("decimal128(10, 2)", ["1.10", "1.20"], { min: 1.15, max: 1.15 })).toEqual([
      "pass",
      1.15,
    ]);
    expect(await observed("int64", [2n ** 53n - 1n, 0, 2n ** 60n], { min: 0 })).toEqual([
      "pass",
      2 ** 53 - 1,
    ]);
  });

  it("fails NaN, unless it is left out or a null", async () => {
    const cells = columnOf("float64", [Number.NaN, 2, null, 4]);
    const fails = await sameOutcome(cells, medianBetween("x", { min: 0 }));
    expect([fails.status, fails.observed]).toEqual(["fail", "NaN"]);
    for (const nan of ["skip", "null"] as const) {
      expect((await sameOutcome(cells, medianBetween("x", { min: 3, max: 3 }, { nan }))).status).toBe("pass");
    }
  });

  it("doesn't overflow, and is NaN between infinities of both signs", async () => {
    expect(await observed("float64", [1.7e308, 1.7e308], { max: 1.7e308 })).toEqual(["pass", 1.7e308]);
    const infinity = Number.POSITIVE_INFINITY;
    expect(await observed("float64", [infinity, -infinity], { min: 0 })).toEqual(["fail", "NaN"]);
    expect(await observed("float64", [infinity, 0, -infinity], { min: 0, max: 0 })).toEqual(["pass", 0]);
  });

  it("has no value to judge in an empty table or column", async () => {
    for (const [type, values] of [
      ["int32", []],
      ["float64", [null]],
      ["null", [null]],
    ] as const) {
      expect(await observed(type, values, { min: 0 })).toEqual(["fail", undefined]);
      expect(
        (await sameOutcome(columnOf(type, values), medianBetween("x", { min: 0 }, { onEmpty: "skip" })))
          .status,
      ).toBe("skipped");
    }
  });

  it("looks at the rows its condition selects", async () => {
    const expectation = medianBetween("x", { min: 8, max: 8 }, { when: { x: { gt: 5 } } });
    expect((await sameOutcome(columnOf("int32", [1, 2, 7, 9]), expectation)).status).toBe("pass");
  });

  it("refuses bounds that can't be meant, and columns that hold no numbers", async () => {
    expect(() => medianBetween("x", { min: 2, max: 1 })).toThrow(/above/);
    expect((await outcomeOf(columnOf("date32", ["2024-01-01"]), medianBetween("x", { min: 1 }))).status).toBe(
      "error",
    );
  });

  it("agrees with sorting, in any batches", async () => {
    const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(values, fc.integer({ min: 1, max: 31 }), async (cells, size) => {
        const sorted = [...cells].sort((a, b) => a - b);
        const middle = (sorted[(cells.length - 1) >> 1]! + sorted[cells.length >> 1]!) / 2;
        const table = inBatches(tableOf(columnOf("int64", cells)), size);
        expect((await outcomeOf(table, medianBetween("x", { min: middle, max: middle }))).status).toBe(
          "pass",
        );
      }),
      { numRuns: 50 },
    );
  });
});
