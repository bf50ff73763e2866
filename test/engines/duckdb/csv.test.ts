import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import {
  between,
  distinctCount,
  type Expectation,
  meanBetween,
  notNull,
  oneOf,
  schema,
  suite,
  unique,
  type ValidateOptions,
  validate,
} from "veritable";
import { describe, expect, it } from "vitest";
import { rowsOf } from "../../../src/engines/duckdb/connection.js";
import { openRelation } from "../../../src/engines/duckdb/openRelation.js";
import { openPath } from "../../../src/io/open.js";
import { agrees, both, inFolder } from "./agreement.js";

/** Cells of which two may be one value, none, or a mistake, as one reader or another takes them. */
const CELLS = [
  ["0", "1", "-1", "7", "12", "9007199254740993", "-9223372036854775808", "9223372036854775807"],
  ["007", "+5", "-0", " 3", "3 ", "1_000", "9223372036854775808", "1e3", "0x10"],
  ["0.5", "-1.25", "1e-3", "2.5e10", ".5", "5.", "1e400", "1e-400", "NaN", "nan", "inf", "-Infinity"],
  ["true", "false", "True", "FALSE", "t", "yes", "1"],
  [
    "2024-02-29",
    "2023-02-29",
    "1969-12-31",
    "0000-01-01",
    "0044-03-15 (BC)",
    "24-01-01",
    "2024-1-1",
    "infinity",
  ],
  [
    "2024-02-29 12:00:00",
    "2024-02-29T12:00:00.123456",
    "2024-02-29 24:00:00",
    "2024-02-29T12:00",
    "2024-02-29",
  ],
  ["2024-02-29T12:00:00Z", "2024-02-29 12:00:00+02", "2024-02-29 12:00:00-05:30", "2024-02-29 12:00:00 UTC"],
  ["a", "é", "\u{1f600}", "NULL", "NA", "'", "\\N", "#", "a;b", '"q"', 'a"b', '""', '"x,y"', '" "'],
];

const cell = fc.oneof(...CELLS.map((pool) => fc.constantFrom(...pool)), fc.constant(""));
/** A column mostly of one kind of cell, or of any. */
const column = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...CELLS).map((pool) => fc.constantFrom(...pool.slice(0, 5), "")) },
  { weight: 1, arbitrary: fc.constant(cell) },
);
const texts = fc
  .array(column, { minLength: 1, maxLength: 3 })
  .chain((columns) =>
    fc.record({
      rows: fc.array(fc.tuple(...columns), { minLength: 1, maxLength: 12 }),
      end: fc.constantFrom("\n", "\n", "\n", "\r\n"),
      odd: fc.constantFrom("", "", "", "", "\n", "x,y,z,w\n", "\0\n", "\ufeff"),
      isEnded: fc.boolean(),
      width: fc.constant(columns.length),
    }),
  )
  .map(({ rows, end, odd, isEnded, width }) => {
    const names = ["a", "b", "c"].slice(0, width).join(",");
    const lines = [names, ...rows.map((row) => row.join(","))].join(end);
    return { text: `${lines}${isEnded || odd ? end : ""}${odd}`, width };
  });

function asked(name: string): Expectation[] {
  return [
    notNull(name),
    unique(name),
    distinctCount(name, { min: 1 }),
    oneOf(name, ["1", "a", "é", "", "true", "2024-02-29"]),
  ];
}

describe("a CSV file", () => {
  it("is judged alike by DuckDB and by our own reader, mistakes included", async () => {
    const engines = new Map<string, number>();
    await inFolder(async (folder) => {
      const file = join(folder, "any.csv");
      await fc.assert(
        fc.asyncProperty(texts, async ({ text, width }) => {
          await writeFile(file, text);
          const opens = await openPath(file).then(
            (source) => source.close().then(() => true),
            () => false,
          );
          fc.pre(opens);
          const names = ["a", "b", "c"].slice(0, width);
          const of = suite("any", names.flatMap(asked), { allowEmpty: true });
          const { arrow, duckdb, engine } = await both(file, of, { sample: 3 });
          engines.set(engine, (engines.get(engine) ?? 0) + 1);
          if (!agrees(arrow, duckdb, 1e19)) expect(duckdb).toEqual(arrow);
        }),
        { numRuns: Number(process.env.DUCKDB_CASES ?? 80), maxSkipsPerRun: 1000 },
      );
    });
    expect(engines.get("duckdb")).toBeGreaterThan(20);
  });

  async function judged(
    text: string | Uint8Array,
    of: Expectation[],
    options: ValidateOptions = {},
    name = "a.csv",
  ) {
    return inFolder(async (folder) => {
      const file = join(folder, name);
      await writeFile(file, text);
      const result = await both(file, suite("csv", of), options);
      expect(result.duckdb).toEqual(result.arrow);
      return result;
    });
  }

  it("is DuckDB's where its lines are cells and nothing else, rows that fail included", async () => {
    const lines = Array.from({ length: 5000 }, (_, i) => `${i},${i % 7 === 0 ? "" : i / 4},d${i % 10}`);
    const { engine, duckdb } = await judged(`id,price,kind\n${lines.join("\n")}`, [
      between("id", { max: 4990 }, { onFail: "quarantine" }),
      between("price", { max: 1249 }, { nulls: "fail" }),
      unique("kind"),
      meanBetween("id", { min: 0 }),
    ]);
    expect(engine).toBe("duckdb");
    expect(duckdb.outcomes.map(({ counts }) => counts?.failed)).toEqual([9, 717, 5000, undefined]);
  });

  it("keeps to the delimiter, the nulls and the types it is given", async () => {
    const { engine, duckdb } = await judged(
      "a;b\n1;x,y\nNA;z\n;NA\n",
      [schema({ a: "int8?", b: "utf8?" }), notNull("a"), oneOf("b", ["x,y"])],
      { delimiter: ";", nullValues: ["", "NA"] },
    );
    expect(engine).toBe("duckdb");
    expect(duckdb.outcomes.map(({ counts }) => counts?.failed)).toEqual([undefined, 2, 1]);
    const without = await judged("a,b\n1,\n", [notNull("b")], { nullValues: ["NA"] });
    expect(without.engine).toBe("arrow");
  });

  it.each([
    ["quotes", 'a,b\n"1",x\n'],
    ["carriage returns", "a,b\r\n1,x\r\n"],
    ["an empty line", "a,b\n1,x\n\n2,y\n"],
    ["a byte order mark", "\ufeffa,b\n1,x\n"],
    ["a cell spelled in another way than numbers are", `a,b\n${"1,x\n".repeat(10_001)}1.0,y\n`],
    ["a row of another width", "a,b\n1,x\n2\n"],
    [
      "bytes that are no UTF-8, in a column that nobody asked for",
      Uint8Array.of(97, 44, 98, 10, 49, 44, 255, 10),
    ],
  ])("is left to our own reader where it has %s", async (_, text) => {
    await inFolder(async (folder) => {
      const file = join(folder, "odd.csv");
      await writeFile(file, text);
      const of = suite("odd", [notNull("a")]);
      const engines = ["arrow", "duckdb"] as const;
      const runs = await Promise.all(
        engines.map((engine) =>
          validate(file, of, { engine }).then(
            (run) => {
              const { engine, engineReason, status, reasons, rows } = run.toJSON();
              return { engine, engineReason, status, told: { status, reasons, rows } };
            },
            (error: Error) => ({ status: "error", told: error.message }),
          ),
        ),
      );
      expect(runs[1]!.told).toEqual(runs[0]!.told);
      // Of a run that came to no end, the record has the engine that was asked.
      if (runs[1]!.status !== "error")
        expect(runs[1]).toMatchObject({
          engine: "arrow",
          engineReason: expect.stringContaining("own reader"),
        });
    });
  });

  it("is never another file: a[1].csv is a pattern that reads a1.csv", async () => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, "a1.csv"), "n\n1\n");
      await writeFile(join(folder, "a[1].csv"), "n,m\n1,2\n,3\n");
      const run = await validate(join(folder, "a[1].csv"), suite("csv", [notNull("n")]), {
        engine: "duckdb",
      });
      expect(run.toJSON()).toMatchObject({
        rows: 2,
        status: "fail",
        engine: "arrow",
        engineReason: "DuckDB would take the path for a pattern",
      });
    });
    const { engine } = await judged("n\n1\n", [between("n", { max: 1 })], {}, "it's, {a}.csv");
    expect(engine).toBe("duckdb");
  });

  it("numbers its rows as they stand, where DuckDB reads it in parts", async () => {
    const rows = 400_000;
    const filler = "x".repeat(90);
    const lines = Array.from({ length: rows }, (_, i) => `${i % 50_000 === 49_999 ? -i : i},${filler}`);
    await inFolder(async (folder) => {
      const file = join(folder, "parts.csv");
      await writeFile(file, `id,filler\n${lines.join("\n")}\n`);
      const source = await openPath(file);
      const { relation, close } = await openRelation(source, { threads: 2 });
      const { from, row } = relation.numbered;
      const { connection } = relation;
      const found = await rowsOf(
        connection,
        `SELECT CAST(${row} AS DOUBLE), CAST(c0 AS DOUBLE) FROM ${from} WHERE c0 < 0`,
      );
      expect(found.sort(([x], [y]) => Number(x) - Number(y))).toEqual(
        Array.from({ length: 8 }, (_, i) => 50_000 * i + 49_999).map((at) => [at, -at]),
      );
      await close();
      await source.close();
    });
  });
});

it("a JSON lines file is our own reader's, since DuckDB takes keys twice and keys unknown without a word", async () => {
  await inFolder(async (folder) => {
    const file = join(folder, "a.jsonl");
    await writeFile(file, '{"n":1}\n{"n":null}\n');
    for (const engine of ["duckdb", "auto"] as const) {
      const run = await validate(file, suite("jsonl", [notNull("n")]), { engine });
      expect(run.toJSON()).toMatchObject({
        status: "fail",
        engine: "arrow",
        engineReason: "DuckDB doesn't read jsonl sources here",
      });
    }
  });
});
