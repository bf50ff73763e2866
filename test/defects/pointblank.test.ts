import type { Table } from "apache-arrow";
import {
  between,
  type Expectation,
  lengthBetween,
  notNull,
  oneOf,
  percent,
  rowCount,
  unique,
  uniqueTogether,
  ValidationError,
  validate,
} from "veritable";
import { describe, expect, it } from "vitest";
import "veritable/vitest";
import { makeSuite } from "../../src/suite/suite.js";
import { checkSplit } from "../../src/testing/laws/splitLaws.js";
import { tableOf } from "../../src/testing/plainTable.js";

const of = (...expectations: Expectation[]) => makeSuite("s", expectations, {});
const quarantine = { onFail: "quarantine" } as const;

async function sides(table: Table, ...expectations: Expectation[]) {
  const suite = of(...expectations);
  await checkSplit(table, suite);
  const run = await validate(table, suite);
  const rows = Array.from((await run.quarantined.table()).getChild("_row")!, Number);
  return { moved: rows, kept: run.accepted.rows };
}

describe("pointblank", () => {
  it("all of the rows and one of them are different bounds", async () => {
    const table = tableOf({ a: { type: "int32", values: [1, 1, 1, 9, 9] } });
    const all = of(between("a", { max: 5 }, { tolerate: { fail: percent(100) } }));
    expect((await validate(table, all)).status).toBe("pass");
    expect(() => between("a", { max: 5 }, { tolerate: { fail: 1 as never } })).toThrow(/tolerate.fail/);
  });

  it("duplicate rows and incomplete rows don't pass for good ones", async () => {
    const table = tableOf({
      a: { type: "int32", values: [1, 1, 2, 3, null] },
      b: { type: "utf8", values: ["x", "x", "y", null, "z"] },
    });
    expect(await sides(table, uniqueTogether(["a", "b"], quarantine))).toEqual({ moved: [0, 1], kept: 3 });
    expect(await sides(table, notNull("a", quarantine), notNull("b", quarantine))).toEqual({
      moved: [3, 4],
      kept: 3,
    });
    expect(await sides(table, unique("a", quarantine), notNull("b", quarantine))).toEqual({
      moved: [0, 1, 3],
      kept: 2,
    });
  });

  it("rules for some rows each lose no row", async () => {
    const table = tableOf({
      group: { type: "utf8", values: ["a", "b", "a", "b", "a"] },
      value: { type: "int32", values: [1, 20, 300, 4, 5] },
    });
    const perGroup = ["a", "b"].map((group) =>
      between("value", { max: 10 }, { ...quarantine, when: { group: { eq: group } } }),
    );
    expect(await sides(table, ...perGroup)).toEqual({ moved: [1, 2], kept: 3 });
    const distinctWithin = ["a", "b"].map((group) =>
      unique("value", { ...quarantine, when: { group: { eq: group } } }),
    );
    expect(await sides(table, ...distinctWithin)).toEqual({ moved: [], kept: 5 });
  });

  it("a rule for some rows moves the very row that broke it", async () => {
    const table = tableOf({
      use: { type: "bool", values: [false, false, true, true] },
      value: { type: "int32", values: [900, 1, 2, 700] },
    });
    const rule = between("value", { max: 10 }, { ...quarantine, when: { use: { eq: true } } });
    expect(await sides(table, rule)).toEqual({ moved: [3], kept: 3 });
  });

  it("a rule about a column that isn't there stops every assertion", async () => {
    const table = tableOf({ a: { type: "int32", values: [1] } });
    const suite = of(between("b", { max: 1 }, { tolerate: { fail: percent(100) } }));
    const run = await validate(table, suite);
    expect(run.status).toBe("error");
    expect(() => run.orThrow()).toThrow(ValidationError);
    await expect(expect(table).toMeet(suite)).rejects.toThrow(/could not be evaluated/);
  });

  it("a table of no rows is judged: no rule about rows is an error", async () => {
    const empty = tableOf({ a: { type: "int32", values: [] }, b: { type: "utf8", values: [] } });
    const rules = [
      between("a", { max: 1 }),
      notNull("a"),
      unique("a"),
      oneOf("b", ["x"]),
      lengthBetween("b", { max: 1 }),
    ];
    const run = await validate(empty, makeSuite("s", [...rules, rowCount({ max: 0 })], { allowEmpty: true }));
    expect(run.outcomes.map(({ status }) => status)).toEqual([
      "pass",
      "pass",
      "pass",
      "pass",
      "pass",
      "pass",
    ]);
    expect(run.status).toBe("pass");
  });
});
