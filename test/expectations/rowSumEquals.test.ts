import { describe, expect, it } from "vitest";
import { rowSumEquals } from "../../src/expectations/index.js";
import { failedRows, outcomeOf, sameOutcome, seen } from "./outcomes.js";
import type { Cell } from "./tables.js";

function columns(type: string, ...lists: (readonly Cell[])[]) {
  return Object.fromEntries(lists.map((values, nth) => ["abc"[nth]!, { type, values }]));
}

describe("rowSumEquals", () => {
  it("fails other sums and what lacks a column, and ignores what lacks all", async () => {
    const cells = columns("int32", [1, 2, null, null], [3, 3, 4, null]);
    expect(seen(await sameOutcome(cells, rowSumEquals(["a", "b"], 4)))).toEqual({
      status: "fail",
      ignored: 1,
      judged: 3,
      failed: 2,
      failing: [1, 2],
    });
    const any = rowSumEquals(["a", "b"], 4, { ignoreRowIf: "any_value_is_missing" });
    expect(seen(await sameOutcome(cells, any))).toMatchObject({ ignored: 2, failing: [1] });
  });

  it("adds integers and decimals exactly", async () => {
    const big = columns("int64", [2n ** 62n, 2n ** 62n], [2n ** 62n, 2n ** 62n - 1n]);
    expect(failedRows(await sameOutcome(big, rowSumEquals(["a", "b"], 2n ** 63n)))).toEqual([1]);
    const cents = {
      ...columns("decimal128(10, 2)", ["0.10", "0.10"]),
      b: { type: "decimal128(10, 1)", values: ["0.2", "0.3"] },
    };
    expect(failedRows(await sameOutcome(cents, rowSumEquals(["a", "b"], 0.3)))).toEqual([1]);
  });

  it("adds floats to the nearest double, in any order", async () => {
    const tenths = columns("float64", [0.1, 1e16, 0.5], [0.2, 1, 0.25], [0, -1e16, 0.25]);
    expect(failedRows(await sameOutcome(tenths, rowSumEquals(["a", "b", "c"], 1)))).toEqual([0]);
    expect(failedRows(await sameOutcome(tenths, rowSumEquals(["c", "b", "a"], 0.1 + 0.2)))).toEqual([1, 2]);
  });

  it("fails NaN, leaves it out, or takes it for a null", async () => {
    const cells = columns("float64", [Number.NaN, 1], [1, 1]);
    expect(failedRows(await sameOutcome(cells, rowSumEquals(["a", "b"], 2)))).toEqual([0]);
    expect(seen(await sameOutcome(cells, rowSumEquals(["a", "b"], 2, { nan: "skip" })))).toMatchObject({
      nan: 1,
      failing: [],
    });
    const infinite = columns("float64", [Number.POSITIVE_INFINITY], [1]);
    expect(failedRows(await sameOutcome(infinite, rowSumEquals(["a", "b"], "Infinity")))).toEqual([]);
  });

  it("is an error for what is no number", async () => {
    expect((await outcomeOf(columns("utf8", ["1"], ["2"]), rowSumEquals(["a", "b"], 3))).status).toBe(
      "error",
    );
  });
});
