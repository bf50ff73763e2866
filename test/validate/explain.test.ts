import { tableFromArrays } from "apache-arrow";
import { describe, expect, test } from "vitest";
import {
  between,
  ConfigError,
  explain,
  lint,
  matches,
  meanBetween,
  notNull,
  percent,
  rowCount,
  satisfies,
  suite,
  unique,
} from "../../src/entries/index.js";

const table = tableFromArrays({ id: Int32Array.of(1, 2), name: ["a", "b"], idle: Int32Array.of(0, 0) });
const flights = "node_modules/vega-datasets/data/flights-3m.parquet";

describe("explain", () => {
  test("says what would be read and what would decide, without reading a row", async () => {
    const said = await explain(
      table,
      suite("s", [
        rowCount({ min: 1 }),
        notNull("id"),
        matches("name", "a"),
        unique("id"),
        meanBetween("id", { min: 0 }),
      ]),
    );
    expect(said.columnsRead).toEqual([
      { name: "id", type: "int32" },
      { name: "name", type: "dictionary<int32, utf8>" },
    ]);
    expect(said.columnsLeft).toEqual(["idle"]);
    expect(said.expectations.map(({ id, evidence }) => [id, evidence?.atBest, evidence?.atWorst])).toEqual([
      ["rowCount", "metadata", "metadata"],
      ["notNull(id)", "metadata", "rows"],
      ["matches(name)", "dictionary", "rows"],
      ["unique(id)", "rows", "rows"],
      ["meanBetween(id)", "summary", "summary"],
    ]);
    expect(said.expectations.map(({ secondLook }) => secondLook)).toEqual([false, false, false, true, false]);
    expect(said.expectations[4]?.states).toEqual(["moments(id)"]);
  });

  test("says why an expectation can't be evaluated", async () => {
    const said = await explain(table, suite("s", [notNull("nmae"), between("name", { min: 1 })]));
    expect(said.expectations.map(({ problem }) => problem)).toEqual([
      'no column "nmae"; did you mean "name"?',
      expect.stringContaining("1 can't be compared with utf8"),
    ]);
  });

  test("knows a Parquet file's rows from its footer", async () => {
    const said = await explain(flights, suite("s", [between("delay", { min: -60 })]));
    expect(said.source).toMatchObject({ kind: "parquet", rows: 3_000_000, rowGroups: 11 });
    expect(said.columnsRead.map(({ name }) => name)).toEqual(["delay"]);
  });

  test("refuses a suite whose functions were not given", async () => {
    await expect(explain(table, suite("s", [satisfies("id", { function: "isOdd" })]))).rejects.toThrow(
      ConfigError,
    );
  });
});

describe("lint", () => {
  test("finds what a suite may not mean", async () => {
    const findings = await lint(
      suite(
        "s",
        [notNull("id"), notNull("id", { description: "again" }), between("id", { min: 0 }, { mostly: 0 })],
        {
          quarantine: { failAbove: percent(1) },
        },
      ),
    );
    expect(findings.map(({ level, id, message }) => [level, id, message])).toEqual([
      ["warning", "notNull(id)#2", "says the same as notNull(id)"],
      ["warning", "between(id)", "mostly is 0, so it can't fail"],
      ["warning", undefined, "quarantine.failAbove is set, and no expectation quarantines"],
    ]);
  });

  test("holds a suite against a source's columns", async () => {
    const findings = await lint(suite("s", [notNull("id"), meanBetween("name", { min: 0 })]), table);
    expect(findings).toContainEqual({
      level: "error",
      id: "meanBetween(name)",
      message: expect.stringContaining('meanBetween doesn\'t fit "name", which is utf8'),
    });
    expect(findings).toContainEqual({ level: "warning", message: 'no expectation looks at "idle"' });
  });

  test("has nothing to say of a suite that fits", async () => {
    expect(await lint(suite("s", [notNull("id"), notNull("name"), notNull("idle")]), table)).toEqual([]);
  });
});
