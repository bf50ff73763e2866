import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Field, Float64, Int64, makeData, RecordBatch, Schema, Struct, Table, Utf8 } from "apache-arrow";
import {
  chiSquarePValueAbove,
  cramersVBelow,
  distinctCount,
  distinctValuesContain,
  distinctValuesIn,
  type Expectation,
  inTable,
  klDivergenceBelow,
  ksPValueAbove,
  medianBetween,
  mostCommonValueIn,
  quantilesBetween,
  rowCount,
  suite,
  unique,
  uniqueTogether,
  type ValidateOptions,
  validate,
} from "veritable";
import { afterAll, describe, expect, it } from "vitest";
import { spillFile } from "../../src/io/spillFile.js";
import { bytesOfLimit } from "../../src/validate/memoryLimit.js";

const spillFolder = mkdtempSync(join(tmpdir(), "veritable-limit-"));
afterAll(() => rmSync(spillFolder, { recursive: true }));

// A spill file has no name while it is in use: what tells of it is that the folder was changed.
const changes = () => statSync(spillFolder).mtimeMs;

const ROWS = 300_000;
const mixed = (i: number) => BigInt.asIntN(64, BigInt(i + 1) * 0x9e3779b97f4a7c15n);
// Every thousandth row has the key of one long before it.
const keyOf = (row: number) => (row % 1000 === 999 ? row >> 1 : row);
const schema = new Schema([
  new Field("id", new Int64(), false),
  new Field("email", new Utf8(), false),
  new Field("price", new Float64(), false),
]);

function batch(first: number, rows: number): RecordBatch {
  const each = Array.from({ length: rows }, (_, i) => keyOf(first + i));
  const texts = each.map((key) => `user${key}@example${key % 7}.com`);
  const valueOffsets = new Int32Array(rows + 1);
  texts.forEach((text, i) => {
    valueOffsets[i + 1] = valueOffsets[i]! + text.length;
  });
  const data = new TextEncoder().encode(texts.join(""));
  const children = [
    makeData({ type: new Int64(), length: rows, nullCount: 0, data: BigInt64Array.from(each, mixed) }),
    makeData({ type: new Utf8(), length: rows, nullCount: 0, valueOffsets, data }),
    makeData({
      type: new Float64(),
      length: rows,
      nullCount: 0,
      data: Float64Array.from(each, (key) => Number(mixed(key)) / 2 ** 40),
    }),
  ];
  return new RecordBatch(
    schema,
    makeData({ type: new Struct(schema.fields), length: rows, nullCount: 0, children }),
  );
}

function tableIn(size: number): Table {
  const batches: RecordBatch[] = [];
  for (let first = 0; first < ROWS; first += size) batches.push(batch(first, Math.min(size, ROWS - first)));
  return new Table(schema, batches);
}

const all = suite("limited", [
  unique("id", { onFail: "quarantine" }),
  unique("email", { keep: "first", onFail: "quarantine" }),
  unique("email", { id: "all e-mails", onFail: "warn" }),
  uniqueTogether(["id", "email"], { onFail: "warn" }),
  distinctCount("id", { min: 1 }),
  distinctCount("email", { min: 1 }),
  medianBetween("price", { min: -1e300 }),
  quantilesBetween("price", { 0: { min: -1e300 }, 0.3: { min: -1e300 }, 1: { max: 1e300 } }),
]);

const counted = suite("counted", [
  distinctValuesIn("email", ["user7@example0.com", "user8@example8.com"], { onFail: "warn" }),
  distinctValuesContain("email", ["user8@example1.com"], { onFail: "warn" }),
  distinctValuesIn("id", [String(mixed(7)), 1], { onFail: "warn" }),
  mostCommonValueIn("price", [1], { onFail: "warn" }),
  chiSquarePValueAbove("email", { values: ["a"], weights: [1] }, 0.5, { onFail: "warn" }),
]);

/** What a run came to, and whether it spilled. */
async function limited(table: Table, options: ValidateOptions, checks = all) {
  const before = changes();
  const run = await validate(table, checks, options);
  const spilled = changes() !== before;
  const rows = [...(await run.quarantined.table()).getChild("_row")!];
  return { outcomes: run.outcomes, rows, spilled };
}

describe("a memory limit", () => {
  it("changes nothing but where keys and values are held", async () => {
    const free = await limited(tableIn(50_000), {});
    expect(free.spilled).toBe(false);
    const keys = Array.from({ length: ROWS }, (_, row) => keyOf(row));
    const counts = new Map<number, number>();
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
    const members = keys.flatMap((key, row) => (counts.get(key)! > 1 ? [BigInt(row)] : []));
    expect(members.length).toBeGreaterThan(200);
    expect(free.rows).toEqual(members);
    for (const size of [20_000, ROWS]) {
      const held = await limited(tableIn(size), { memoryLimit: "16MB", spillFolder });
      expect(held.outcomes).toEqual(free.outcomes);
      expect(held.rows).toEqual(free.rows);
      if (size < ROWS) expect(held.spilled).toBe(true);
    }
    expect(readdirSync(spillFolder)).toEqual([]);
  });

  it("changes nothing but where counts of values are held", async () => {
    const table = tableIn(20_000).slice(0, 60_000);
    const free = await limited(table, {}, counted);
    const held = await limited(table, { memoryLimit: "16MB", spillFolder }, counted);
    expect([free.spilled, held.spilled]).toEqual([false, true]);
    expect(held.outcomes).toEqual(free.outcomes);
    expect(held.outcomes.map(({ status }) => status)).toEqual(["warn", "pass", "warn", "warn", "warn"]);
  });

  it("changes nothing for threads that decode, which have less for tables", async () => {
    const folder = mkdtempSync(join(tmpdir(), "veritable-limit-"));
    const file = join(folder, "rows.parquet");
    const checks = suite("s", [unique("id"), unique("email", { keep: "first", onFail: "quarantine" })]);
    await validate(tableIn(50_000), suite("written", [rowCount({ min: 1 })]), { sinks: { accepted: file } });
    const found = async (options: ValidateOptions) => {
      const run = await validate(file, checks, options);
      const rows = [...(await run.quarantined.table()).getChild("_row")!];
      await run.close();
      return { outcomes: run.outcomes, rows };
    };
    const before = changes();
    const free = await found({});
    expect(free.rows.length).toBe(150);
    expect(changes()).toBe(before);
    expect(await found({ memoryLimit: "16MB", spillFolder, threads: 2 })).toEqual(free);
    expect(changes()).not.toBe(before);
    rmSync(folder, { recursive: true });
  });

  it("leaves no file behind when the source fails", async () => {
    let [spilled, left] = [false, [""]];
    const before = changes();
    function* broken() {
      for (let first = 0; first < ROWS; first += 50_000) yield batch(first, 50_000);
      [spilled, left] = [changes() !== before, readdirSync(spillFolder)];
      throw new Error("broken off");
    }
    const counts = suite("s", [unique("id", { onFail: "warn" })]);
    const run = await validate(broken(), counts, { memoryLimit: 16_000_000, spillFolder });
    expect(run.reasons).toMatchObject([{ kind: "input" }]);
    expect([spilled, left, readdirSync(spillFolder)]).toEqual([true, [], []]);
  });

  it.each<[name: string, expectation: Expectation, message: RegExp]>([
    [
      "counts of pairs",
      cramersVBelow("id", "email", 1),
      /^how often each pair of values of id and email comes can't be held .* read, \d+ MB would do$/,
    ],
    [
      "the keys of another table",
      inTable("id", { table: "others", column: "id" }),
      /^the keys of table "others" can't be held in a memoryLimit of 16 MB/,
    ],
  ])("refuses what it can't hold, and names what would do: %s", async (_, expectation, message) => {
    const options = { memoryLimit: "16MB", spillFolder, tables: { others: tableIn(50_000) } };
    const refused = validate(tableIn(50_000), suite("s", [expectation]), options);
    await expect(refused).rejects.toMatchObject({
      name: "EngineError",
      code: "engine/memory-limit",
      message: expect.stringMatching(message),
    });
    expect(readdirSync(spillFolder)).toEqual([]);
  });

  it.each<[name: string, expectation: Expectation, holds: string]>([
    [
      "all counts together",
      klDivergenceBelow("email", { values: ["a"], weights: [1] }, 1),
      "how often each value of email comes",
    ],
    ["all values sorted", ksPValueAbove("price", "norm", 0.5, { parameters: [0, 1] }), "the values of price"],
  ])("is the error of the expectation alone that needs more to judge: %s", async (_, expectation, holds) => {
    const both = suite("s", [expectation, rowCount({ min: 1 })]);
    const { outcomes } = await validate(tableIn(50_000), both, { memoryLimit: "16MB", spillFolder });
    expect(outcomes).toMatchObject([
      { status: "error", error: { code: "engine/memory-limit" } },
      { status: "pass" },
    ]);
    const message = `${holds} can't be held in a memoryLimit of 16 MB: as far as the data were read, `;
    expect(outcomes[0]?.message).toContain(message);
  });

  it("refuses repeats that must be told at once, since the source can't be read again", async () => {
    const once = suite("s", [unique("id", { keep: "first" })]);
    const batches = tableIn(50_000).batches[Symbol.iterator]();
    await expect(validate(batches, once, { memoryLimit: "16MB" })).rejects.toMatchObject({
      code: "engine/memory-limit",
      message: expect.stringMatching(/the keys of id, whose repeats must be told at once, can't be held/),
    });
  });

  it.each(["none", "file"])("wants a folder to spill to, before anything is read: %s", async (name) => {
    const other = mkdtempSync(join(tmpdir(), "veritable-limit-"));
    writeFileSync(join(other, "file"), "");
    const options = { memoryLimit: "1GB", spillFolder: join(other, name) };
    await expect(validate(tableIn(ROWS), suite("s", [rowCount({ min: 1 })]), options)).rejects.toMatchObject({
      code: "config/bad-value",
      message: `spillFolder: no folder ${JSON.stringify(options.spillFolder)}`,
    });
    rmSync(other, { recursive: true });
  });

  it("says where it can't spill any more", async () => {
    const spill = (await spillFile(spillFolder))!;
    spill.write(new Uint8Array(10));
    expect(() => spill.read(5, new Uint8Array(6))).toThrow(
      expect.objectContaining({
        code: "engine/write-failed",
        message: expect.stringMatching(/it ends too soon/),
      }),
    );
    spill.close();
    spill.close();
    expect(readdirSync(spillFolder)).toEqual([]);
    const gone = mkdtempSync(join(spillFolder, "gone-"));
    const nowhere = (await spillFile(gone))!;
    rmSync(gone, { recursive: true });
    expect(() => nowhere.write(new Uint8Array(1))).toThrow(
      expect.objectContaining({ code: "engine/write-failed" }),
    );
  });

  it.each<[limit: number | string, bytes: number]>([
    [20_000_000, 20e6],
    ["20000000", 20e6],
    ["512MB", 512e6],
    ["512 mb", 512e6],
    ["1.5GB", 1.5e9],
    ["2GiB", 2 ** 31],
  ])("is read: %s", (limit, bytes) => {
    expect(bytesOfLimit(limit)).toBe(bytes);
  });

  it.each<number | string>([0, -1, 1e300, "1MB", "much", "", "5 TB", "1e9"])(
    "is refused: %s",
    async (memoryLimit) => {
      await expect(validate(tableIn(ROWS), all, { memoryLimit })).rejects.toMatchObject({
        name: "ConfigError",
        details: { parameter: "memoryLimit" },
      });
    },
  );

  it("is what a folder to spill to is for", async () => {
    await expect(validate(tableIn(ROWS), all, { spillFolder })).rejects.toMatchObject({
      code: "config/unsupported-option",
    });
  });
});
