import type { Table } from "apache-arrow";
import { kindOf } from "../../columns/typeName.js";
import type { AnyUnit, PlainTable } from "../../expectations/unit/unit.js";
import { tableOf } from "../plainTable.js";
import { holds, type Law, same } from "./law.js";
import {
  exampleTable,
  givenTo,
  outcomeOf,
  type SomeOptions,
  violationTable,
  withNumbers,
} from "./unitTables.js";

const ASKED = "law_asked";

/** The violation's table, with 1 in an extra column for the rows that break nothing. */
function marked(unit: AnyUnit): Table {
  const { table, rows = [] } = unit.about.violation;
  const violation = tableOf(table);
  const flags = Array.from({ length: violation.numRows }, (_, row) => (rows.includes(row) ? 0 : 1));
  return withNumbers(violation, ASKED, flags);
}

const nobody = { [ASKED]: { eq: 2 } };

/** The example's columns as doubles, all of them NaN. */
function allNaN(unit: AnyUnit): Table {
  const column = { type: "float64", values: ["NaN", "NaN"] };
  return tableOf(Object.fromEntries(Object.keys(unit.about.example.table).map((name) => [name, column])));
}

async function checkLevels(unit: AnyUnit): Promise<void> {
  const table = violationTable(unit);
  const given = givenTo(unit, "violation");
  const status = async (options: SomeOptions) => (await outcomeOf(unit, table, options, given)).status;
  same("broken, as it is", await status({}), "fail");
  same("broken, with onFail warn", await status({ onFail: "warn" }), "warn");
  if (unit.quarantines)
    same("broken, with onFail quarantine", await status({ onFail: "quarantine" }), "warn");
  same(
    "met, with onFail warn",
    (await outcomeOf(unit, exampleTable(unit), { onFail: "warn" })).status,
    "pass",
  );
  if (unit.shape !== "row") return;
  const { failed } = (await outcomeOf(unit, table, {}, given)).counts!;
  same("with mostly 0", await status({ mostly: 0 }), "pass");
  same("with mostly 1", await status({ mostly: 1 }), "fail");
  same("tolerating up to a warning", await status({ tolerate: { warn: { rows: 1 } } }), "warn");
  same("tolerating as many", await status({ tolerate: { fail: { rows: failed + 1 } } }), "pass");
  same("tolerating one less", await status({ tolerate: { fail: { rows: failed } } }), "fail");
  same("tolerating no share", await status({ tolerate: { fail: { percent: 0.001 } } }), "fail");
}

async function checkWhen(unit: AnyUnit): Promise<void> {
  const table = marked(unit);
  const given = givenTo(unit, "violation");
  const all = await outcomeOf(unit, table, { when: { [ASKED]: { in: [0, 1] } } }, given);
  const none = await outcomeOf(unit, table, { when: nobody }, given);
  same("asked of all rows", all.status, "fail");
  if (unit.shape === "aggregate") same("asked of no row", none.status, "skipped");
  if (unit.shape !== "row")
    return holds("it doesn't matter whom it is asked of", all.observed !== none.observed);
  same("asked of no row", none.status, "pass");
  same("the rows excluded", none.counts?.excluded, table.numRows);
  const good = await outcomeOf(unit, table, { when: { [ASKED]: { eq: 1 } } }, given);
  same("asked of the rows that break nothing", good.status, "pass");
  same("the rows excluded", good.counts?.excluded, unit.about.violation.rows?.length);
}

async function checkOnEmpty(unit: AnyUnit): Promise<void> {
  const table = marked(unit);
  for (const [onEmpty, wanted] of [
    ["pass", "pass"],
    ["fail", "fail"],
    ["skip", "skipped"],
  ] as const) {
    const outcome = await outcomeOf(unit, table, { when: nobody, onEmpty });
    same(`asked of no row, with onEmpty ${onEmpty}`, outcome.status, wanted);
    same("the policy it states", outcome.policy?.onEmpty, onEmpty);
  }
}

/** The example's rows, again and again with other columns of them null. */
function withNulls(unit: AnyUnit): Table {
  const columns = Object.entries(unit.about.example.table);
  const filled = columns.map(([name, { type, values }], i) => {
    const masks = Array.from({ length: 2 ** columns.length }, (_, mask) => (mask & (1 << i)) !== 0);
    return [
      name,
      { type, values: masks.flatMap((isNull) => values.map((value) => (isNull ? null : value))) },
    ];
  });
  return tableOf(Object.fromEntries(filled) as PlainTable);
}

async function checkNulls(unit: AnyUnit): Promise<void> {
  const table = withNulls(unit);
  const [skip, fail] = [
    await outcomeOf(unit, table, { nulls: "skip" }),
    await outcomeOf(unit, table, { nulls: "fail" }),
  ];
  const { nulls, judged, failed } = skip.counts!;
  holds("no null was skipped", nulls > 0);
  same("rows that fail when nulls do", fail.counts?.failed, failed + nulls);
  same("rows judged when nulls fail", [fail.counts?.judged, fail.counts?.nulls], [judged + nulls, 0]);
  same("what an outcome states of nulls", [skip.policy?.nulls, fail.policy?.nulls], ["skip", "fail"]);
}

async function checkNan(unit: AnyUnit): Promise<void> {
  const isNumeric = exampleTable(unit).schema.fields.every(({ type }) => kindOf(type) === "number");
  if (!isNumeric) return;
  const table = allNaN(unit);
  const asked = (nan: string) => outcomeOf(unit, table, { nan });
  const [fail, skip, none] = [await asked("fail"), await asked("skip"), await asked("null")];
  const stated = [fail, skip, none].map(({ policy }) => policy?.nan);
  same("what the outcomes state of NaN", stated, ["fail", "skip", "null"]);
  same("NaN failed", fail.status, "fail");
  if (unit.shape !== "row") {
    holds("NaN left out is no NaN observed", skip.observed !== fail.observed);
    return;
  }
  same("NaN left out", [skip.counts?.nan, skip.counts?.judged], [2, 0]);
  same("NaN as null", [none.counts!.nulls + none.counts!.ignored, none.counts?.judged], [2, 0]);
}

/** The laws of options: each one that a unit honours makes the difference it stands for. */
export function optionLaws(unit: AnyUnit): Law[] {
  const { type, options } = unit;
  const laws: Law[] = [
    { name: `${type}: its level is what onFail, mostly and tolerate say`, check: () => checkLevels(unit) },
  ];
  const add = (name: (typeof options)[number], check: (unit: AnyUnit) => Promise<void>) => {
    if (options.includes(name))
      laws.push({ name: `${type}: ${name} makes its difference`, check: () => check(unit) });
  };
  add("when", checkWhen);
  add("onEmpty", checkOnEmpty);
  add("nulls", checkNulls);
  add("nan", checkNan);
  return laws;
}
