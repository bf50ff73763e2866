import * as arrow from "apache-arrow";

type Make = (i: number) => unknown;

const field = (name: string, type: arrow.DataType, nullable = true) => new arrow.Field(name, type, nullable);
const words = ["", "a", "é", "日本語", "🎉", "a much longer text than twelve bytes", "\u0000", "quote\"'"];
const wide = (i: number): bigint => BigInt(i) * 1_234_567_890_123n * (i % 2 === 0 ? 1n : -1n);
const decimal = (value: bigint, parts: number) =>
  Uint32Array.from({ length: parts }, (_, k) => Number(BigInt.asUintN(32, value >> BigInt(32 * k))));

/** One column of each type that Parquet can hold, with a value for each row number. */
export const zoo: readonly (readonly [name: string, type: arrow.DataType, make: Make])[] = [
  ["int8", new arrow.Int8(), (i) => ((i * 7) % 256) - 128],
  ["int16", new arrow.Int16(), (i) => ((i * 701) % 65536) - 32768],
  ["int32", new arrow.Int32(), (i) => (i * 100_003) | 0],
  ["int64", new arrow.Int64(), (i) => wide(i)],
  ["uint8", new arrow.Uint8(), (i) => (i * 7) % 256],
  ["uint16", new arrow.Uint16(), (i) => (i * 701) % 65536],
  ["uint32", new arrow.Uint32(), (i) => (i * 4_000_037) >>> 0],
  ["uint64", new arrow.Uint64(), (i) => BigInt.asUintN(64, wide(i))],
  ["float32", new arrow.Float32(), (i) => [0.5, -0, Number.NaN, Number.POSITIVE_INFINITY, i][i % 5]],
  ["float64", new arrow.Float64(), (i) => [0.1, -0, Number.NaN, Number.NEGATIVE_INFINITY, i / 3][i % 5]],
  ["bool", new arrow.Bool(), (i) => i % 3 === 0],
  ["utf8", new arrow.Utf8(), (i) => words[i % words.length]],
  ["largeUtf8", new arrow.LargeUtf8(), (i) => words[(i + 3) % words.length]],
  ["binary", new arrow.Binary(), (i) => Uint8Array.of(i, 255, 0)],
  ["fixed", new arrow.FixedSizeBinary(3), (i) => Uint8Array.of(i, 255, 0)],
  ["decimal", new arrow.Decimal(2, 20, 128), (i) => decimal(wide(i), 4)],
  ["decimal256", new arrow.Decimal(3, 50, 256), (i) => decimal(wide(i) * 10n ** 20n, 8)],
  ["date32", new arrow.DateDay(), (i) => new Date(86_400_000 * (i * 37 - 500))],
  ["second", new arrow.TimestampSecond(), wide],
  ["milli", new arrow.TimestampMillisecond("UTC"), wide],
  ["micro", new arrow.TimestampMicrosecond("Europe/Paris"), wide],
  ["nano", new arrow.TimestampNanosecond(), wide],
  ["time32", new arrow.TimeMillisecond(), (i) => i * 1009],
  ["time64", new arrow.TimeMicrosecond(), (i) => BigInt(i) * 1_000_003n],
  ["duration", new arrow.DurationMillisecond(), (i) => wide(i)],
  ["dictionary", new arrow.Dictionary(new arrow.Utf8(), new arrow.Int16()), (i) => words[i % 5]],
  ["numbers", new arrow.Dictionary(new arrow.Int64(), new arrow.Int8()), (i) => wide(i % 4)],
  ["list", new arrow.List(field("item", new arrow.Utf8())), (i) => (i % 4 === 0 ? [] : [words[i % 8], null])],
  ["fixedList", new arrow.FixedSizeList(2, field("item", new arrow.Float32())), (i) => [i, -i]],
  [
    "struct",
    new arrow.Struct([
      field("x", new arrow.Int32()),
      field("y", new arrow.List(field("item", new arrow.Int64()))),
    ]),
    (i) => ({ x: i, y: i % 2 === 0 ? [wide(i)] : null }),
  ],
  ["__proto__", new arrow.Int32(), (i) => i],
  ["struct.x", new arrow.Utf8(), (i) => `dotted ${i}`],
];

/** The zoo's schema; `metadata` goes with it. */
export function zooSchema(metadata = new Map<string, string>()): arrow.Schema {
  return new arrow.Schema(
    zoo.map(([name, type]) => field(name, type)),
    metadata,
  );
}

/** Rows `start` to `end` of the zoo; every seventh value of a column is null, each column from another row on. */
export function zooBatch(schema: arrow.Schema, start: number, end: number): arrow.RecordBatch {
  const children = zoo.map(([, , make], column) => {
    const values = Array.from({ length: end - start }, (_, k) =>
      (start + k + column) % 7 === 0 ? null : make(start + k),
    );
    const { type } = schema.fields[column]!;
    return arrow.DataType.isTimestamp(type)
      ? moments(type, values)
      : arrow.vectorFromArray(values, type).data[0]!;
  });
  const data = arrow.makeData({
    type: new arrow.Struct(schema.fields),
    length: end - start,
    nullCount: 0,
    children,
  });
  return new arrow.RecordBatch(schema, data);
}

/** Timestamps of any unit as they're stored; Arrow's own builders go through milliseconds. */
function moments(type: arrow.Timestamp, values: readonly unknown[]): arrow.Data {
  const nullBitmap = new Uint8Array((values.length + 7) >> 3);
  for (const [i, value] of values.entries()) if (value !== null) nullBitmap[i >> 3]! |= 1 << (i & 7);
  const data = BigInt64Array.from(values, (value) => (value === null ? 0n : (value as bigint)));
  return arrow.makeData({ type, length: values.length, nullBitmap, data });
}

/** A column's values as text that tells them all apart. */
export function cells(batches: readonly arrow.RecordBatch[], column: number): string[] {
  return batches.flatMap((batch) => {
    const vector = batch.getChildAt(column)!;
    const [stored] = arrow.DataType.isTimestamp(vector.type) ? vector.data.map(({ values }) => values) : [];
    return Array.from({ length: batch.numRows }, (_, i) =>
      cellText(stored && vector.isValid(i) ? stored[i] : vector.get(i)),
    );
  });
}

function cellText(value: unknown): string {
  if (Object.is(value, -0)) return "-0";
  if (typeof value === "bigint") return `${value}n`;
  if (value === null || typeof value !== "object") return `${typeof value} ${String(value)}`;
  if (ArrayBuffer.isView(value)) return `[${Array.from(value as Uint8Array).join()}]`;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof arrow.Vector) return `(${[...value].map(cellText).join("; ")})`;
  return `{${[...(value as Iterable<[string, unknown]>)].map(([k, v]) => `${k}=${cellText(v)}`).join("; ")}}`;
}
