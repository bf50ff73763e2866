import { describe, expect, it } from "vitest";
import { nullFraction } from "../../src/expectations/index.js";
import { outcomeOf, sameOutcome } from "./outcomes.js";
import { columnOf, dictionaryTable } from "./tables.js";

describe("nullFraction", () => {
  it("is the share of all rows that hold no value", async () => {
    const cells = columnOf("utf8", ["a", null, "", null, "b", null, "c", "d", "e", "f"]);
    const outcome = await sameOutcome(cells, nullFraction("x", { max: 0.3 }));
    expect([outcome.status, outcome.observed]).toEqual(["pass", 0.3]);
    expect((await sameOutcome(cells, nullFraction("x", { maxExclusive: 0.3 }))).status).toBe("fail");
    expect((await sameOutcome(cells, nullFraction("x", { min: 0.3, max: 0.3 }))).status).toBe("pass");
    expect((await sameOutcome(cells, nullFraction("x", { minExclusive: 0.3 }))).status).toBe("fail");
  });

  it("takes NaN for a value", async () => {
    const outcome = await sameOutcome(
      columnOf("float64", [Number.NaN, null]),
      nullFraction("x", { max: 0.5 }),
    );
    expect(outcome.observed).toBe(0.5);
  });

  it("is 1 of a column without values, and 0 of one without nulls", async () => {
    for (const type of ["utf8", "null", "date32"]) {
      const outcome = await sameOutcome(columnOf(type, [null, null]), nullFraction("x", { max: 0.5 }));
      expect([outcome.status, outcome.observed]).toEqual(["fail", 1]);
    }
    expect((await sameOutcome(columnOf("bool", [true]), nullFraction("x", { max: 0 }))).observed).toBe(0);
  });

  it("counts the nulls inside a dictionary", async () => {
    const table = dictionaryTable([0, 1, null, 0], ["a", null]);
    expect((await outcomeOf(table, nullFraction("x", { max: 0 }))).observed).toBe(0.5);
  });

  it("fails a table of no rows, and is skipped where its condition selects none", async () => {
    const empty = columnOf("int32", []);
    expect((await sameOutcome(empty, nullFraction("x", { max: 1 }))).status).toBe("fail");
    expect((await sameOutcome(empty, nullFraction("x", { max: 1 }, { onEmpty: "pass" }))).status).toBe(
      "pass",
    );
    const none = nullFraction("x", { max: 0 }, { when: { x: { gt: 5 } } });
    expect((await sameOutcome(columnOf("int32", [1, null]), none)).status).toBe("skipped");
  });

  it("counts the rows its condition selects", async () => {
    const cells = {
      x: { type: "int32", values: [1, null, null] },
      on: { type: "bool", values: [true, true, false] },
    };
    expect(
      (await sameOutcome(cells, nullFraction("x", { max: 1 }, { when: { on: { eq: true } } }))).observed,
    ).toBe(0.5);
  });

  it("refuses bounds outside 0 to 1", () => {
    expect(() => nullFraction("x", { max: 1.1 })).toThrow(/max/);
    expect(() => nullFraction("x", { min: -0.1 })).toThrow(/min/);
    expect(() => nullFraction("x", {})).toThrow(/needs min/);
    // @ts-expect-error a share isn't text
    expect(() => nullFraction("x", { max: "0.5" })).toThrow(/max/);
  });
});
