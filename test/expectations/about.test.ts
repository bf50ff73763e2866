import { describe, expect, it } from "vitest";
import { make } from "../../src/expectations/unit/make.js";
import { registry } from "../../src/expectations/unit/registry.js";
import { givenTo } from "../../src/testing/laws/unitTables.js";
import { failedRows, outcomeOf } from "./outcomes.js";
import { everyShape, tableOf } from "./tables.js";

const units = [...registry()];

describe.each(units)("%s", (type, unit) => {
  const { example, violation } = unit.about;
  const given = givenTo(unit);
  const expectation = make(unit, example.params);

  it("is called by one name", () => {
    expect(unit.type).toBe(type);
    expect(expectation.type).toBe(type);
  });

  it("is met by its example", async () => {
    const outcome = await outcomeOf(tableOf(example.table), expectation, given);
    expect(outcome.status, outcome.message).toBe("pass");
    expect(outcome.expected).toBe(unit.claim(expectation));
  });

  it("is broken by its violation, in the rows it says", async () => {
    const outcome = await outcomeOf(tableOf(violation.table), expectation, givenTo(unit, "violation"));
    expect(outcome.status, outcome.message).toBe("fail");
    if (unit.shape === "row") expect(failedRows(outcome)).toEqual(violation.rows);
    else expect(violation.rows).toBeUndefined();
  });

  it("keeps its stored form through JSON, frozen", () => {
    const again = make(unit, JSON.parse(JSON.stringify(expectation)) as object);
    expect(again).toEqual(expectation);
    expect(Object.isFrozen(expectation)).toBe(true);
  });

  it("refuses a parameter it doesn't have", () => {
    expect(() => make(unit, { ...example.params, colum: "x" })).toThrow(/has no option "colum"/);
  });

  it("says something about an empty table without throwing", async () => {
    const empty = Object.fromEntries(
      Object.entries(example.table).map(([name, { type: of }]) => [name, { type: of, values: [] }]),
    );
    const outcome = await outcomeOf(tableOf(empty), expectation, given);
    const expected =
      unit.shape === "row" ? ["pass"] : unit.shape === "aggregate" ? ["fail"] : ["pass", "fail"];
    expect(expected).toContain(outcome.status);
  });
});

describe.each(units.filter(([, unit]) => unit.shape !== "table"))("%s, which looks at values,", (_, unit) => {
  const { example, violation } = unit.about;
  const given = givenTo(unit, "violation");
  const expectation = make(unit, example.params);

  it("judges the same rows alike in every shape", async () => {
    for (const [shape, table] of everyShape(violation.table)) {
      const outcome = await outcomeOf(table, expectation, given);
      expect(outcome.status, `${shape}: ${outcome.message}`).toBe("fail");
      if (unit.shape === "row") expect(failedRows(outcome), shape).toEqual(violation.rows);
    }
  });

  it("takes columns of the null type", async () => {
    const nulls = Object.fromEntries(
      Object.keys(example.table).map((name) => [name, { type: "null", values: [null, null, null] }]),
    );
    const outcome = await outcomeOf(tableOf(nulls), expectation, given);
    expect(outcome.status, outcome.message).not.toBe("error");
  });
});
