import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sumBetween } from "../../src/expectations/index.js";
import { outcomeOf, sameOutcome } from "./outcomes.js";
import { type Cell, columnOf, inBatches, tableOf } from "./tables.js";

async function observed(type: string, values: readonly Cell[], bounds: Parameters<typeof sumBetween>[1]) {
  const outcome = await sameOutcome(columnOf(type, values), sumBetween("x", bounds));
  return [outcome.status, outcome.observed];
}

describe("sumBetween", () => {
  it("is compared with its bounds, exclusive ones too", async () => {
    expect(await observed("int32", [1, 2, null, 6], { min: 9, max: 9 })).toEqual(["pass", 9]);
    expect(await observed("int32", [1, 2, null, 6], { minExclusive: 9 })).toEqual(["fail", 9]);
    expect(await observed("int32", [1, 2, null, 6], { maxExclusive: 9 })).toEqual(["fail", 9]);
    expect(await observed("int32", [1, 2], { min: 2.5, max: 3.5 })).toEqual(["pass", 3]);
    expect(await observed("int32", [1, 2], { min: 0, max: Number.POSITIVE_INFINITY })).toEqual(["pass", 3]);
  });

  it("never wraps 64-bit integers", async () => {
    const extremes = [2n ** 63n - 1n, 2n ** 63n - 2n];
    expect(await observed("int64", extremes, { min: 0 })).toEqual(["pass", "18446744073709551613"]);
    expect(await observed("int64", extremes, { max: 0 })).toEqual(["fail", "18446744073709551613"]);
    expect(await observed("uint64", [2n ** 64n - 1n, 2n ** 64n - 1n], { max: 2n ** 65n - 3n })).toEqual([
      "fail",
      "36893488147419103230",
    ]);
  });

  it("compares with bounds exactly, where doubles can't tell them apart", async () => {
    const exactly = [2n ** 53n, 1];
    expect(await observed("int64", exactly, { max: 2n ** 53n })).toEqual(["fail", "9007199254740993"]);
    expect(await observed("int64", exactly, { min: 2n ** 53n + 1n, max: 2n ** 53n + 1n })).toEqual([
      "pass",
      "9007199254740993",
    ]);
    const many = [2 ** 31 - 1, 2 ** 31 - 1];
    expect(await observed("int32", many, { max: 2n ** 32n - 3n })).toEqual(["fail", 2 ** 32 - 2]);
    expect(await observed("decimal128(10, 2)", ["0.10", "0.20"], { min: 0.3, max: 0.3 })).toEqual([
      "pass",
      "0.30",
    ]);
    expect(
      await observed("decimal128(10, 2)", ["0.10", "0.20"], { minExclusive: 0.299, maxExclusive: 0.301 }),
    ).toEqual(["pass", "0.30"]);
    const wide = ["99999999999999999999999999999999999999", "99999999999999999999999999999999999999"];
    expect(
      await observed("decimal128(38, 0)", wide, { max: "199999999999999999999999999999999999998" }),
    ).toEqual(["pass", "199999999999999999999999999999999999998"]);
  });

  it("compensates floats", async () => {
    expect(await observed("float64", [1e16, 1, -1e16], { min: 1, max: 1 })).toEqual(["pass", 1]);
  });

  it("fails NaN, unless it is left out or a null, and follows infinities", async () => {
    const cells = columnOf("float64", [Number.NaN, 2, null]);
    const fails = await sameOutcome(cells, sumBetween("x", { min: 0 }));
    expect([fails.status, fails.observed]).toEqual(["fail", "NaN"]);
    for (const nan of ["skip", "null"] as const) {
      expect((await sameOutcome(cells, sumBetween("x", { min: 2, max: 2 }, { nan }))).status).toBe("pass");
    }
    const infinity = Number.POSITIVE_INFINITY;
    expect(await observed("float64", [infinity, 1], { min: 0 })).toEqual(["pass", "Infinity"]);
    expect(await observed("float64", [infinity, -infinity], { min: 0 })).toEqual(["fail", "NaN"]);
    const onlyNan = sumBetween("x", { min: 0 }, { nan: "null" });
    expect((await sameOutcome(columnOf("float64", [Number.NaN]), onlyNan)).observed).toBeUndefined();
  });

  it("has no value to judge in an empty table or column", async () => {
    for (const [type, values] of [
      ["int32", []],
      ["float64", [null]],
      ["null", [null]],
    ] as const) {
      expect(await observed(type, values, { min: 0, max: 0 })).toEqual(["fail", undefined]);
      expect(
        (await sameOutcome(columnOf(type, values), sumBetween("x", { min: 0 }, { onEmpty: "pass" }))).status,
      ).toBe("pass");
    }
  });

  it("looks at the rows its condition selects", async () => {
    const expectation = sumBetween("x", { min: 11, max: 11 }, { when: { x: { gt: 1 } } });
    expect((await sameOutcome(columnOf("int32", [1, 2, 9]), expectation)).observed).toBe(11);
  });

  it("refuses bounds that can't be meant, and columns that hold no numbers", async () => {
    expect(() => sumBetween("x", {})).toThrow(/needs min/);
    expect(() => sumBetween("x", { min: 2n ** 53n + 1n, max: 2n ** 53n })).toThrow(/above/);
    expect((await outcomeOf(columnOf("bool", [true]), sumBetween("x", { min: 1 }))).status).toBe("error");
  });

  it("adds up any 64-bit integers as bigint does, in any batches", async () => {
    const edge = fc.constantFrom(-(2n ** 63n), 2n ** 63n - 1n, 2n ** 53n + 1n, -1n);
    const cell = fc.oneof(edge, fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(cell, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 41 }),
        async (cells, size) => {
          const sum = cells.reduce((a, b) => a + b, 0n);
          const table = inBatches(tableOf(columnOf("int64", cells)), size);
          const outcome = await outcomeOf(table, sumBetween("x", { min: sum, max: sum }));
          expect(outcome.status).toBe("pass");
          expect(BigInt(outcome.observed as string)).toBe(sum);
        },
      ),
      { numRuns: 60 },
    );
  });
});
