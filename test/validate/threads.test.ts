import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { tableToIPC } from "apache-arrow";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  between,
  ConfigError,
  increasing,
  meanBetween,
  notNull,
  type Run,
  readSuite,
  satisfies,
  stdevBetween,
  suite,
  sumBetween,
  unique,
  type ValidateOptions,
  validate,
  zScoreBelow,
} from "../../src/entries/index.js";
import type { PlainTable } from "../../src/expectations/unit/unit.js";
import { openParquet } from "../../src/io/parquetReader.js";
import { openParquetSink } from "../../src/io/parquetSink.js";
import { tableOf } from "../../src/testing/plainTable.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "veritable-threads-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

let files = 0;
async function written(plain: PlainTable, rowGroupRows: number): Promise<string> {
  const path = join(folder, `${files++}.parquet`);
  const table = tableOf(plain);
  const sink = await openParquetSink(path, table.schema, { rowGroupRows });
  for (const batch of table.batches) await sink.write(batch);
  await sink.commit();
  return path;
}

/** What a run says, times aside, and its two sides, byte by byte. */
async function told(run: Run): Promise<unknown> {
  const { startedAt: _, durationMs: __, ...json } = run.toJSON({ level: "full" });
  const sides = [await run.accepted.table(), await run.quarantined.table()];
  await run.close();
  return { json, sides: sides.map((side) => Buffer.from(tableToIPC(side)).toString("base64")) };
}

const made = suite("s", [
  between("price", { min: -5, max: 9 }, { onFail: "quarantine" }),
  unique("id", { onFail: "quarantine" }),
  notNull("name", { onFail: "warn" }),
  increasing("id", { onFail: "warn" }),
  zScoreBelow("price", 2, { onFail: "warn" }),
  meanBetween("price", { min: 0 }, { nan: "skip", onFail: "warn" }),
  stdevBetween("price", { min: 0 }, { nan: "skip", onFail: "warn" }),
  sumBetween("id", { min: 0 }),
  satisfies("name", { function: "isShort", onFail: "quarantine" }),
]);
const options: ValidateOptions = {
  keys: ["id"],
  functions: { isShort: (name) => name === null || String(name).length < 3 },
};

describe("any number of threads", () => {
  it("tells the same, bit by bit, and splits the rows alike", async () => {
    const anyTable = fc
      .array(
        fc.record({
          id: fc.integer({ min: 0, max: 50 }),
          price: fc.option(fc.oneof(fc.double({ min: -10, max: 10, noNaN: true }), fc.constant("NaN"))),
          name: fc.option(fc.string({ maxLength: 4 })),
        }),
        { minLength: 1, maxLength: 40 },
      )
      .map((rows) => ({
        id: { type: "int64", values: rows.map(({ id }) => id) },
        price: { type: "float64", values: rows.map(({ price }) => price) },
        name: { type: "utf8", values: rows.map(({ name }) => name) },
      }));
    await fc.assert(
      fc.asyncProperty(anyTable, fc.integer({ min: 1, max: 10 }), async (plain, rowGroupRows) => {
        const path = await written(plain, rowGroupRows);
        const alone = await told(await validate(path, made, options));
        for (const threads of [1, 2, 3]) {
          expect(await told(await validate(path, made, { ...options, threads }))).toEqual(alone);
        }
      }),
      { numRuns: 6 },
    );
  });

  it("tells the same of a file of many row groups, whose floats are summed in one tree", async () => {
    const file = `${root}node_modules/vega-datasets/data/flights-3m.parquet`;
    const flights = suite("flights", [
      meanBetween("distance", { min: 0 }),
      stdevBetween("delay", { min: 0 }),
      between("delay", { min: -60, max: 1000 }, { onFail: "quarantine" }),
    ]);
    const json = async (threads: number) => {
      const run = await validate(file, flights, { threads });
      await run.close();
      const { startedAt: _, durationMs: __, ...rest } = run.toJSON({ level: "full" });
      return JSON.stringify(rest);
    };
    const alone = await json(1);
    expect(await json(2)).toBe(alone);
    expect(await json(3)).toBe(alone);
  });

  it("finds the same damage, and names it alike", async () => {
    const values = Array.from({ length: 600 }, (_, i) => `name ${i}`);
    const path = await written({ name: { type: "utf8", values } }, 100);
    const bytes = await readFile(path);
    await writeFile(path, bytes.fill(0xee, Math.floor(bytes.length / 3), Math.floor(bytes.length / 3) + 200));
    const reasons = async (threads: number) => {
      const run = await validate(path, suite("s", [unique("name")]), { threads });
      await run.close();
      return run.reasons;
    };
    const alone = await reasons(1);
    expect(alone).toMatchObject([{ kind: "input", status: "error" }]);
    expect(await reasons(2)).toEqual(alone);
  });

  it("names a column that isn't what the footer says alike, which the decoder in a thread finds out", async () => {
    const path = await written({ n: { type: "int64", values: [1, 2, 3, 4] } }, 2);
    const bytes = await readFile(path);
    // The values of the first row group's page: its header stays as it is.
    const at = bytes.indexOf(Buffer.from([0x28, 0xb5, 0x2f, 0xfd]));
    expect(at).toBeGreaterThan(0);
    await writeFile(path, bytes.fill(0, at, at + 4));
    const message = async (threads: number) => {
      const source = await openParquet(path, { threads });
      const read = async () => {
        for await (const _ of source.batches());
      };
      const said = await read().then(
        () => "read",
        (error: Error) => error.message,
      );
      await source.close();
      return said;
    };
    const alone = await message(1);
    expect(alone).toContain("can't read");
    expect(await message(2)).toBe(alone);
  });

  it("is a whole number of them", async () => {
    const path = `${root}fixtures/orders.parquet`;
    const orders = await readSuite(`${root}suites/orders.json`);
    await expect(validate(path, orders, { threads: 0 })).rejects.toThrow(ConfigError);
    await expect(validate(path, orders, { threads: 1.5 })).rejects.toThrow(ConfigError);
  });
});

describe("threads that nobody waits for", () => {
  // Each is a process of its own: that it ends by itself is what is asked.
  it.each([
    ["a run that is left open", "const run = await validate(file, made, { threads: 2 }); say(run.status);"],
    [
      "a source that is read in part",
      "const source = await openParquet(file, { threads: 2 }); for await (const batch of source.batches()) { say('pass'); break; }",
    ],
    [
      "a source that is forgotten while it is read",
      "const source = await openParquet(file, { threads: 2 }); await source.batches()[Symbol.asyncIterator]().next(); say('pass');",
    ],
  ])("don't keep a process alive: %s", async (_, code) => {
    const path = await written({ id: { type: "int64", values: Array.from({ length: 50 }, (_, i) => i) } }, 5);
    const script = join(folder, `${files++}.mts`);
    const from = (file: string) => JSON.stringify(new URL(`../../src/${file}`, import.meta.url).href);
    await writeFile(
      script,
      `import { suite, unique, validate } from ${from("entries/index.ts")};
      import { openParquet } from ${from("io/parquetReader.ts")};
      const file = ${JSON.stringify(path)};
      const made = suite("s", [unique("id")]);
      const say = (text) => process.stdout.write(text);
      ${code}\n`,
    );
    const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", script], {
      cwd: root,
      encoding: "utf8",
      timeout: 50_000,
    });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "pass", stderr: "" });
  });
});
