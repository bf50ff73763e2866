import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { notOneOf, oneOf } from "../../src/expectations/index.js";
import { failedRows, outcomeOf, sameOutcome, seen } from "./outcomes.js";
import { columnOf } from "./tables.js";

describe("notOneOf", () => {
  it("fails what is in the set, and skips nulls", async () => {
    const cells = columnOf("utf8", ["FR", "N/A", null, "n/a"]);
    expect(seen(await sameOutcome(cells, notOneOf("x", ["N/A"])))).toEqual({
      status: "fail",
      nulls: 1,
      judged: 3,
      failed: 1,
      failing: [1],
    });
    expect(failedRows(await sameOutcome(cells, notOneOf("x", ["N/A"], { nulls: "fail" })))).toEqual([1, 2]);
  });

  it("holds everything to be outside an empty set", async () => {
    expect((await sameOutcome(columnOf("int32", [1, null]), notOneOf("x", []))).status).toBe("pass");
  });

  it("compares in the column's own type", async () => {
    const big = columnOf("int64", [2n ** 53n, 2n ** 53n + 1n]);
    expect(failedRows(await sameOutcome(big, notOneOf("x", ["9007199254740993"])))).toEqual([1]);
    expect(
      failedRows(await sameOutcome(columnOf("date32", ["1970-01-01"]), notOneOf("x", ["1970-01-01"]))),
    ).toEqual([0]);
  });

  it("fails NaN, leaves it out, or takes it for a null", async () => {
    const cells = columnOf("float64", [1, Number.NaN, null, -999]);
    expect(failedRows(await sameOutcome(cells, notOneOf("x", [-999])))).toEqual([1, 3]);
    expect(seen(await sameOutcome(cells, notOneOf("x", [-999], { nan: "skip" })))).toMatchObject({
      nan: 1,
      nulls: 1,
      failing: [3],
    });
    expect(seen(await sameOutcome(cells, notOneOf("x", [-999], { nan: "null" })))).toMatchObject({
      nulls: 2,
      failing: [3],
    });
  });

  it("passes what has nothing to judge", async () => {
    expect((await sameOutcome(columnOf("utf8", []), notOneOf("x", ["a"]))).status).toBe("pass");
    expect((await sameOutcome(columnOf("utf8", [null, null]), notOneOf("x", ["a"]))).status).toBe("pass");
  });

  it("fails exactly the rows that oneOf passes", async () => {
    const letters = fc.constantFrom("a", "b", "c", "");
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.option(letters), { maxLength: 30 }),
        fc.array(letters, { maxLength: 3 }),
        async (cells, set) => {
          const data = columnOf("utf8", cells);
          const inside = failedRows(await outcomeOf(data, notOneOf("x", set)));
          const outside = failedRows(await outcomeOf(data, oneOf("x", set)));
          const present = cells.flatMap((cell, i) => (cell === null ? [] : [i]));
          expect([...inside, ...outside].sort((a, b) => a - b)).toEqual(present);
        },
      ),
      { numRuns: 40 },
    );
  });
});
