import { spawnSync } from "node:child_process";
import { copyFile, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  between,
  distinctCount,
  type Expectation,
  matches,
  maxBetween,
  minBetween,
  notNull,
  oneOf,
  stdevBetween,
  suite,
  unique,
  validate,
} from "veritable";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AggregateQuery } from "../../../src/engines/duckdb/aggregateQuery.js";
import { rowsOf } from "../../../src/engines/duckdb/connection.js";
import { openDatabase } from "../../../src/engines/duckdb/database.js";
import { tableOf } from "../../../src/testing/plainTable.js";
import { both, inFolder, written } from "./agreement.js";

type PlainColumn = Parameters<typeof tableOf>[0][string];

/** Both engines' results of some expectations about a file of these columns; DuckDB alone decides the second. */
async function decided(
  columns: Record<string, PlainColumn>,
  expectations: Expectation[],
  name = "table.parquet",
) {
  return inFolder(async (folder) => {
    const file = await written(tableOf(columns), join(folder, name));
    const result = await both(file, suite("traps", expectations));
    expect(result.duckdb).toEqual(result.arrow);
    return result;
  });
}

const numbers = (values: (number | null)[]) => ({ type: "float64", values }) as PlainColumn;
const texts = (values: (string | null)[]) => ({ type: "utf8", values }) as PlainColumn;

describe("traps of DuckDB", () => {
  it("FILTER takes time in the square of the number of tests, so tests are counted by count_if", () => {
    const query = new AggregateQuery();
    query.count("c0 > 1");
    query.count("c0 > 2");
    expect(query.text("t")).toBe(
      "SELECT count_if(x0), count_if(x1) FROM (SELECT c0 > 1 AS x0, c0 > 2 AS x1 FROM t)",
    );
  });

  it("approx_count_distinct errs, so distinct values are counted one by one", async () => {
    const values = Array.from({ length: 9000 }, (_, i) => i % 4987);
    const { duckdb, engine } = await decided({ n: numbers(values) }, [distinctCount("n", { min: 1 })]);
    expect(engine).toBe("duckdb");
    expect(duckdb.outcomes[0]!.observed).toBe(4987);
  });

  it("stddev_samp throws on NaN and infinities, and on squares out of range, which must not end the pass", async () => {
    const odd = [1, 2, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, null];
    const { engine } = await decided({ n: numbers(odd) }, [stdevBetween("n", { max: 1 }), notNull("n")]);
    expect(engine).toBe("duckdb");
    const far = await decided({ n: numbers([1e300, -1e300, 0]) }, [
      stdevBetween("n", { max: 1 }),
      notNull("n"),
    ]);
    // What DuckDB's sums can't hold is settled by our own engine.
    expect(far.engine).toBe("duckdb+arrow");
  });

  it("a deviation far smaller than the numbers survives", async () => {
    const { duckdb, engine } = await decided({ n: numbers([1e9, 1e9 + 1, 1e9 + 2]) }, [
      stdevBetween("n", { min: 1, max: 1 }),
    ]);
    expect(engine).toBe("duckdb");
    expect(duckdb.outcomes[0]!.observed).toBe(1);
  });

  it("a[1].parquet is a pattern that reads a1.parquet, so such a path is read by our own engine", async () => {
    await inFolder(async (folder) => {
      await written(tableOf({ n: numbers([1]) }), join(folder, "a1.parquet"));
      const file = await written(tableOf({ n: numbers([1, null]) }), join(folder, "a[1].parquet"));
      const run = await validate(file, suite("traps", [notNull("n")]), { engine: "duckdb" });
      expect(run.toJSON()).toMatchObject({
        rows: 2,
        status: "fail",
        engine: "arrow",
        engineReason: "DuckDB would take the path for a pattern",
      });
    });
  });

  it("a footer's bounds of long texts are cut, and are not those of the values", async () => {
    const start = "p".repeat(150);
    const { engine, duckdb } = await decided({ s: texts([`${start}a`, `${start}m`, `${start}z`, null]) }, [
      between("s", { min: `${start}b`, max: `${start}n` }),
      minBetween("s", { min: `${start}a` }),
      maxBetween("s", { max: `${start}y` }),
      oneOf("s", [`${start}a`]),
    ]);
    expect(engine).toBe("duckdb");
    expect(duckdb.outcomes.map(({ status }) => status)).toEqual(["fail", "pass", "fail", "fail"]);
    expect(duckdb.outcomes[0]!.counts!.failed).toBe(2);
  });

  it("a literal list inside an aggregate is compared value by value, so it is tested in the subquery", () => {
    const query = new AggregateQuery();
    query.countFalse("(c0 IN ('a', 'b'))");
    query.known("(c0 IN ('a', 'b'))");
    expect(query.text("t")).toBe(
      "SELECT count_if(NOT x0), count(x0) FROM (SELECT (c0 IN ('a', 'b')) AS x0 FROM t)",
    );
  });

  it("a footer that settles everything leaves DuckDB nothing, which isn't started", async () => {
    const { engine, engineReason } = await decided({ n: { type: "int32", values: [1, 2] } }, [
      between("n", { min: 1 }),
      notNull("n"),
    ]);
    expect({ engine, engineReason }).toEqual({
      engine: "arrow",
      engineReason: "the footer settles all of it",
    });
  });

  it("a folder called year=2024 adds a column, unless it is told not to", async () => {
    await inFolder(async (folder) => {
      const made = await written(tableOf({ n: numbers([1, 2]) }), join(folder, "plain.parquet"));
      await mkdir(join(folder, "year=2024"));
      const file = join(folder, "year=2024", "it's.parquet");
      await copyFile(made, file);
      const { engine, arrow, duckdb } = await both(file, suite("traps", [between("n", { max: 1 })]));
      expect(engine).toBe("duckdb");
      expect(duckdb).toEqual(arrow);
    });
  });

  it("a column called __proto__ vanishes from row objects, and names that differ in case are one", async () => {
    const columns = Object.fromEntries([
      ["__proto__", numbers([1, null])],
      ["A", numbers([1, 2])],
      ["a", numbers([3, 4])],
      ["r", texts(["x", "y"])],
      ['c0", (SELECT 1)', texts([null, "'"])],
    ]) as Record<string, PlainColumn>;
    Object.defineProperty(columns, "__proto__", { value: numbers([1, null]), enumerable: true });
    const { engine, duckdb } = await decided(columns, [
      notNull("__proto__"),
      between("A", { max: 2 }),
      between("a", { max: 3 }),
      oneOf("r", ["x"]),
      oneOf('c0", (SELECT 1)', ["'); DROP TABLE t; --", "'"]),
    ]);
    expect(engine).toBe("duckdb");
    expect(duckdb.outcomes.map(({ counts }) => counts!.failed)).toEqual([1, 0, 1, 1, 0]);
  });

  it("a column called file_row_number clashes with DuckDB's own, so our own engine reads it", async () => {
    const { engine } = await decided({ file_row_number: numbers([1, 300]) }, [
      between("file_row_number", { max: 2 }),
    ]);
    expect(engine).toMatch(/arrow/);
  });

  it("NaN is the greatest number and equal to itself, and the zeros are two, unless it is told otherwise", async () => {
    const odd = numbers([0, -0, Number.NaN, Number.NaN, null, 5]);
    const { engine, duckdb } = await decided({ n: odd }, [
      between("n", { min: 1 }),
      between("n", { min: 1 }, { nan: "null" }),
      between("n", { min: 1 }, { nan: "skip" }),
      unique("n"),
      oneOf("n", [0]),
    ]);
    expect(engine).toBe("duckdb");
    expect(duckdb.outcomes.map(({ counts }) => counts!.failed)).toEqual([4, 2, 2, 4, 3]);
  });

  it("a NUL ends a statement's text, so such a text is spelled out in bytes", async () => {
    const { engine, duckdb } = await decided({ s: texts(["a\0b", "a", "'", "\u007f"]) }, [
      oneOf("s", ["a\0b", "'"]),
      matches("s", "\0"),
    ]);
    expect(engine).toBe("duckdb");
    expect(duckdb.outcomes.map(({ counts }) => counts!.failed)).toEqual([2, 3]);
  });

  it("what Unicode's tables say may differ between versions of RE2, so such a pattern isn't pushed down", async () => {
    const { engine } = await decided({ s: texts(["É", "k", "\u212a"]) }, [
      matches("s", "\\p{Lu}"),
      matches("s", "(?i)K"),
      matches("s", "^.$"),
    ]);
    expect(engine).toBe("duckdb+arrow");
  });
});

describe("a database of ours", () => {
  let close: () => Promise<void>;
  let ask: (sql: string) => Promise<unknown[][]>;
  let folder: string;
  let end: () => void;

  beforeAll(async () => {
    await new Promise<void>((ready) => {
      void inFolder(async (made) => {
        folder = made;
        await written(tableOf({ n: numbers([1]) }), join(folder, "ours.parquet"));
        await written(tableOf({ n: numbers([2]) }), join(folder, "other.parquet"));
        const database = await openDatabase(join(folder, "ours.parquet"), {
          memoryLimit: 64 * 2 ** 20,
          threads: 1,
          tempDirectory: folder,
        });
        close = database.close;
        ask = (sql) => rowsOf(database.connection, sql);
        ready();
        await new Promise<void>((done) => {
          end = done;
        });
      });
    });
  });
  afterAll(async () => {
    await close();
    end();
  });

  it("has bounds on memory and threads, and its own folder to spill to", async () => {
    const [[memory, threads, temp]] = (await ask(
      "SELECT current_setting('memory_limit'), current_setting('threads'), current_setting('temp_directory')",
    )) as [[string, bigint, string]];
    expect([memory, Number(threads)]).toEqual(["64.0 MiB", 1]);
    expect(temp.startsWith(join(folder, "veritable-"))).toBe(true);
  });

  it("spills what doesn't fit, and cleans up", async () => {
    const [[groups]] = (await ask(
      "SELECT count(*) FROM (SELECT range AS k, count(*) FROM range(3_000_000) GROUP BY k)",
    )) as [[bigint]];
    expect(groups).toBe(3_000_000n);
  });

  it("reads its file and no other, whatever a query says", async () => {
    const read = (file: string) => ask(`SELECT * FROM read_parquet('${join(folder, file)}')`);
    expect(await read("ours.parquet")).toEqual([[1]]);
    await expect(read("other.parquet")).rejects.toThrow(/disabled by configuration/);
    await expect(ask(`SELECT * FROM "${join(folder, "other.parquet")}"`)).rejects.toThrow();
    await expect(ask(`COPY (SELECT 1) TO '${join(folder, "new.csv")}'`)).rejects.toThrow();
  });

  it("lets no setting be changed", async () => {
    await expect(ask("SET memory_limit = '8GB'")).rejects.toThrow(/locked/);
    await expect(ask("SET enable_external_access = true")).rejects.toThrow();
  });

  it("leaves nothing behind when it is closed", async () => {
    await inFolder(async (other) => {
      const database = await openDatabase("/nowhere.parquet", { tempDirectory: other });
      await database.close();
      expect(await readdir(other)).toEqual([]);
    });
  });

  it("doesn't hold a process that is told to exit while a query is in flight", () => {
    const script = fileURLToPath(new URL("exitInFlight.ts", import.meta.url));
    const { status, signal } = spawnSync(process.execPath, ["--import", "tsx", script], { timeout: 50_000 });
    expect({ status, signal }).toEqual({ status: 7, signal: null });
  });
});
