import { createHash } from "node:crypto";
import {
  appendFile,
  copyFile,
  mkdtemp,
  readFile,
  rm,
  stat,
  truncate,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as arrow from "apache-arrow";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ConfigError, InputError } from "../../src/errors/index.js";
import { FILE, GROUP, META } from "../../src/io/parquet/fieldIds.js";
import { i32, i64, text } from "../../src/io/parquet/thriftWriter.js";
import { openParquet } from "../../src/io/parquetReader.js";
import { openParquetSink } from "../../src/io/parquetSink.js";
import type { Source } from "../../src/io/source.js";
import { editFooter, groupsOf, metaOf } from "./parquet/editFooter.js";
import { cells, zooBatch, zooSchema } from "./typeZoo.js";

const flights = fileURLToPath(
  new URL("../../node_modules/vega-datasets/data/flights-3m.parquet", import.meta.url),
);
let folder: string;
let small: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "veritable-parquet-"));
  small = join(folder, "small.parquet");
  const schema = zooSchema();
  const sink = await openParquetSink(small, schema, { rowGroupRows: 50 });
  await sink.write(zooBatch(schema, 0, 120));
  await sink.commit();
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function readAll(
  source: Source,
  columns?: number[],
  rowGroups?: number[],
): Promise<arrow.RecordBatch[]> {
  const batches: arrow.RecordBatch[] = [];
  const options = { ...(columns ? { columns } : {}), ...(rowGroups ? { rowGroups } : {}) };
  for await (const batch of source.batches(options)) batches.push(batch);
  return batches;
}

async function copyOf(path: string, name: string): Promise<string> {
  const copy = join(folder, name);
  await copyFile(path, copy);
  return copy;
}

/** A file of one integer column, optional or required, and one of short lists. */
async function plainFile(name: string): Promise<string> {
  const path = join(folder, name);
  const table = new arrow.Table({
    a: arrow.vectorFromArray([3, 1, null, 2], new arrow.Int32()),
    l: arrow.vectorFromArray(
      [[1], [], [2, 3], [4]],
      new arrow.List(new arrow.Field("item", new arrow.Int32(), true)),
    ),
  });
  const sink = await openParquetSink(path, table.schema, { compression: "none" });
  for (const batch of table.batches) await sink.write(batch);
  await sink.commit();
  return path;
}

/** What opening and reading everything comes to. */
async function outcome(path: string): Promise<number | InputError> {
  try {
    const source = await openParquet(path);
    const batches = await readAll(source);
    const rows = batches.reduce((sum, batch) => sum + batch.numRows, 0);
    expect(rows).toBe(source.rows);
    return rows;
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return error as InputError;
  }
}

describe("openParquet on three million flights", () => {
  it("knows rows, types and bounds before it decodes", async () => {
    const source = await openParquet(flights, { sha256: true });
    expect(source.rows).toBe(3_000_000);
    expect(source.rereadable).toBe(true);
    expect(source.schema.fields.map(String)).toEqual([
      "date: Timestamp<MICROSECOND>",
      "delay: Int64",
      "distance: Int64",
      "origin: LargeUtf8",
      "destination: LargeUtf8",
    ]);
    expect(source.rowGroups).toHaveLength(11);
    expect(source.rowGroups![0]!.columns.get(1)).toEqual({ nulls: 0, min: -80n, max: 1575n, exact: true });
    const bytes = await readFile(flights);
    const footer = bytes.subarray(bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8), -8);
    const sha256 = (of: Uint8Array) => createHash("sha256").update(of).digest("hex");
    expect(source.description).toEqual({
      kind: "parquet",
      path: flights,
      bytes: bytes.length,
      modified: (await stat(flights, { bigint: true })).mtime.toISOString(),
      footerHash: sha256(footer),
      sha256: sha256(bytes),
    });
    await source.close();
  });

  it("decodes what its footer says of every row group, in batches of 65536 rows at most, twice over", async () => {
    const source = await openParquet(flights);
    for (const group of [0, 10]) {
      const summary = source.rowGroups![group]!;
      const batches = await readAll(source, [0, 1], [group]);
      expect(batches.reduce((rows, batch) => rows + batch.numRows, 0)).toBe(summary.rows);
      expect(Math.max(...batches.map((batch) => batch.numRows))).toBeLessThanOrEqual(65536);
      for (const column of [0, 1]) {
        let [min, max] = [2n ** 63n, -(2n ** 63n)];
        for (const batch of batches) {
          for (const value of batch.getChildAt(column)!.data[0]!.values as BigInt64Array) {
            if (value < min) min = value;
            if (value > max) max = value;
          }
        }
        expect(summary.columns.get(column)).toEqual({ nulls: 0, min, max, exact: true });
      }
    }
  });

  it("reads the columns asked for, in schema order, with the source's types", async () => {
    const source = await openParquet(flights);
    const [batch] = await readAll(source, [1, 4], [3]);
    expect(batch!.schema.fields.map(String)).toEqual(["delay: Int64", "destination: LargeUtf8"]);
    const [whole] = await readAll(source, undefined, [3]);
    const rows = [0, 1, 5000];
    for (const [pruned, full] of [
      [0, 1],
      [1, 4],
    ] as const) {
      const values = (of: arrow.RecordBatch, i: number) => rows.map((row) => of.getChildAt(i)!.get(row));
      expect(values(batch!, pruned)).toEqual(values(whole!, full));
    }
  });

  it("counts without decoding when no column is wanted", async () => {
    const source = await openParquet(flights);
    const batches = await readAll(source, []);
    expect(batches.reduce((rows, batch) => rows + batch.numRows, 0)).toBe(3_000_000);
    expect(batches[0]!.numCols).toBe(0);
  });

  it("stops where its reader stops, and starts anew", async () => {
    const source = await openParquet(flights);
    for (let pass = 0; pass < 3; pass++) {
      for await (const batch of source.batches({ columns: [2] })) {
        expect(batch.numRows).toBeGreaterThan(0);
        break;
      }
    }
  });

  it("lets two readers take turns", async () => {
    const source = await openParquet(flights);
    const readers = [0, 1].map(() =>
      source.batches({ columns: [1], rowGroups: [0, 1] })[Symbol.asyncIterator](),
    );
    let rows = 0;
    for (let live = 2; live > 0; ) {
      for (const reader of readers) {
        const step = await reader.next();
        if (!step.done) rows += step.value.numRows;
        else live--;
      }
      if (live < 2) {
        for (const reader of readers) {
          for (let step = await reader.next(); !step.done; step = await reader.next())
            rows += step.value.numRows;
        }
        break;
      }
    }
    expect(rows).toBe(2 * (source.rowGroups![0]!.rows + source.rowGroups![1]!.rows));
  });
});

describe("openParquet on a file of every type", () => {
  it("reads any one column by its index, whatever it's called and whatever is beside it", async () => {
    const schema = zooSchema();
    const wanted = [zooBatch(schema, 0, 120)];
    const source = await openParquet(small);
    for (const [i, field] of schema.fields.entries()) {
      const batches = await readAll(source, [i]);
      expect(batches[0]!.schema.fields.map(({ name }) => name)).toEqual([field.name]);
      expect(cells(batches, 0), field.name).toEqual(cells(wanted, i));
    }
  });
});

describe("openParquet on files that can't be trusted", () => {
  it("refuses what isn't there, isn't a file, or isn't Parquet", async () => {
    await expect(openParquet(join(folder, "missing.parquet"))).rejects.toMatchObject({
      code: "input/unreadable",
      message: expect.stringContaining("missing.parquet"),
    });
    await expect(openParquet(folder)).rejects.toMatchObject({ code: "input/unreadable" });
    await expect(openParquet("nul\0byte")).rejects.toMatchObject({ code: "input/unreadable" });
    const other = join(folder, "other.parquet");
    for (const content of ["", "PAR1", "PAR1PAR1", "ARROW1\0\0 and then some more", "a,b\n1,2\n3,4\n5,6\n"]) {
      await writeFile(other, content);
      await expect(openParquet(other)).rejects.toMatchObject({
        code: "input/corrupt",
        details: { unit: other },
      });
    }
    await writeFile(other, "PARE and then a footer PARE");
    await expect(openParquet(other)).rejects.toMatchObject({ code: "input/unsupported" });
  });

  it("refuses a file cut short anywhere", async () => {
    const bytes = await readFile(small);
    const cut = await copyOf(small, "cut.parquet");
    for (let k = 1; k <= 40; k++) {
      await truncate(cut, Math.floor((bytes.length * k) / 41));
      expect(await outcome(cut), `at part ${k}`).toBeInstanceOf(InputError);
      await writeFile(cut, bytes);
    }
    for (let k = 1; k <= 12; k++) {
      await truncate(cut, bytes.length - k);
      expect(await outcome(cut), `less ${k} bytes`).toBeInstanceOf(InputError);
      await writeFile(cut, bytes);
    }
    await appendFile(cut, "!");
    expect(await outcome(cut)).toBeInstanceOf(InputError);
  });

  it("ends with all rows or one InputError, whatever bytes are changed, and never in the process", async () => {
    const bytes = await readFile(small);
    const footer = bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8);
    const hurt = await copyOf(small, "hurt.parquet");
    let seed = 20260101;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 1;
      return seed % below;
    };
    let refused = 0;
    for (let i = 0; i < 250; i++) {
      const changed = Buffer.from(bytes);
      for (let k = random(3); k >= 0; k--) {
        const at = i % 2 === 0 ? random(footer) : footer + random(bytes.length - footer);
        changed[at] = random(256);
      }
      await writeFile(hurt, changed);
      if ((await outcome(hurt)) instanceof InputError) refused++;
    }
    expect(refused).toBeGreaterThan(50);
    expect(await outcome(small)).toBe(120);
  });

  it("refuses counts that don't agree", async () => {
    const path = await plainFile("counts.parquet");
    await editFooter(path, (footer) => footer.set(FILE.rows, i64(5)));
    await expect(openParquet(path)).rejects.toThrow(/promises 5 rows, and 4/);
    for (const rows of [5, 3]) {
      await plainFile("counts.parquet");
      await editFooter(path, (footer) => {
        footer.set(FILE.rows, i64(rows));
        groupsOf(footer)[0]!.set(GROUP.rows, i64(rows));
      });
      const source = await openParquet(path);
      expect(source.rowGroups![0]!.columns.size).toBe(0);
      await expect(readAll(source)).rejects.toThrow(new RegExp(`4 values for ${rows} rows`));
      // How many lists there are, only decoding tells; those beyond the promised rows aren't seen.
      if (rows === 5) await expect(readAll(source, [1])).rejects.toMatchObject({ code: "input/corrupt" });
    }
  });

  it("refuses pages that leave their chunk or hold other counts than promised", async () => {
    const path = await plainFile("pages.parquet");
    await editFooter(path, (footer) => metaOf(footer, 0, 1).set(META.values, i64(6)));
    await expect(readAll(await openParquet(path), [1])).rejects.toThrow(/hold 5 of 6 values/);
    await plainFile("pages.parquet");
    await editFooter(path, (footer) => {
      const meta = metaOf(footer, 0, 0);
      meta.set(META.compressed, i64((meta.get(META.compressed)!.value as bigint) - 1n));
    });
    await expect(readAll(await openParquet(path))).rejects.toThrow(/leaves its column chunk/);
    await plainFile("pages.parquet");
    await editFooter(path, (footer) => metaOf(footer, 0, 0).set(META.dataOffset, i64(1_000_000)));
    await expect(openParquet(path)).rejects.toThrow(/claims the bytes/);
  });

  it("refuses two columns of one name, and a file of no columns", async () => {
    const path = await plainFile("names.parquet");
    await editFooter(path, (footer) => {
      const schema = footer.get(FILE.schema)!.value as { items: Map<number, unknown>[] };
      schema.items[2]!.set(4, text("a"));
      footer.delete(FILE.keyValues);
    });
    await expect(openParquet(path)).rejects.toThrow(/two columns named "a"/);
    await plainFile("names.parquet");
    await editFooter(path, (footer) => {
      const schema = footer.get(FILE.schema)!.value as { items: Map<number, unknown>[] };
      schema.items.length = 1;
      schema.items[0]!.set(5, i32(0));
      for (const id of [FILE.keyValues, FILE.columnOrders]) footer.delete(id);
      footer.set(FILE.rows, i64(0));
      groupsOf(footer).length = 0;
    });
    await expect(openParquet(path)).rejects.toThrow(/no columns/);
  });

  it("keeps to its budgets", async () => {
    await expect(openParquet(small, { maxBytes: 1000 })).rejects.toMatchObject({ code: "input/too-large" });
    await expect(openParquet(small, { maxBytes: -1 })).rejects.toBeInstanceOf(ConfigError);
    const path = await plainFile("large.parquet");
    await editFooter(path, (footer) => metaOf(footer, 0, 0).set(META.uncompressed, i64(2 ** 32)));
    const source = await openParquet(path);
    await expect(readAll(source)).rejects.toMatchObject({ code: "input/too-large" });
    expect(await readAll(source, [1])).toHaveLength(1);
  });

  it("refuses to go on when the file changes, and when it's closed", async () => {
    const path = await copyOf(small, "changing.parquet");
    const source = await openParquet(path);
    const reader = source.batches()[Symbol.asyncIterator]();
    await reader.next();
    await utimes(path, new Date(), new Date(0));
    await expect(
      (async () => {
        for (let step = await reader.next(); !step.done; step = await reader.next());
      })(),
    ).rejects.toThrow(/changed since it was opened/);
    await expect(readAll(source)).rejects.toThrow(/changed since it was opened/);
    await source.close();
    await source.close();
    await expect(readAll(source)).rejects.toThrow(/closed/);
  });
});
