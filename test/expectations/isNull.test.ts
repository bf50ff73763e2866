import { describe, expect, it } from "vitest";
import { isNull } from "../../src/expectations/index.js";
import { failedRows, outcomeOf, sameOutcome, seen } from "./outcomes.js";
import { columnOf, dictionaryTable } from "./tables.js";

describe("isNull", () => {
  it("fails values and counts all rows", async () => {
    expect(seen(await sameOutcome(columnOf("int64", [null, 2, null]), isNull("x")))).toEqual({
      status: "fail",
      judged: 3,
      failed: 1,
      failing: [1],
    });
  });

  it("takes NaN and empty text for values", async () => {
    expect(failedRows(await sameOutcome(columnOf("float64", [Number.NaN, null]), isNull("x")))).toEqual([0]);
    expect(failedRows(await sameOutcome(columnOf("utf8", ["", null]), isNull("x")))).toEqual([0]);
  });

  it("passes columns without values, of the null type too, and empty tables", async () => {
    expect((await sameOutcome(columnOf("utf8", [null, null]), isNull("x"))).status).toBe("pass");
    expect((await sameOutcome(columnOf("null", [null, null]), isNull("x"))).status).toBe("pass");
    expect((await sameOutcome(columnOf("int32", []), isNull("x"))).status).toBe("pass");
  });

  it("sees the nulls inside a dictionary", async () => {
    expect(failedRows(await outcomeOf(dictionaryTable([0, 1, null], ["a", null]), isNull("x")))).toEqual([0]);
  });

  it("has mostly as a share of all rows, and asks only where its condition holds", async () => {
    const cells = {
      x: { type: "date32", values: [null, "2024-01-31", null, "2024-01-31"] },
      status: { type: "utf8", values: ["open", "done", "open", null] },
    };
    expect((await sameOutcome(cells, isNull("x", { mostly: 0.5 }))).status).toBe("pass");
    const open = await sameOutcome(cells, isNull("x", { when: { status: { eq: "open" } } }));
    expect(seen(open)).toEqual({ status: "pass", excluded: 2, judged: 2, failing: [] });
  });
});
