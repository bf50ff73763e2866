import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RecordBatch, type Table, tableFromArrays } from "apache-arrow";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { between, ConfigError, notNull, rowCount, suite, unique, validate } from "../../src/entries/index.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "veritable-sinks-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string) => join(folder, name);
const table = tableFromArrays({ id: Int32Array.of(1, 2, 2, 4, 5), name: ["a", "b", "c", "d", "e"] });
const cautious = suite("cautious", [between("id", { max: 4 }, { onFail: "quarantine" })]);
const strict = suite("strict", [between("id", { max: 4 }, { onFail: "quarantine" }), rowCount({ min: 100 })]);
const keyed = suite("keyed", [unique("id", { onFail: "quarantine" })]);

async function rowsOf(file: string): Promise<unknown[]> {
  const run = await validate(file, suite("read", [rowCount({ min: 0 })], { allowEmpty: true }));
  const rows = (await run.accepted.table())
    .toArray()
    .map((row) =>
      JSON.parse(JSON.stringify(row, (_, value) => (typeof value === "bigint" ? Number(value) : value))),
    );
  await run.close();
  return rows;
}

async function* oneByOne(from: Table): AsyncGenerator<RecordBatch> {
  for (const batch of from.batches)
    for (let i = 0; i < batch.numRows; i++) yield batch.slice(i, i + 1) as RecordBatch;
}

describe("sinks", () => {
  test.each(["parquet", "arrow", "csv", "jsonl"])("write both sides as %s", async (extension) => {
    const sinks = { accepted: at(`ok.${extension}`), quarantined: at(`bad.${extension}`) };
    const run = await validate(table, cautious, { sinks });
    expect([run.status, run.accepted.file, run.quarantined.file]).toEqual([
      "warn",
      sinks.accepted,
      sinks.quarantined,
    ]);
    expect((await rowsOf(sinks.accepted)).map((row) => (row as { id: number }).id)).toEqual([1, 2, 2, 4]);
    const [moved] = (await rowsOf(sinks.quarantined)) as { id: number; _row: number; _rules: unknown }[];
    expect(moved).toMatchObject({ id: 5, _row: 4 });
    expect(JSON.stringify(moved?._rules)).toContain("between(id)");
    expect(readdirSync(folder).sort()).toEqual([`bad.${extension}`, `ok.${extension}`]);
  });

  test("publish quarantined rows whatever the verdict, accepted ones on pass and warn only", async () => {
    const run = await validate(table, strict, {
      sinks: { accepted: at("ok.parquet"), quarantined: at("bad.parquet") },
    });
    expect(run.status).toBe("fail");
    expect(readdirSync(folder)).toEqual(["bad.parquet"]);
    expect(run.accepted.file).toBeUndefined();
    expect((await run.accepted.table()).numRows).toBe(4);
  });

  test("publish accepted rows always when told to", async () => {
    await validate(table, strict, { sinks: { accepted: { file: at("ok.parquet"), publish: "always" } } });
    expect(await rowsOf(at("ok.parquet"))).toHaveLength(4);
  });

  test("write an empty file for a side without rows", async () => {
    await validate(table, suite("all", [notNull("id", { onFail: "quarantine" })]), {
      sinks: { quarantined: at("bad.parquet") },
    });
    expect(await rowsOf(at("bad.parquet"))).toEqual([]);
  });

  test("take the rows of a rule that needs a second look", async () => {
    await validate(table, keyed, { sinks: { accepted: at("ok.parquet"), quarantined: at("bad.parquet") } });
    expect((await rowsOf(at("ok.parquet"))).map((row) => (row as { id: number }).id)).toEqual([1, 4, 5]);
    expect((await rowsOf(at("bad.parquet"))).map((row) => (row as { _row: number })._row)).toEqual([1, 2]);
  });

  test("take the rows of a source that can be read once", async () => {
    const run = await validate(oneByOne(table), cautious, {
      sinks: { accepted: at("ok.parquet"), quarantined: at("bad.parquet") },
    });
    expect([run.accepted.rows, run.quarantined.rows]).toEqual([4, 1]);
    expect((await run.accepted.table()).numRows).toBe(4);
    expect((await run.quarantined.table()).numRows).toBe(1);
  });

  test("leave no half file behind a source that breaks off", async () => {
    async function* breaking() {
      yield* oneByOne(table);
      throw new Error("the line went dead");
    }
    const run = await validate(breaking(), cautious, {
      sinks: { accepted: at("ok.parquet"), quarantined: at("bad.parquet") },
    });
    expect([run.status, run.reasons[0]?.kind]).toEqual(["error", "input"]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("are refused when they can't be opened, and leave nothing", async () => {
    writeFileSync(at("file"), "");
    const sinks = { accepted: at("ok.parquet"), quarantined: join(at("file"), "bad.parquet") };
    await expect(validate(table, cautious, { sinks })).rejects.toMatchObject({ code: "engine/write-failed" });
    expect(readdirSync(folder)).toEqual(["file"]);
  });

  test("redact quarantined rows when told to", async () => {
    await validate(table, cautious, {
      redact: { name: "mask" },
      sinks: { quarantined: { file: at("bad.jsonl"), redact: true } },
    });
    expect(await rowsOf(at("bad.jsonl"))).toMatchObject([{ id: 5, name: "***" }]);
  });

  test("are refused when they are misspelt", async () => {
    const options = { sinks: { acepted: at("ok.parquet") } } as object;
    await expect(validate(table, cautious, options)).rejects.toThrow(ConfigError);
  });

  test("are never the source itself", async () => {
    await validate(table, cautious, { sinks: { accepted: at("ok.parquet") } });
    const again = validate(at("ok.parquet"), cautious, { sinks: { accepted: at("ok.parquet") } });
    await expect(again).rejects.toThrow("the source is read from it");
    expect(await rowsOf(at("ok.parquet"))).toHaveLength(4);
  });
});
