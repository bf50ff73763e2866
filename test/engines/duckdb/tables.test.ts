import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { Table } from "apache-arrow";
import fc from "fast-check";
import {
  between,
  explain,
  InputError,
  lengthBetween,
  matches,
  notNull,
  oneOf,
  schema,
  suite,
  sumBetween,
  unique,
  validate,
} from "veritable";
import { duckdbTable } from "veritable/duckdb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OPENS_SOURCE } from "../../../src/io/source.js";
import { anyTable } from "../../../src/testing/arbitraries.js";
import { agrees, both, inFolder, scaleOf, written } from "./agreement.js";
import { anyExpectation } from "./anyExpectation.js";

let instance: DuckDBInstance;
let connection: DuckDBConnection;

beforeAll(async () => {
  instance = await DuckDBInstance.create(":memory:");
  connection = await instance.connect();
});
afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});

const source = (name: string | string[]) => duckdbTable(connection, name);
const opened = (name: string | string[]) => source(name)[OPENS_SOURCE]();

/** Makes a table of what DuckDB reads from Parquet; false where it can't convert it, or a column has a type that can't come back. */
async function copied(table: Table, folder: string): Promise<boolean> {
  const file = await written(table, join(folder, "any.parquet"));
  await connection.run("DROP TABLE IF EXISTS any_table");
  const made = await connection.run(`CREATE TABLE any_table AS FROM read_parquet('${file}')`).then(
    () => true,
    () => false,
  );
  if (!made) return false;
  return opened("any_table").then(
    () => true,
    (error) => {
      if (error instanceof InputError && error.code === "input/unsupported") return false;
      throw error;
    },
  );
}

describe("a DuckDB table", () => {
  it("is judged alike where it is and by our own engine, whatever is asked of it", async () => {
    const engines = new Map<string, number>();
    await inFolder(async (folder) => {
      const cases = anyTable({ maxRows: 20, maxBatches: 2 }).chain((table) =>
        fc.tuple(fc.constant(table), fc.array(anyExpectation(table), { minLength: 1, maxLength: 6 })),
      );
      await fc.assert(
        fc.asyncProperty(cases, async ([table, expectations]) => {
          fc.pre(await copied(table, folder));
          const of = suite("any", expectations, { allowEmpty: true });
          const { arrow, duckdb, engine } = await both(source("any_table"), of, { sample: 3 });
          engines.set(engine, (engines.get(engine) ?? 0) + 1);
          if (!agrees(arrow, duckdb, scaleOf(table))) expect(duckdb).toEqual(arrow);
        }),
        { numRuns: Number(process.env.DUCKDB_CASES ?? 80), maxSkipsPerRun: 1000 },
      );
    });
    expect(engines.get("duckdb")).toBeGreaterThan(20);
  });

  it("has a type for each column, and says which one has none", async () => {
    await connection.run(`CREATE TABLE typed AS SELECT 1::UTINYINT AS a, 1.5::DECIMAL(9,2) AS b, DATE '2024-02-29' AS c,
      TIMESTAMP '2024-02-29 12:00:00' AS d, TIMESTAMPTZ '2024-02-29 12:00:00+00' AS e, TIMESTAMP_S '2024-02-29 12:00:00' AS f,
      TIMESTAMP_NS '2024-02-29 12:00:00.000000001' AS g, 'x'::ENUM('x','y') AS h, '\\xFF'::BLOB AS i, TIME '01:02:03' AS j, true AS k`);
    const of = suite("typed", [
      schema({
        a: "uint8?",
        b: "decimal128(9, 2)?",
        c: "date32?",
        d: "timestamp[us]?",
        e: "timestamp[us, UTC]?",
        f: "timestamp[s]?",
        g: "timestamp[ns]?",
        h: "utf8?",
        i: "binary?",
        j: "time64[us]?",
        k: "bool?",
      }),
      between("b", { min: 1.5, max: 1.5 }),
      between("c", { min: "2024-02-29", max: "2024-02-29" }),
      between("d", { min: "2024-02-29T12:00:00Z", max: "2024-02-29T12:00:00Z" }),
      between("f", { min: "2024-02-29T12:00:00Z", max: "2024-02-29T12:00:00Z" }),
      between("g", { min: "2024-02-29T12:00:00.000000001Z", max: "2024-02-29T12:00:00.000000001Z" }),
      oneOf("h", ["x"]),
      lengthBetween("i", { min: 1, max: 1 }),
    ]);
    const { arrow, duckdb } = await both(source("typed"), of);
    expect(arrow.status).toBe("pass");
    expect(duckdb).toEqual(arrow);
    await connection.run("CREATE TABLE untyped AS SELECT 1 AS id, [1] AS list");
    await expect(validate(source("untyped"), suite("s", [notNull("id")]))).rejects.toThrow(
      '"untyped": column "list" is INTEGER[], which has no Arrow type that is read here',
    );
  });

  it("gives its rows in order and in pages, where rows were deleted and moved too", async () => {
    await connection.run("CREATE TABLE paged AS SELECT range AS id FROM range(200_000)");
    await connection.run("DELETE FROM paged WHERE id % 7 = 3 OR id BETWEEN 60_000 AND 140_000");
    await connection.run("UPDATE paged SET id = -5 WHERE id = 150_000");
    const of = suite("paged", [between("id", { min: 10 }, { onFail: "quarantine" }), unique("id")]);
    const { arrow, duckdb, engine } = await both(source("paged"), of, { sample: 100 });
    expect(engine).toBe("duckdb");
    expect(duckdb).toEqual(arrow);
    expect(duckdb.quarantined).toHaveLength(10);
    const run = await validate(source("paged"), of, { engine: "duckdb" });
    expect((await run.accepted.table()).numRows).toBe(run.accepted.rows);
  });

  it("is chosen by auto, and explain says what is asked there", async () => {
    await connection.run("CREATE TABLE told AS SELECT 'a' AS name");
    const of = suite("told", [matches("name", "a"), matches("name", "\\p{L}")]);
    const run = await validate(source("told"), of, { engine: "auto" });
    expect(run.toJSON()).toMatchObject({
      engine: "duckdb+arrow",
      engineReason: "the rows are in DuckDB",
      source: { kind: "duckdb", path: "told" },
    });
    const { expectations } = await explain(source("told"), of, { engine: "duckdb" });
    expect(expectations.map(({ engine, kept }) => [engine, kept])).toEqual([
      ["duckdb", undefined],
      ["arrow", ["a pattern with Unicode classes, folding or quoting"]],
    ]);
  });
});

describe("a DuckDB table's name", () => {
  it("is an identifier, whatever is in it", async () => {
    const hostile = `x"; DROP TABLE told; -- 'y'.z`;
    await connection.run(`CREATE TABLE "${hostile.replaceAll('"', '""')}" ("a""b" INT, "__proto__" VARCHAR)`);
    await connection.run(`INSERT INTO "${hostile.replaceAll('"', '""')}" VALUES (1, 'x'), (NULL, 'y')`);
    const of = suite("hostile", [notNull('a"b'), notNull("__proto__"), sumBetween('a"b', { max: 1 })]);
    const { arrow, duckdb, engine } = await both(source(hostile), of);
    expect(engine).toBe("duckdb");
    expect(duckdb).toEqual(arrow);
    expect(duckdb.outcomes.map(({ status }) => status)).toEqual(["fail", "pass", "pass"]);
  });

  it("is never a file's, nor a view's, nor what isn't there", async () => {
    await inFolder(async (folder) => {
      const { tableOf } = await import("../../../src/testing/plainTable.js");
      const file = await written(
        tableOf({ n: { type: "float64", values: [1] } }),
        join(folder, "there.parquet"),
      );
      await expect(opened(file)).rejects.toThrow("DuckDB has no table");
    });
    await connection.run("CREATE VIEW seen AS SELECT 1 AS id");
    await expect(opened("seen")).rejects.toThrow("is a view, whose rows have no order that they keep");
    await expect(opened("nowhere")).rejects.toThrow('DuckDB has no table "nowhere"');
    expect(() => duckdbTable({} as never, "t")).toThrow("no connection of DuckDB's");
    await expect(opened([])).rejects.toThrow("a table is a name, or a path of one to three");
    await expect(opened("a\0b")).rejects.toThrow("a table is a name, or a path of one to three");
  });

  it("may be a path to another schema, and a temporary table comes first", async () => {
    await connection.run('CREATE SCHEMA "other.one"');
    await connection.run('CREATE TABLE "other.one".t AS SELECT 1 AS id');
    await connection.run("CREATE TABLE t AS SELECT 1 AS id, 2 AS main");
    await connection.run("CREATE TEMP TABLE t AS SELECT 1 AS id, 2 AS a, 3 AS b");
    const columns = async (name: string | string[]) => (await opened(name)).schema.fields.length;
    expect(await columns(["other.one", "t"])).toBe(1);
    expect(await columns(["memory", "main", "t"])).toBe(2);
    expect(await columns("t")).toBe(3);
    await expect(opened("other.one.t")).rejects.toThrow("has no table");
  });
});
