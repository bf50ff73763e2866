import { describe, expect, it } from "vitest";
import { notNull } from "../../src/expectations/index.js";
import { failedRows, outcomeOf, sameOutcome, seen } from "./outcomes.js";
import { columnOf, dictionaryTable } from "./tables.js";

describe("notNull", () => {
  it("fails nulls and counts all rows", async () => {
    expect(seen(await sameOutcome(columnOf("int64", [1, null, 3]), notNull("x")))).toEqual({
      status: "fail",
      judged: 3,
      failed: 1,
      failing: [1],
    });
  });

  it("takes NaN and empty text for values", async () => {
    expect((await sameOutcome(columnOf("float64", [Number.NaN]), notNull("x"))).status).toBe("pass");
    expect((await sameOutcome(columnOf("utf8", [""]), notNull("x"))).status).toBe("pass");
  });

  it("fails every row of a column without values, of the null type too", async () => {
    expect(failedRows(await sameOutcome(columnOf("utf8", [null, null]), notNull("x")))).toEqual([0, 1]);
    expect(failedRows(await sameOutcome(columnOf("null", [null, null]), notNull("x")))).toEqual([0, 1]);
  });

  it("sees the nulls inside a dictionary", async () => {
    const table = dictionaryTable([0, 1, null], ["a", null]);
    expect(failedRows(await outcomeOf(table, notNull("x")))).toEqual([1, 2]);
  });

  it("has mostly as a share of all rows", async () => {
    const cells = columnOf("int32", [1, null, null, 4]);
    expect((await outcomeOf(cells, notNull("x", { mostly: 0.5 }))).status).toBe("pass");
    expect((await outcomeOf(cells, notNull("x", { mostly: 0.51 }))).status).toBe("fail");
  });

  it("passes an empty table", async () => {
    expect((await sameOutcome(columnOf("int32", []), notNull("x"))).status).toBe("pass");
  });

  it("suggests the nearest column where there is none of that name", async () => {
    const outcome = await outcomeOf(columnOf("int32", [1]), notNull("xx"));
    expect(outcome.error?.message).toBe('no column "xx"; did you mean "x"?');
  });
});
