import type { Table } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { type DriftOverTimeOptions, driftOverTime } from "../../src/validate/driftOverTime.js";
import { profile } from "../../src/validate/profile.js";
import { inBatches, tableOf } from "../expectations/tables.js";
import { draws, numbersTable } from "./samples.js";

const DAYS = 6;
const A_DAY = 1200;

/** Six days of 1200 rows each; x moves on the fourth. */
function days(order: (i: number) => number = (i) => i): Table {
  const x = Array.from({ length: DAYS }, (_, day) => [
    ...draws("normal", A_DAY, day + 1, day >= 3 ? 0.6 : 0),
  ]).flat();
  const rows = Array.from({ length: x.length }, (_, i) => order(i));
  const at = (i: number) =>
    new Date(Date.UTC(2024, 1, 27 + Math.floor(i / A_DAY), Math.floor((i % A_DAY) / 50))).toISOString();
  return tableOf({
    at: { type: "timestamp[us]", values: rows.map(at) },
    x: { type: "float64", values: rows.map((i) => x[i]!) },
    s: { type: "utf8", values: rows.map((i) => (i % 2 === 0 ? "a" : "b")) },
  });
}

/** The verdicts on a column by window. */
function verdicts(table: Table, column: string): [string, string][] {
  return table
    .toArray()
    .flatMap((row) => (row.column === column ? [[row.window, row.verdict] as [string, string]] : []));
}

describe("drift over time", () => {
  it("compares each day with the first, across the end of February", async () => {
    const table = await driftOverTime(days(), { by: "day", timeColumn: "at", shift: 0.5 });
    expect(verdicts(table, "x")).toEqual([
      ["2024-02-28", "stable"],
      ["2024-02-29", "stable"],
      ["2024-03-01", "drift"],
      ["2024-03-02", "drift"],
      ["2024-03-03", "drift"],
    ]);
    expect(verdicts(table, "s").map(([, verdict]) => verdict)).toEqual(Array(5).fill("stable"));
    expect(table.schema.fields.map(({ name }) => name)).toEqual([
      "window",
      "rows",
      "column",
      "finding",
      "statistic",
      "effect",
      "threshold",
      "upper",
      "adjusted",
      "verdict",
    ]);
    expect(table.get(0)!.toJSON()).toMatchObject({ rows: A_DAY, column: "x", statistic: "ks" });
  });

  it("is the same whatever the order of the rows and the batches", async () => {
    const options: DriftOverTimeOptions = { by: "day", timeColumn: "at", shift: 0.5 };
    const seen = async (table: Table) => (await driftOverTime(table, options)).toArray().map(String);
    const first = await seen(days());
    expect(await seen(inBatches(days(), 777))).toEqual(first);
    expect(await seen(days((i) => (i * 5003) % (DAYS * A_DAY)))).toEqual(first);
  });

  it("compares windows of rows with a baseline of one's own", async () => {
    const baseline = await profile(numbersTable(draws("normal", 9000, 50)));
    const table = await driftOverTime(days(), { by: { rows: 3000 }, baseline, shift: 0.4 });
    expect(verdicts(table, "x").map(([window]) => window)).toEqual(["0-2999", "3000-5999", "6000-8999"]);
    expect(verdicts(table, "x").map(([, verdict]) => verdict)).toEqual(["stable", "drift", "drift"]);
  });

  it("leaves out rows without a time, and gives no rows for no windows", async () => {
    const cells = {
      at: { type: "date32", values: ["2024-01-01", null, "2024-01-02", "2024-01-02"] },
      x: { type: "int32", values: [1, 2, 3, 4] },
    };
    const table = await driftOverTime(tableOf(cells), { by: "day", timeColumn: "at" });
    expect(table.toArray().map((row) => [row.window, row.rows])).toEqual([["2024-01-02", 2]]);
    const none = await driftOverTime(tableOf(cells).slice(0, 0), { by: { rows: 5 } });
    expect(none.numRows).toBe(0);
  });

  it.each([
    [{ by: "day" }, /timeColumn is needed/],
    [{ by: "day", timeColumn: "att" }, /no column "att"/],
    [{ by: "day", timeColumn: "x" }, /neither a date nor a timestamp/],
    [{ by: { rows: 0 } }, /by is "day"/],
    [{ by: "week" }, /by is "day"/],
    [{ by: { rows: 5 }, timeColumn: "at" }, /says nothing/],
    [{ by: { rows: 5 }, shift: -1 }, /shift/],
  ])("refuses %j", async (options, message) => {
    await expect(driftOverTime(days(), options as never)).rejects.toThrow(message);
  });
});
