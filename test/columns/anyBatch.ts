import {
  Binary,
  BinaryView,
  Bool,
  type DataType,
  DateDay,
  DateMillisecond,
  Decimal,
  DenseUnion,
  Dictionary,
  DurationNanosecond,
  Field,
  FixedSizeBinary,
  FixedSizeList,
  Float16,
  Float32,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
  IntervalDayTime,
  IntervalMonthDayNano,
  IntervalYearMonth,
  LargeBinary,
  LargeList,
  LargeUtf8,
  List,
  Map_,
  makeData,
  Null,
  RecordBatch,
  Schema,
  SparseUnion,
  Struct,
  TimeMicrosecond,
  TimeSecond,
  TimestampMillisecond,
  TimestampNanosecond,
  TimestampSecond,
  Uint8,
  Uint16,
  Uint32,
  Uint64,
  Utf8,
  Utf8View,
} from "apache-arrow";
import fc from "fast-check";
import { DataWriter } from "./dataWriter.js";

const views = fc.constantFrom<(() => DataType)[]>(
  () => new Utf8View(),
  () => new BinaryView(),
);

const types = fc.constantFrom<(() => DataType)[]>(
  () => new Null(),
  () => new Bool(),
  () => new Int8(),
  () => new Int16(),
  () => new Int32(),
  () => new Int64(),
  () => new Uint8(),
  () => new Uint16(),
  () => new Uint32(),
  () => new Uint64(),
  () => new Float16(),
  () => new Float32(),
  () => new Float64(),
  () => new Decimal(2, 20),
  () => new Decimal(2, 50, 256),
  () => new DateDay(),
  () => new DateMillisecond(),
  () => new TimeSecond(),
  () => new TimeMicrosecond(),
  () => new TimestampSecond("UTC"),
  () => new TimestampMillisecond(),
  () => new TimestampNanosecond(),
  () => new DurationNanosecond(),
  () => new IntervalDayTime(),
  () => new IntervalYearMonth(),
  () => new IntervalMonthDayNano(),
  () => new Utf8(),
  () => new LargeUtf8(),
  () => new Binary(),
  () => new LargeBinary(),
  () => new FixedSizeBinary(3),
  () => new FixedSizeBinary(8),
);

const item = (type: DataType) => new Field("item", type, true);

/** Any type apache-arrow can hold, three levels deep; dictionary ids are never used twice. */
export const anyType: fc.Arbitrary<() => DataType> = fc.letrec<{ type: () => DataType }>((tie) => {
  const inner = tie("type");
  const pair = fc.tuple(inner, inner);
  return {
    type: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      { weight: 12, arbitrary: types },
      { weight: 1, arbitrary: views },
      { weight: 1, arbitrary: inner.map((of) => () => new List(item(of()))) },
      { weight: 1, arbitrary: inner.map((of) => () => new LargeList(item(of()))) },
      { weight: 1, arbitrary: inner.map((of) => () => new FixedSizeList(2, item(of()))) },
      { weight: 1, arbitrary: inner.map((of) => () => new FixedSizeList(0, item(of()))) },
      {
        weight: 1,
        arbitrary: inner.map((of) => () => {
          const entry = [new Field("key", new Utf8(), false), new Field("value", of(), true)];
          return new Map_(new Field("entries", new Struct<{ key: Utf8; value: DataType }>(entry), false));
        }),
      },
      {
        weight: 1,
        arbitrary: pair.map(
          ([a, b]) =>
            () =>
              new Struct([new Field("a", a(), true), new Field("b", b(), true)]),
        ),
      },
      {
        weight: 1,
        arbitrary: pair.map(
          ([a, b]) =>
            () =>
              new SparseUnion([7, 2], [item(a()), new Field("b", b(), true)]),
        ),
      },
      {
        weight: 1,
        arbitrary: pair.map(
          ([a, b]) =>
            () =>
              new DenseUnion([5, 0], [item(a()), new Field("b", b(), true)]),
        ),
      },
      {
        weight: 2,
        // No views: apache-arrow 21.2 counts their offset twice when it writes a dictionary cut out of another.
        arbitrary: fc.tuple(types, fc.constantFrom(new Int8(), new Uint16(), new Int32())).map(
          ([of, indices]) =>
            () =>
              new Dictionary(of(), indices),
        ),
      },
    ),
  };
}).type;

/** Batches of any types, sliced or not, with names that may be anything. */
export function anyBatch(maxRows: number): fc.Arbitrary<RecordBatch> {
  const name = fc.oneof(fc.string(), fc.constantFrom("__proto__", "constructor", "length", ""));
  return fc
    .record({
      seed: fc.integer(),
      rows: fc.nat({ max: maxRows }),
      columns: fc.uniqueArray(fc.tuple(name, anyType), { maxLength: 4, selector: ([name]) => name }),
    })
    .map(({ seed, rows, columns }) => {
      const writer = new DataWriter(seed);
      const fields = columns.map(([name, type]) => new Field(name, type(), true, new Map([["unit", "m"]])));
      const schema = new Schema(fields, new Map([["origin", "test"]]));
      const cut = writer.chance(0.5) ? writer.below(15) : 0;
      const length = rows + cut * 2;
      const children = fields.map(({ type }) => writer.data(type, length));
      const data = makeData({ type: new Struct(fields), length, nullCount: 0, children });
      const batch = new RecordBatch(schema, data, new Map([["batch", "1"]]));
      return cut === 0 ? batch : batch.slice(cut, cut + rows);
    });
}
