import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as arrow from "apache-arrow";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FILE, META } from "../../../src/io/parquet/fieldIds.js";
import { THRIFT, type ThriftStruct } from "../../../src/io/parquet/thrift.js";
import { i32, i64 } from "../../../src/io/parquet/thriftWriter.js";
import { openParquet } from "../../../src/io/parquetReader.js";
import { openParquetSink } from "../../../src/io/parquetSink.js";
import type { FooterColumn } from "../../../src/io/source.js";
import { zoo, zooBatch, zooSchema } from "../typeZoo.js";
import { editFooter, metaOf, statisticsOf } from "./editFooter.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "veritable-statistics-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

let files = 0;
async function writeColumn(
  type: arrow.DataType,
  values: readonly unknown[],
  nullable = true,
): Promise<string> {
  const path = join(folder, `${files++}.parquet`);
  const schema = new arrow.Schema([new arrow.Field("c", type, nullable)]);
  const sink = await openParquetSink(path, schema);
  const data = arrow.makeData({
    type: new arrow.Struct(schema.fields),
    length: values.length,
    nullCount: 0,
    children: [arrow.vectorFromArray(values, type).data[0]!],
  });
  await sink.write(new arrow.RecordBatch(schema, data));
  await sink.commit();
  return path;
}

async function summaryOf(
  path: string,
  edit?: (statistics: ThriftStruct, footer: ThriftStruct) => void,
): Promise<FooterColumn | undefined> {
  if (edit) await editFooter(path, (footer) => edit(statisticsOf(footer, 0, 0), footer));
  return (await openParquet(path)).rowGroups![0]!.columns.get(0);
}

const bytes = (value: Uint8Array) => ({ type: THRIFT.binary, value });
const int32Bytes = (value: number) => bytes(new Uint8Array(Int32Array.of(value).buffer));
const float64Bytes = (value: number) => bytes(new Uint8Array(Float64Array.of(value).buffer));
const [NULLS, MAX, MIN, MAX_EXACT, MIN_EXACT] = [3, 5, 6, 7, 8] as const;
const flag = (value: boolean) => ({ type: value ? THRIFT.true : THRIFT.false, value });
const unbounded = (nulls: number | undefined) => ({ nulls, min: undefined, max: undefined, exact: false });

describe("a footer's word on a column", () => {
  it("is its least and greatest value in the Arrow type's storage, or nothing", async () => {
    const path = join(folder, "zoo.parquet");
    const schema = zooSchema();
    const batch = zooBatch(schema, 0, 120);
    const sink = await openParquetSink(path, schema);
    await sink.write(batch);
    await sink.commit();
    const { columns } = (await openParquet(path)).rowGroups![0]!;
    const stored = [
      ...["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float32", "float64"],
      ...[
        "utf8",
        "largeUtf8",
        "decimal",
        "decimal256",
        "date32",
        "milli",
        "micro",
        "nano",
        "time32",
        "time64",
      ],
      ...["duration", "dictionary", "numbers", "__proto__", "struct.x"],
    ];
    for (const [i, [name]] of zoo.entries()) {
      const summary = columns.get(i);
      if (!stored.includes(name)) {
        expect([summary?.min, summary?.max], name).toEqual([undefined, undefined]);
        continue;
      }
      const values = storedValues(batch.getChildAt(i)!);
      expect(summary, name).toEqual({
        nulls: batch.getChildAt(i)!.nullCount,
        min: values[0],
        max: values.at(-1),
        exact: true,
      });
    }
  });

  it("counts nulls, and gives no bounds where there are only nulls", async () => {
    expect(await summaryOf(await writeColumn(new arrow.Int32(), [null, 5, null]))).toEqual({
      nulls: 2,
      min: 5,
      max: 5,
      exact: true,
    });
    const path = await writeColumn(new arrow.Int32(), [null, null]);
    expect(await summaryOf(path)).toEqual(unbounded(2));
    const lie = (statistics: ThriftStruct) => statistics.set(MIN, int32Bytes(1)).set(MAX, int32Bytes(1));
    expect(await summaryOf(path, lie)).toEqual(unbounded(2));
  });

  it("has no null count that is missing or impossible, but 0 for a column that can't be null", async () => {
    const path = await writeColumn(new arrow.Int32(), [1, 2]);
    expect((await summaryOf(path, (of) => of.set(NULLS, i64(3))))!.nulls).toBeUndefined();
    expect((await summaryOf(path, (of) => of.delete(NULLS)))!.nulls).toBeUndefined();
    const required = await writeColumn(new arrow.Int32(), [1, 2], false);
    expect(await summaryOf(required, (of) => of.clear())).toEqual(unbounded(0));
  });

  it("ignores the deprecated bounds, and all bounds of an order the file doesn't define", async () => {
    const path = await writeColumn(new arrow.Int32(), [1, 2]);
    const legacy = (of: ThriftStruct) => {
      of.set(1, of.get(MAX)!).set(2, of.get(MIN)!);
      for (const id of [MIN, MAX]) of.delete(id);
    };
    expect(await summaryOf(path, legacy)).toEqual(unbounded(0));
    const orderless = await writeColumn(new arrow.Int32(), [1, 2]);
    expect(await summaryOf(orderless, (_, footer) => footer.delete(FILE.columnOrders))).toEqual(unbounded(0));
  });

  it("has no bounds that are the wrong way round, of the wrong width, or NaN", async () => {
    const path = await writeColumn(new arrow.Int32(), [1, 2]);
    expect(await summaryOf(path, (of) => of.set(MIN, int32Bytes(3)))).toEqual(unbounded(0));
    expect(await summaryOf(path, (of) => of.set(MIN, bytes(Uint8Array.of(1))))).toEqual(unbounded(0));
    const narrow = await writeColumn(new arrow.Int8(), [1, 2]);
    expect(await summaryOf(narrow, (of) => of.set(MAX, int32Bytes(300)))).toEqual(unbounded(0));
    const float = await writeColumn(new arrow.Float64(), [1, 2]);
    expect(await summaryOf(float, (of) => of.set(MAX, float64Bytes(Number.NaN)))).toEqual(unbounded(0));
  });

  it("takes unsigned values in their own order, and drops bounds taken in the signed one", async () => {
    const path = await writeColumn(new arrow.Uint32(), [1, 4_000_000_000]);
    expect(await summaryOf(path)).toEqual({ nulls: 0, min: 1, max: 4_000_000_000, exact: true });
    const signed = (of: ThriftStruct) => {
      of.set(MIN, int32Bytes(4_000_000_000 | 0)).set(MAX, int32Bytes(1));
    };
    expect(await summaryOf(path, signed)).toEqual(unbounded(0));
  });

  it("lets a zero bound stand for either zero", async () => {
    const summary = await summaryOf(await writeColumn(new arrow.Float64(), [0, 0]));
    expect([Object.is(summary!.min, -0), Object.is(summary!.max, 0)]).toEqual([true, true]);
  });

  it("says when text may have been cut, or numbers widened", async () => {
    const long = "x".repeat(5000);
    const cut = await summaryOf(await writeColumn(new arrow.Utf8(), ["a", long]));
    expect(cut!.exact).toBe(false);
    expect((cut!.max as string) >= long).toBe(true);
    const text = await writeColumn(new arrow.Utf8(), ["a", "b"]);
    expect(await summaryOf(text)).toEqual({ nulls: 0, min: "a", max: "b", exact: true });
    const silent = (of: ThriftStruct) => [MIN_EXACT, MAX_EXACT].map((id) => of.delete(id));
    expect(await summaryOf(text, silent)).toEqual({ nulls: 0, min: "a", max: "b", exact: false });
    const broken = bytes(Uint8Array.of(0xff));
    expect(await summaryOf(text, (of) => of.set(MAX, broken))).toEqual(unbounded(0));
    const number = await writeColumn(new arrow.Int32(), [1, 2]);
    expect((await summaryOf(number, silent))!.exact).toBe(true);
    expect((await summaryOf(number, (of) => of.set(MIN_EXACT, flag(false))))!.exact).toBe(false);
  });

  it("isn't taken for a chunk that counts other values than the row group has rows", async () => {
    const path = await writeColumn(new arrow.Int32(), [1, 2]);
    expect(
      await summaryOf(path, (_, footer) => metaOf(footer, 0, 0).set(META.values, i64(1))),
    ).toBeUndefined();
  });

  it("isn't taken where the file stores another type than its Arrow schema has", async () => {
    const path = await writeColumn(new arrow.Int64(), [1n, 2n]);
    await editFooter(path, (footer) => {
      const { items } = footer.get(FILE.schema)!.value as { items: ThriftStruct[] };
      items[1]!.set(6, i32(10));
      footer.delete(FILE.keyValues);
    });
    const source = await openParquet(path);
    expect(String(source.schema.fields[0]!.type)).toContain("Timestamp<MICROSECOND");
    expect(source.rowGroups![0]!.columns.get(0)).toEqual({ nulls: 0, min: 1n, max: 2n, exact: true });
    const seconds = await summaryOf(await writeColumn(new arrow.TimestampSecond(), [1000, 2000]));
    expect(seconds!.min).toBeUndefined();
  });
});

/** A column's values as they're stored, sorted, less nulls and NaN; text as strings, decimals as one integer. */
function storedValues(vector: arrow.Vector): (number | bigint | string)[] {
  const [data] = vector.data as [arrow.Data];
  const { type } = vector;
  const values = Array.from({ length: vector.length }, (_, i) => {
    if (!vector.isValid(i)) return Number.NaN;
    if (
      arrow.DataType.isDictionary(type) ||
      arrow.DataType.isUtf8(type) ||
      arrow.DataType.isLargeUtf8(type)
    ) {
      return vector.get(i);
    }
    if (!arrow.DataType.isDecimal(type)) return data.values[i];
    const parts = [...data.values.subarray(i * data.stride, (i + 1) * data.stride)].reverse();
    return BigInt.asIntN(
      32 * data.stride,
      parts.reduce((sum: bigint, part) => (sum << 32n) | BigInt(part), 0n),
    );
  }).filter((value) => !Number.isNaN(value));
  if (typeof values[0] !== "string") return values.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return values.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}
