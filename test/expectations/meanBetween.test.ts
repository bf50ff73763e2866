import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { meanBetween } from "../../src/expectations/index.js";
import { outcomeOf, sameOutcome } from "./outcomes.js";
import { type Cell, columnOf, inBatches, tableOf } from "./tables.js";

async function observed(type: string, values: readonly Cell[], bounds: Parameters<typeof meanBetween>[1]) {
  const outcome = await sameOutcome(columnOf(type, values), meanBetween("x", bounds));
  return [outcome.status, outcome.observed];
}

describe("meanBetween", () => {
  it("is compared with its bounds, exclusive ones too", async () => {
    expect(await observed("int32", [1, 2, null, 6], { min: 3, max: 3 })).toEqual(["pass", 3]);
    expect(await observed("int32", [1, 2, null, 6], { minExclusive: 3 })).toEqual(["fail", 3]);
    expect(await observed("int32", [1, 2, null, 6], { maxExclusive: 3 })).toEqual(["fail", 3]);
    expect(await observed("float64", [0.5], { min: "0.5", max: 1n })).toEqual(["pass", 0.5]);
  });

  it("never overflows on 64-bit integers, and scales decimals", async () => {
    expect(await observed("int64", [2n ** 63n - 1n, 2n ** 63n - 3n], { min: 2 ** 62 })).toEqual([
      "pass",
      2 ** 63,
    ]);
    expect(await observed("int64", [-(2n ** 63n), 2n ** 63n - 1n], { max: 0 })).toEqual(["pass", -0.5]);
    expect(await observed("decimal128(10, 2)", ["1.10", null, "1.20"], { min: 1.15, max: 1.15 })).toEqual([
      "pass",
      1.15,
    ]);
  });

  it("is the share of true, of booleans", async () => {
    expect(await observed("bool", [true, false, null, true, true], { min: 0.75, max: 0.75 })).toEqual([
      "pass",
      0.75,
    ]);
  });

  it("fails NaN, unless it is left out or a null", async () => {
    const cells = columnOf("float64", [Number.NaN, 2, null]);
    const fails = await sameOutcome(cells, meanBetween("x", { min: 0 }));
    expect([fails.status, fails.observed]).toEqual(["fail", "NaN"]);
    for (const nan of ["skip", "null"] as const) {
      expect((await sameOutcome(cells, meanBetween("x", { min: 2, max: 2 }, { nan }))).status).toBe("pass");
    }
  });

  it("follows infinities", async () => {
    const infinity = Number.POSITIVE_INFINITY;
    expect(await observed("float64", [1, infinity], { min: 0 })).toEqual(["pass", "Infinity"]);
    expect(await observed("float64", [1, infinity], { max: 1e300 })).toEqual(["fail", "Infinity"]);
    expect(await observed("float64", [infinity, -infinity], { min: 0 })).toEqual(["fail", "NaN"]);
  });

  it("has no value to judge in an empty table or column", async () => {
    for (const [type, values] of [
      ["int32", []],
      ["float64", [null, null]],
      ["null", [null]],
    ] as const) {
      expect(await observed(type, values, { min: 0 })).toEqual(["fail", undefined]);
      const warns = meanBetween("x", { min: 0 }, { onFail: "warn" });
      expect((await sameOutcome(columnOf(type, values), warns)).status).toBe("warn");
    }
  });

  it("is skipped where its condition selects no row, and fails where it selects nulls only", async () => {
    const cells = { x: { type: "int32", values: [1, null] }, n: { type: "int32", values: [1, 2] } };
    const where = async (n: number) =>
      (await sameOutcome(cells, meanBetween("x", { min: 0 }, { when: { n: { eq: n } } }))).status;
    expect([await where(1), await where(2), await where(3)]).toEqual(["pass", "fail", "skipped"]);
  });

  it("refuses bounds that can't be meant, columns that hold no numbers, and quarantine", async () => {
    expect(() => meanBetween("x", {})).toThrow(/needs min/);
    expect(() => meanBetween("x", { min: 2n, max: 1 })).toThrow(/above/);
    // @ts-expect-error a mean is a number
    expect(() => meanBetween("x", { min: "low" })).toThrow(/is not a number/);
    // @ts-expect-error a mean is no row
    expect(() => meanBetween("x", { min: 1 }, { onFail: "quarantine" })).toThrow(/isn't about single rows/);
    expect((await outcomeOf(columnOf("utf8", ["1"]), meanBetween("x", { min: 1 }))).error?.code).toBe(
      "config/bad-value",
    );
  });

  it("agrees with exact arithmetic on integers, in any batches", async () => {
    const values = fc.array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), {
      minLength: 1,
      maxLength: 20,
    });
    await fc.assert(
      fc.asyncProperty(values, fc.integer({ min: 1, max: 21 }), async (cells, size) => {
        const table = inBatches(tableOf(columnOf("int64", cells)), size);
        const outcome = await outcomeOf(table, meanBetween("x", { min: Number.NEGATIVE_INFINITY }));
        const sum = cells.reduce((a, b) => a + b, 0n);
        const mean = Number((sum * 2n ** 20n) / BigInt(cells.length)) / 2 ** 20;
        expect(Math.abs((outcome.observed as number) - mean)).toBeLessThanOrEqual(1e-12 * 2 ** 63);
      }),
      { numRuns: 40 },
    );
  });
});
