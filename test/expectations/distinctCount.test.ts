import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { distinctCount } from "../../src/expectations/index.js";
import { outcomeOf, sameOutcome } from "./outcomes.js";
import { type Cell, columnOf, dictionaryTable, inBatches, tableOf } from "./tables.js";

async function observed(type: string, values: readonly Cell[], bounds: Parameters<typeof distinctCount>[1]) {
  const outcome = await sameOutcome(columnOf(type, values), distinctCount("x", bounds));
  return [outcome.status, outcome.observed];
}

describe("distinctCount", () => {
  it("leaves NaN out on request", async () => {
    const cells = columnOf("float64", [1, Number.NaN, Number.NaN, null]);
    expect((await sameOutcome(cells, distinctCount("x", { max: 9 }))).observed).toBe(2);
    const without = distinctCount("x", { max: 9 }, { nanIsNull: true });
    expect((await sameOutcome(cells, without)).observed).toBe(1);
  });

  it("counts distinct values, and not those that come once", async () => {
    expect(await observed("utf8", ["a", "b", "a", null, ""], { min: 3, max: 3 })).toEqual(["pass", 3]);
    expect(await observed("int32", [1, 1, 1], { minExclusive: 1 })).toEqual(["fail", 1]);
    expect(await observed("bool", [true, false, true], { maxExclusive: 2 })).toEqual(["fail", 2]);
  });

  it("tells apart what a double can't, and has NaN equal NaN and -0 equal 0", async () => {
    expect(await observed("int64", [2n ** 53n, 2n ** 53n + 1n, 2n ** 53n], { max: 2 })).toEqual(["pass", 2]);
    expect(
      await observed("decimal128(38, 0)", ["99999999999999999999999999999999999999", "1"], { max: 2 }),
    ).toEqual(["pass", 2]);
    expect(await observed("float64", [Number.NaN, Number.NaN, 0, -0], { max: 2 })).toEqual(["pass", 2]);
  });

  it("counts the entries of a dictionary that rows use", async () => {
    const table = dictionaryTable([0, 1, null, 0, 2], ["a", "b", null, "unused"]);
    expect((await outcomeOf(table, distinctCount("x", { max: 9 }))).observed).toBe(2);
  });

  it("has no value to judge in an empty table or column", async () => {
    for (const [type, values] of [
      ["int32", []],
      ["utf8", [null]],
      ["null", [null]],
    ] as const) {
      expect(await observed(type, values, { max: 9 })).toEqual(["fail", undefined]);
      expect(
        (await sameOutcome(columnOf(type, values), distinctCount("x", { max: 9 }, { onEmpty: "pass" })))
          .status,
      ).toBe("pass");
    }
  });

  it("looks at the rows its condition selects, and is skipped where there are none", async () => {
    const cells = columnOf("int32", [1, 2, 3, 3]);
    const some = await sameOutcome(cells, distinctCount("x", { max: 9 }, { when: { x: { gt: 1 } } }));
    expect(some.observed).toBe(2);
    const none = await sameOutcome(cells, distinctCount("x", { max: 9 }, { when: { x: { gt: 9 } } }));
    expect(none.status).toBe("skipped");
  });

  it("refuses bounds that can't be meant, and nested columns", () => {
    expect(() => distinctCount("x", {})).toThrow(/needs min/);
    expect(() => distinctCount("x", { min: 2, max: 1 })).toThrow(/above/);
    expect(distinctCount.unit.about.fits).not.toContain("nested");
  });

  it("agrees with a Set in any batches", async () => {
    const values = fc.array(fc.option(fc.string({ unit: "binary", maxLength: 2 })), {
      minLength: 1,
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(values, fc.integer({ min: 1, max: 31 }), async (cells, size) => {
        const distinct = new Set(cells.filter((cell) => cell !== null)).size;
        const table = inBatches(tableOf(columnOf("utf8", cells)), size);
        const outcome = await outcomeOf(table, distinctCount("x", { min: 0 }));
        expect(outcome.observed).toBe(distinct === 0 ? undefined : distinct);
      }),
      { numRuns: 50 },
    );
  });
});
