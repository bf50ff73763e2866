import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as arrow from "apache-arrow";
import fc from "fast-check";
import { parquetReadObjects } from "hyparquet";
import { readParquet } from "parquet-wasm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { batchOf } from "../../src/columns/batchOf.js";
import { typeName } from "../../src/columns/typeName.js";
import { ConfigError, EngineError, InputError } from "../../src/errors/index.js";
import { openParquet } from "../../src/io/parquetReader.js";
import { openParquetSink } from "../../src/io/parquetSink.js";
import type { Source } from "../../src/io/source.js";
import { anyTable } from "../../src/testing/arbitraries.js";
import { FLAT_TYPES } from "../../src/testing/flatTypes.js";
import { storedDictionary } from "../../src/testing/storedColumn.js";
import { rowsOf } from "./cells.js";
import { cells, zoo, zooBatch, zooSchema } from "./typeZoo.js";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "veritable-parquet-"));
  path = join(folder, "out.parquet");
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function readAll(source: Source): Promise<arrow.RecordBatch[]> {
  const batches: arrow.RecordBatch[] = [];
  for await (const batch of source.batches()) batches.push(batch);
  return batches;
}

function expectSameCells(got: arrow.RecordBatch[], wanted: arrow.RecordBatch[], schema: arrow.Schema): void {
  for (const [i, { name }] of schema.fields.entries()) {
    expect(cells(got, i), name).toEqual(cells(wanted, i));
  }
}

const PLAIN_TYPES = FLAT_TYPES.filter((make) => !arrow.DataType.isDictionary(make()));

/** The name of the values' type, views and dictionaries aside: those may come back plain. */
function valueName(type: arrow.DataType): string {
  return typeName(arrow.DataType.isDictionary(type) ? type.dictionary : type).replace("_view", "");
}

function tableOf(columns: Record<string, arrow.Vector>): arrow.RecordBatch {
  return new arrow.Table(columns).batches[0]!;
}

describe("openParquetSink", () => {
  it("keeps every type and value, whatever the batches and row groups", async () => {
    const schema = zooSchema(new Map([["origin", "the zoo"]]));
    const whole = zooBatch(schema, 0, 120);
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 0, max: 120 }), { maxLength: 6 }),
        fc.integer({ min: 9, max: 130 }),
        fc.constantFrom("zstd" as const, "snappy" as const, "none" as const),
        async (cuts, rowGroupRows, compression) => {
          const sink = await openParquetSink(path, schema, { rowGroupRows, compression });
          const ends = [0, ...cuts.sort((a, b) => a - b), 120];
          for (const [i, end] of ends.slice(1).entries()) await sink.write(whole.slice(ends[i]!, end));
          expect(sink.rows).toBe(120);
          expect(await sink.commit()).toBe(path);
          const source = await openParquet(path);
          expect(source.rows).toBe(120);
          expect(source.rowGroups!.length).toBe(Math.ceil(120 / rowGroupRows));
          expect(source.schema.fields.map(({ name, type }) => [name, typeName(type)])).toEqual(
            zoo.map(([name, type]) => [name, typeName(type)]),
          );
          expect(source.schema.metadata.get("origin")).toBe("the zoo");
          expectSameCells(await readAll(source), [whole], schema);
          await source.close();
        },
      ),
      { numRuns: 12 },
    );
  });

  it("reads back what it wrote, of any flat type and in any dictionary", async () => {
    const types = fc.oneof(
      fc.constantFrom(...FLAT_TYPES),
      fc.tuple(fc.constantFrom(...PLAIN_TYPES), fc.constantFrom(new arrow.Int8(), new arrow.Uint32())).map(
        ([make, codes]) =>
          () =>
            new arrow.Dictionary(make(), codes),
      ),
    );
    await fc.assert(
      fc.asyncProperty(anyTable({ types }), fc.integer({ min: 1, max: 20 }), async (table, rowGroupRows) => {
        const sink = await openParquetSink(path, table.schema, { rowGroupRows });
        for (const batch of table.batches) await sink.write(batch);
        await sink.commit();
        const source = await openParquet(path);
        expect(rowsOf(await readAll(source))).toEqual(rowsOf(table.batches));
        const names = ({ fields }: arrow.Schema) =>
          fields.map(({ name, type }) => `${name} ${valueName(type)}`);
        expect(names(source.schema)).toEqual(names(table.schema));
        await source.close();
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    [new arrow.Int8(), 127, "int8"],
    [new arrow.Int8(), 128, "int32"],
    [new arrow.Uint8(), 255, "uint8"],
    [new arrow.Uint8(), 256, "int32"],
  ])(
    "reads back a dictionary with codes of %s and %i values, with codes of %s",
    async (codes, size, wanted) => {
      const type = new arrow.Dictionary(new arrow.Utf8(), codes);
      const part = (start: number, end: number) =>
        storedDictionary(
          type,
          [
            arrow.vectorFromArray(
              Array.from({ length: end - start }, (_, i) => `value ${start + i}`),
              new arrow.Utf8(),
            ).data[0]!,
          ],
          Array.from({ length: end - start }, (_, i) => i),
        );
      const schema = new arrow.Schema([new arrow.Field("a", type, true)]);
      for (const cut of [0, 100]) {
        const batches = [part(0, cut), part(cut, size)].map((data) => batchOf(schema, data.length, [data]));
        const sink = await openParquetSink(path, schema);
        for (const batch of batches) await sink.write(batch);
        await sink.commit();
        const source = await openParquet(path);
        expect(typeName(source.schema.fields[0]!.type)).toBe(`dictionary<${wanted}, utf8>`);
        expect(rowsOf(await readAll(source))).toEqual(rowsOf(batches));
        await source.close();
      }
    },
  );

  it("takes dictionaries of one type in several places of a record", async () => {
    const type = new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32());
    const texts = (...values: string[]) =>
      storedDictionary(type, [arrow.vectorFromArray(values, new arrow.Utf8()).data[0]!], [0, 1]);
    const struct = new arrow.Struct([new arrow.Field("x", type, true), new arrow.Field("y", type, true)]);
    const schema = new arrow.Schema([new arrow.Field("s", struct, true)]);
    const data = arrow.makeData({
      type: struct,
      length: 2,
      nullCount: 0,
      children: [texts("a", "b"), texts("p", "q")],
    });
    const batch = batchOf(schema, 2, [data]);
    const sink = await openParquetSink(path, schema);
    await sink.write(batch);
    await sink.commit();
    expect(rowsOf(await readAll(await openParquet(path)))).toEqual(rowsOf([batch]));
  });

  it("writes text and binary views, which come back as plain text and bytes", async () => {
    const [texts, bytes] = [new arrow.Utf8View(), new arrow.BinaryView()];
    const schema = new arrow.Schema([
      new arrow.Field("texts", texts, true),
      new arrow.Field("bytes", bytes, true),
    ]);
    const long = "a text of more than twelve bytes";
    const inline = new Uint8Array(32);
    new DataView(inline.buffer).setInt32(0, 2, true);
    inline.set(new TextEncoder().encode("hi"), 4);
    new DataView(inline.buffer).setInt32(16, long.length, true);
    inline.set(new TextEncoder().encode(long.slice(0, 4)), 20);
    const parts = {
      length: 2,
      nullCount: 0,
      views: inline,
      variadicBuffers: [new TextEncoder().encode(long)],
    };
    const children = [arrow.makeData({ type: texts, ...parts }), arrow.makeData({ type: bytes, ...parts })];
    const struct = arrow.makeData({
      type: new arrow.Struct(schema.fields),
      length: 2,
      nullCount: 0,
      children,
    });
    const batch = new arrow.RecordBatch(schema, struct);
    const sink = await openParquetSink(path, schema, { rowGroupRows: 1 });
    await sink.write(batch);
    await sink.commit();
    const source = await openParquet(path);
    expect(source.schema.fields.map(({ type }) => typeName(type))).toEqual(["utf8", "binary"]);
    expectSameCells(await readAll(source), [batch], schema);
  });

  it("writes files that other readers read, row group after row group", async () => {
    const column = Array.from({ length: 250 }, (_, i) => (i % 9 === 0 ? null : `text ${i}`));
    const batch = tableOf({
      s: arrow.vectorFromArray(column, new arrow.Utf8()),
      n: arrow.vectorFromArray(
        column.map((_, i) => i),
        new arrow.Int32(),
      ),
    });
    const sink = await openParquetSink(path, batch.schema, { rowGroupRows: 64, compression: "snappy" });
    await sink.write(batch);
    await sink.commit();
    const bytes = new Uint8Array(await readFile(path));
    const rows = column.map((s, n) => ({ s, n }));
    expect(await parquetReadObjects({ file: bytes.buffer, useOffsetIndex: true })).toEqual(rows);
    const table = arrow.tableFromIPC(readParquet(bytes).intoIPCStream());
    expect(table.toArray().map((row) => ({ ...row }))).toEqual(rows);
  });

  it("writes a file of no rows that has the schema", async () => {
    const schema = zooSchema();
    const sink = await openParquetSink(path, schema);
    await sink.write(zooBatch(schema, 0, 0));
    expect(await sink.commit()).toBe(await sink.commit());
    const source = await openParquet(path);
    expect([source.rows, source.rowGroups]).toEqual([0, []]);
    expect(source.schema.fields.map(String)).toEqual(schema.fields.map(String));
    expect(await readAll(source)).toEqual([]);
  });

  it("takes dictionaries that change from batch to batch, come in parts, or share a type", async () => {
    const type = new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32());
    const schema = new arrow.Schema([new arrow.Field("a", type, true), new arrow.Field("b", type, true)]);
    const column = (parts: string[][], keys: number[]) =>
      arrow.makeData({
        type,
        length: keys.length,
        nullCount: 0,
        data: Int32Array.from(keys),
        dictionary: new arrow.Vector(
          parts.map((part) => arrow.vectorFromArray(part, new arrow.Utf8()).data[0]!),
        ),
      });
    const batch = (...children: arrow.Data[]) =>
      Object.assign(
        new arrow.RecordBatch(
          schema,
          arrow.makeData({ type: new arrow.Struct(schema.fields), length: 3, nullCount: 0, children }),
        ),
        { schema },
      );
    const batches = [
      batch(column([["x", "y"]], [0, 1, 0]), column([["p"]], [0, 0, 0])),
      batch(column([["z"], ["w", "v"]], [2, 1, 0]), column([["p", "q"]], [1, 0, 1])),
    ];
    const sink = await openParquetSink(path, schema);
    for (const each of batches) await sink.write(each);
    await sink.commit();
    const got = await readAll(await openParquet(path));
    const texts = (i: number) => cells(got, i).map((cell) => cell.replace("string ", ""));
    expect(texts(0)).toEqual(["x", "y", "x", "v", "w", "z"]);
    expect(texts(1)).toEqual(["p", "p", "p", "q", "p", "q"]);
  });

  it("writes key-value metadata", async () => {
    const batch = tableOf({ a: arrow.vectorFromArray([1n], new arrow.Int64()) });
    const sink = await openParquetSink(path, batch.schema, { metadata: new Map([["__proto__", "kept"]]) });
    await sink.write(batch);
    await sink.commit();
    expect((await openParquet(path)).schema.metadata.get("__proto__")).toBe("kept");
  });

  it("publishes nothing before commit, and nothing at all after abort", async () => {
    const schema = zooSchema();
    const sink = await openParquetSink(path, schema, { rowGroupRows: 10 });
    await sink.write(zooBatch(schema, 0, 35));
    expect(await readdir(folder)).not.toContain("out.parquet");
    await sink.abort();
    await sink.abort();
    expect(await readdir(folder)).toEqual([]);
    await expect(sink.write(zooBatch(schema, 0, 1))).rejects.toMatchObject({ code: "engine/write-failed" });
    await expect(sink.commit()).rejects.toBeInstanceOf(EngineError);
    expect(await readdir(folder)).toEqual([]);
  });

  it("refuses a type that Parquet can't hold before it makes a file", async () => {
    const type = new arrow.DenseUnion([0], [new arrow.Field("a", new arrow.Int32(), true)]);
    const schema = new arrow.Schema([new arrow.Field("u", type, true)]);
    await expect(openParquetSink(path, schema)).rejects.toMatchObject({ code: "engine/write-failed" });
    expect(await readdir(folder)).toEqual([]);
  });

  it("refuses batches of other columns, and goes on", async () => {
    const batch = tableOf({ a: arrow.vectorFromArray([1, 2], new arrow.Int32()) });
    const other = tableOf({ a: arrow.vectorFromArray([1n], new arrow.Int64()) });
    const sink = await openParquetSink(path, batch.schema);
    await expect(sink.write(other)).rejects.toBeInstanceOf(InputError);
    await sink.write(batch);
    await sink.commit();
    expect((await openParquet(path)).rows).toBe(2);
  });

  it("fails for good after a batch whose nulls its schema denies", async () => {
    const nullable = tableOf({ a: arrow.vectorFromArray([1, null], new arrow.Int32()) });
    const schema = new arrow.Schema([new arrow.Field("a", new arrow.Int32(), false)]);
    const sink = await openParquetSink(path, schema, { rowGroupRows: 1 });
    await expect(sink.write(nullable)).rejects.toMatchObject({ code: "engine/write-failed" });
    await expect(sink.commit()).rejects.toMatchObject({ code: "engine/write-failed" });
    await sink.abort();
    expect(await readdir(folder)).toEqual([]);
  });

  it("refuses options it doesn't know", async () => {
    const schema = zooSchema();
    const bad = openParquetSink(path, schema, { compression: "lzo" as "zstd" });
    await expect(bad).rejects.toThrow(/one of zstd, snappy, none/);
    for (const rowGroupRows of [0, 1.5, Number.NaN]) {
      await expect(openParquetSink(path, schema, { rowGroupRows })).rejects.toBeInstanceOf(ConfigError);
    }
    expect(await readdir(folder)).toEqual([]);
  });
});
