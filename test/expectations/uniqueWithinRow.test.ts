import { describe, expect, it } from "vitest";
import { uniqueWithinRow } from "../../src/expectations/index.js";
import { failedRows, outcomeOf, sameOutcome, seen } from "./outcomes.js";

const three = {
  a: { type: "int32", values: [1, 1, 1, null, null, 1] },
  b: { type: "int64", values: [2, 1, 2, null, null, null] },
  c: { type: "float64", values: [3, 3, 1, 5, null, 2] },
};

describe("uniqueWithinRow", () => {
  it("fails rows in which two columns are the same, nulls among them", async () => {
    expect(seen(await sameOutcome(three, uniqueWithinRow(["a", "b", "c"])))).toEqual({
      status: "fail",
      ignored: 1,
      judged: 5,
      failed: 3,
      failing: [1, 2, 3],
    });
  });

  it("ignores rows as it is told", async () => {
    const any = uniqueWithinRow(["a", "b", "c"], { ignoreRowIf: "any_value_is_missing" });
    expect(seen(await sameOutcome(three, any))).toMatchObject({ ignored: 3, failing: [1, 2] });
    const never = uniqueWithinRow(["a", "b", "c"], { ignoreRowIf: "never" });
    expect(failedRows(await sameOutcome(three, never))).toEqual([1, 2, 3, 4]);
  });

  it("takes NaN for the equal of NaN, leaves it out, or takes it for a null", async () => {
    const cells = {
      a: { type: "float64", values: [Number.NaN, Number.NaN] },
      b: { type: "float64", values: [Number.NaN, 1] },
      c: { type: "float64", values: [0, -0] },
    };
    expect(failedRows(await sameOutcome(cells, uniqueWithinRow(["a", "b", "c"])))).toEqual([0]);
    expect(seen(await sameOutcome(cells, uniqueWithinRow(["a", "b"], { nan: "skip" })))).toMatchObject({
      nan: 2,
      failing: [],
    });
    expect(failedRows(await sameOutcome(cells, uniqueWithinRow(["a", "b", "c"], { nan: "null" })))).toEqual([
      0,
    ]);
  });

  it("is an error for columns of different kinds, and refuses one column", async () => {
    const cells = { a: { type: "int32", values: [1] }, b: { type: "utf8", values: ["1"] } };
    expect((await outcomeOf(cells, uniqueWithinRow(["a", "b"]))).status).toBe("error");
    expect(() => uniqueWithinRow(["a"])).toThrow(/two columns or more/);
  });
});
