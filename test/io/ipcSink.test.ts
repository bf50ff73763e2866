import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  Dictionary,
  Field,
  Float64,
  Int8,
  Int32,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  TimestampNanosecond,
  tableFromArrays,
  tableFromIPC,
  Utf8,
  Vector,
  vectorFromArray,
} from "apache-arrow";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EngineError, InputError } from "../../src/errors/index.js";
import { openIpc } from "../../src/io/ipcReader.js";
import { openIpcSink } from "../../src/io/ipcSink.js";
import { allTypes, batchesArb } from "../columns/arbitraries.js";
import { readAll, rowsOf } from "./cells.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ipc-sink-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function roundTrip(
  schema: Schema,
  batches: readonly RecordBatch[],
  name: string,
): Promise<RecordBatch[]> {
  const path = join(folder, name);
  const sink = await openIpcSink(path, schema);
  for (const batch of batches) await sink.write(batch);
  expect(sink.rows).toBe(batches.reduce((rows, batch) => rows + batch.numRows, 0));
  expect(await sink.commit()).toBe(path);
  const source = await openIpc(path);
  expect(source.rows).toBe(sink.rows);
  expect(String(source.schema)).toBe(String(schema));
  const read = await readAll(source);
  await source.close();
  return read;
}

function dictionaryBatch(
  schema: Schema,
  values: unknown[],
  codes: number[],
  type = schema.fields[0]!.type,
): RecordBatch {
  const dictionary = vectorFromArray(values, (type as Dictionary).dictionary);
  const data = makeData({ type, data: Int8Array.from(codes), dictionary } as never);
  const whole = makeData({
    type: new Struct(schema.fields),
    length: codes.length,
    children: [data],
    nullCount: 0,
  } as never);
  return new RecordBatch(schema, whole as never);
}

describe("openIpcSink", () => {
  it.each(["arrow", "arrows"])("writes what is read back: .%s", async (extension) => {
    await fc.assert(
      fc.asyncProperty(batchesArb(allTypes), async (batches) => {
        const schema = batches[0]?.schema ?? new Schema([new Field("a", new Int32(), true)]);
        expect(rowsOf(await roundTrip(schema, batches, `any.${extension}`))).toEqual(rowsOf(batches));
      }),
      { numRuns: 300 },
    );
  });

  it.each(["arrow", "arrows"])("is read by apache-arrow: .%s", async (extension) => {
    const table = tableFromArrays({ a: Int32Array.of(1, 2, 3), b: ["x", "y", "x"], c: [0.5, null, 1.5] });
    await roundTrip(table.schema, [table.batches[0]!, table.batches[0]!.slice(1)], `js.${extension}`);
    const read = tableFromIPC(await readFile(join(folder, `js.${extension}`)));
    expect(rowsOf(read.batches)).toEqual(rowsOf([...table.batches, table.batches[0]!.slice(1)]));
  });

  it.each(["arrow", "arrows"])(
    "brings batches of differing dictionaries into one: .%s",
    async (extension) => {
      const schema = new Schema([new Field("d", new Dictionary(new Utf8(), new Int8()), true)]);
      const batches = [
        dictionaryBatch(schema, ["a", "b"], [0, 1, 0]),
        dictionaryBatch(schema, ["b", null, "c"], [0, 1, 2]),
        dictionaryBatch(schema, ["a", "b", "c"], [2, 1, 0]),
        dictionaryBatch(schema, ["c", "c", "b"], [0, 1, 2]),
      ];
      const read = await roundTrip(schema, batches, `merged.${extension}`);
      expect(rowsOf(read).flat()).toEqual(["a", "b", "a", "b", null, "c", "c", "b", "a", "c", "c", "b"]);
      const { dictionary } = read.at(-1)!.data.children[0]!;
      expect(dictionary!.toJSON()).toEqual(["a", "b", null, "c"]);
      expect(dictionary!.data).toHaveLength(extension === "arrow" ? 1 : 2);
      const js = tableFromIPC(await readFile(join(folder, `merged.${extension}`)));
      expect(rowsOf(js.batches)).toEqual(rowsOf(read));
    },
  );

  it("keeps dictionaries of nanoseconds exact", async () => {
    const schema = new Schema([
      new Field("d", new Dictionary(new TimestampNanosecond("UTC"), new Int8()), true),
    ]);
    const of = (...ticks: bigint[]) => {
      const values = makeData({ type: new TimestampNanosecond("UTC"), data: BigInt64Array.from(ticks) });
      return new RecordBatch(
        schema,
        makeData({
          type: new Struct(schema.fields),
          length: 2,
          children: [
            makeData({
              type: schema.fields[0]!.type,
              data: Int8Array.of(0, 1),
              dictionary: new Vector([values]),
            } as never),
          ],
        } as never) as never,
      );
    };
    const read = await roundTrip(
      schema,
      [of(1n, 2n ** 62n + 1n), of(2n ** 62n + 3n, 1n)],
      "nanoseconds.arrow",
    );
    expect(rowsOf(read)).toEqual(rowsOf([of(1n, 2n ** 62n + 1n), of(2n ** 62n + 3n, 1n)]));
  });

  it("says when a dictionary no longer fits its codes", async () => {
    const schema = new Schema([new Field("d", new Dictionary(new Utf8(), new Int8()), true)]);
    const sink = await openIpcSink(join(folder, "full.arrow"), schema);
    const names = (from: number) => Array.from({ length: 100 }, (_, i) => `v${from + i}`);
    await sink.write(dictionaryBatch(schema, names(0), [0, 99]));
    await sink.write(dictionaryBatch(schema, names(10), [0, 99]));
    await expect(sink.write(dictionaryBatch(schema, names(100), [0, 99]))).rejects.toThrow(
      'column "d" has 200 distinct values over all batches, too many for its int8 codes',
    );
    await sink.abort();
  });

  it("tells apart columns that share a dictionary type", async () => {
    const type = new Dictionary(new Utf8(), new Int8());
    const schema = new Schema([new Field("x", type, true), new Field("y", type, true)]);
    const child = (...values: string[]) =>
      makeData({ type, data: Int8Array.of(0, 1), dictionary: vectorFromArray(values, new Utf8()) } as never);
    const batch = new RecordBatch(
      schema,
      makeData({
        type: new Struct(schema.fields),
        length: 2,
        children: [child("a", "b"), child("c", "d")],
      } as never) as never,
    );
    expect(rowsOf(await roundTrip(schema, [batch], "shared.arrow"))).toEqual([
      ["a", "c"],
      ["b", "d"],
    ]);
  });

  it("refuses other columns, and leaves nothing behind when it is aborted", async () => {
    const table = tableFromArrays({ a: Int32Array.of(1) });
    const path = join(folder, "aborted.arrow");
    const sink = await openIpcSink(path, table.schema);
    await sink.write(table.batches[0]!);
    await expect(sink.write(tableFromArrays({ b: Int32Array.of(1) }).batches[0]!)).rejects.toThrow(
      InputError,
    );
    await sink.abort();
    await sink.abort();
    expect(
      (await readdir(folder)).filter((name) => name.includes("aborted") || name.endsWith(".tmp")),
    ).toEqual([]);
    await expect(sink.write(table.batches[0]!)).rejects.toThrow(EngineError);
    await expect(openIpcSink(path, new Schema([]))).rejects.toThrow("no columns");
    await expect(openIpcSink(join(folder, "no/such/folder.arrow"), table.schema)).rejects.toThrow(
      EngineError,
    );
  });

  it("commits once, and an empty table is a table", async () => {
    const schema = new Schema([new Field("a", new Float64(), true)]);
    expect(await roundTrip(schema, [], "empty.arrow")).toEqual([]);
    expect(tableFromIPC(await readFile(join(folder, "empty.arrow"))).schema.names).toEqual(["a"]);
    const sink = await openIpcSink(join(folder, "twice.arrow"), schema);
    expect(await sink.commit()).toBe(await sink.commit());
  });
});
