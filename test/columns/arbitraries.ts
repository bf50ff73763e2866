import {
  Binary,
  BinaryView,
  Bool,
  type Data,
  DataType,
  DateDay,
  DateMillisecond,
  Decimal,
  Dictionary,
  DurationMicrosecond,
  DurationMillisecond,
  DurationNanosecond,
  DurationSecond,
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
  LargeBinary,
  LargeList,
  LargeUtf8,
  List,
  makeData,
  Null,
  RecordBatch,
  Schema,
  Struct,
  TimeMicrosecond,
  TimeMillisecond,
  TimeNanosecond,
  TimeSecond,
  Timestamp,
  TimeUnit,
  Uint8,
  Uint16,
  Uint32,
  Uint64,
  Utf8,
  Utf8View,
  Vector,
} from "apache-arrow";
import fc from "fast-check";

/** Fixed-width types whose every bit pattern is a value. */
const numeric: DataType[] = [
  new Int8(),
  new Int16(),
  new Int32(),
  new Int64(),
  new Uint8(),
  new Uint16(),
  new Uint32(),
  new Uint64(),
  new Float16(),
  new Float32(),
  new Float64(),
  new Decimal(4, 38, 128),
  new Decimal(0, 38, 128),
  new Decimal(-2, 30, 128),
  new Decimal(20, 76, 256),
  new DateDay(),
  new DateMillisecond(),
  new TimeSecond(),
  new TimeMillisecond(),
  new TimeMicrosecond(),
  new TimeNanosecond(),
  new DurationSecond(),
  new DurationMillisecond(),
  new DurationMicrosecond(),
  new DurationNanosecond(),
  ...[TimeUnit.SECOND, TimeUnit.MILLISECOND, TimeUnit.MICROSECOND, TimeUnit.NANOSECOND].flatMap((unit) => [
    new Timestamp(unit, null),
    new Timestamp(unit, "Europe/Paris"),
  ]),
];

/** Every flat type that a text file can hold and give back. */
export const flatTypes: DataType[] = [
  ...numeric,
  new Null(),
  new Bool(),
  new Utf8(),
  new LargeUtf8(),
  new Utf8View(),
  new Binary(),
  new LargeBinary(),
  new BinaryView(),
  new FixedSizeBinary(3),
  new Dictionary(new Utf8(), new Int8()),
  new Dictionary(new Int64(), new Uint32()),
  new List(new Field("item", new Utf8(), true)),
];

/** Flat types and some nested ones. */
export const allTypes: DataType[] = [
  ...flatTypes,
  new LargeList(new Field("item", new Int32(), true)),
  new FixedSizeList(2, new Field("item", new Float64(), true)),
  new Struct([
    new Field("a", new Int64(), true),
    new Field("b", new List(new Field("item", new Bool(), true)), true),
  ]),
  new List(new Field("item", new Dictionary(new Utf8(), new Int16()), true)),
];

function bitmapOf(bits: readonly boolean[]): Uint8Array {
  const bitmap = new Uint8Array(Math.ceil(bits.length / 64) * 8);
  for (const [i, bit] of bits.entries()) if (bit) bitmap[i >> 3]! |= 1 << (i & 7);
  return bitmap;
}

function widthOf(type: DataType): number {
  if (DataType.isFixedSizeBinary(type)) return type.byteWidth;
  if (DataType.isDecimal(type)) return type.bitWidth / 8;
  return (type.ArrayType as unknown as { BYTES_PER_ELEMENT: number }).BYTES_PER_ELEMENT;
}

const words = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  fc.bigInt({ min: 0n, max: 300n }),
  fc.bigInt({ min: 2n ** 64n - 300n, max: 2n ** 64n - 1n }),
  fc.constantFrom(
    0n,
    2n ** 53n,
    2n ** 53n + 1n,
    2n ** 63n - 1n,
    2n ** 63n,
    0x7ff0000000000000n,
    0x8000000000000000n,
  ),
);

function bytesArb(count: number, width: number): fc.Arbitrary<Uint8Array> {
  const perValue = Math.ceil(width / 8);
  return fc.array(words, { minLength: count * perValue, maxLength: count * perValue }).map((all) => {
    const wide = new Uint8Array(BigUint64Array.from(all).buffer);
    const out = new Uint8Array(count * width);
    for (let i = 0; i < count; i++)
      out.set(wide.subarray(i * perValue * 8, i * perValue * 8 + width), i * width);
    return out;
  });
}

function decimalArb(type: Decimal, count: number): fc.Arbitrary<Uint8Array> {
  const limit = 10n ** BigInt(type.precision) - 1n;
  const value = fc.oneof(fc.bigInt({ min: -limit, max: limit }), fc.bigInt({ min: -1000n, max: 1000n }));
  return fc.array(value, { minLength: count, maxLength: count }).map((all) => {
    const stride = type.bitWidth / 64;
    const longs = new BigInt64Array(count * stride);
    for (const [i, one] of all.entries()) {
      for (let k = 0; k < stride; k++) longs[i * stride + k] = BigInt.asIntN(64, one >> BigInt(64 * k));
    }
    return new Uint8Array(longs.buffer);
  });
}

/** Text without NUL, which no reader of text files takes. */
export const textArb: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 20 }),
  fc.string({
    unit: fc.constantFrom('"', ",", "\n", "\r", "'", "=", " ", "\t", "é", "𝒳", "\\", "a", "-", "1"),
  }),
  fc.constantFrom("", "null", "NaN", "true", "007", "1e3", "{}", "__proto__", "\ufeff"),
);

interface Bytes {
  readonly valueOffsets: Int32Array;
  readonly data: Uint8Array;
}

function concat(parts: readonly Uint8Array[]): Bytes {
  const valueOffsets = new Int32Array(parts.length + 1);
  for (const [i, part] of parts.entries()) valueOffsets[i + 1] = valueOffsets[i]! + part.length;
  const data = new Uint8Array(valueOffsets[parts.length]!);
  for (const [i, part] of parts.entries()) data.set(part, valueOffsets[i]!);
  return { valueOffsets, data };
}

function viewsOf(parts: readonly Uint8Array[]): { views: Uint8Array; variadicBuffers: Uint8Array[] } {
  const views = new Uint8Array(parts.length * 16);
  const view = new DataView(views.buffer);
  const variadicBuffers: Uint8Array[] = [];
  for (const [i, part] of parts.entries()) {
    view.setInt32(i * 16, part.length, true);
    if (part.length <= 12) views.set(part, i * 16 + 4);
    else {
      views.set(part.subarray(0, 4), i * 16 + 4);
      view.setInt32(i * 16 + 8, variadicBuffers.push(part) - 1, true);
    }
  }
  return { views, variadicBuffers };
}

function listSizes(type: DataType, length: number): fc.Arbitrary<number[]> {
  const fixed = DataType.isFixedSizeList(type) ? type.listSize : undefined;
  const size = fixed === undefined ? fc.nat({ max: 3 }) : fc.constant(fixed);
  return fc.array(size, { minLength: length, maxLength: length });
}

function nested(type: DataType, length: number, validity: object): fc.Arbitrary<Data> {
  if (DataType.isStruct(type)) {
    return fc
      .tuple(...type.children.map((child) => dataArb(child.type, length)))
      .map((children) => makeData({ type, length, children, ...validity }));
  }
  return listSizes(type, length).chain((sizes) => {
    const ends = [0];
    for (const size of sizes) ends.push(ends.at(-1)! + size);
    const valueOffsets = DataType.isLargeList(type)
      ? BigInt64Array.from(ends, BigInt)
      : Int32Array.from(ends);
    return dataArb(type.children[0]!.type, ends.at(-1)!).map(
      (child) =>
        makeData({
          type: type as List,
          length,
          child,
          valueOffsets: valueOffsets as Int32Array,
          ...validity,
        }) as Data,
    );
  });
}

function valuesArb(type: DataType, length: number, validity: object): fc.Arbitrary<Data> {
  if (DataType.isNull(type)) return fc.constant(makeData({ type, length }) as Data);
  if (DataType.isBool(type)) {
    return fc
      .array(fc.boolean(), { minLength: length, maxLength: length })
      .map((bits) => makeData({ type, length, data: bitmapOf(bits), ...validity }) as Data);
  }
  if (DataType.isDictionary(type)) {
    return fc.integer({ min: 1, max: 5 }).chain((size) =>
      fc
        .tuple(
          dataArb(type.dictionary, size, true),
          fc.array(fc.nat({ max: size - 1 }), { minLength: length, maxLength: length }),
        )
        .map(
          ([values, codes]) =>
            makeData({
              type,
              length,
              data: new (type.indices.ArrayType as Int32ArrayConstructor)(codes),
              dictionary: new Vector([values]),
              ...validity,
            }) as Data,
        ),
    );
  }
  if (type.children) return nested(type, length, validity);
  const texts = DataType.isUtf8(type) || DataType.isLargeUtf8(type) || DataType.isUtf8View(type);
  const blobs = DataType.isBinary(type) || DataType.isLargeBinary(type) || DataType.isBinaryView(type);
  if (texts || blobs) {
    const part = texts
      ? textArb.map((text) => new TextEncoder().encode(text))
      : fc.uint8Array({ maxLength: 20 });
    return fc.array(part, { minLength: length, maxLength: length }).map((parts) => {
      if (DataType.isUtf8View(type) || DataType.isBinaryView(type)) {
        return makeData({ type: type as Utf8View, length, ...viewsOf(parts), ...validity }) as Data;
      }
      const { valueOffsets, data } = concat(parts);
      const wide = DataType.isLargeUtf8(type) || DataType.isLargeBinary(type);
      const offsets = wide ? BigInt64Array.from(valueOffsets, BigInt) : valueOffsets;
      return makeData({
        type: type as Utf8,
        length,
        data,
        valueOffsets: offsets as Int32Array,
        ...validity,
      }) as Data;
    });
  }
  const bytes = DataType.isDecimal(type) ? decimalArb(type, length) : bytesArb(length, widthOf(type));
  return bytes.map(
    (data) =>
      makeData({ type: type as Int32, length, data: data as unknown as Int32Array, ...validity }) as Data,
  );
}

/** Data of a type: any value, any nulls, no more structure than the type asks for. */
export function dataArb(type: DataType, length: number, allValid = false): fc.Arbitrary<Data> {
  if (allValid) return valuesArb(type, length, { nullCount: 0 });
  return fc
    .oneof(fc.constant(undefined), fc.array(fc.boolean(), { minLength: length, maxLength: length }))
    .chain((valid) => {
      const nullCount = valid ? valid.filter((bit) => !bit).length : 0;
      return valuesArb(
        type,
        length,
        valid && nullCount > 0 ? { nullCount, nullBitmap: bitmapOf(valid) } : { nullCount: 0 },
      );
    });
}

/** The type with dictionary ids of its own, as apache-arrow's writer wants for columns of different dictionaries. */
function withOwnIds(type: DataType): DataType {
  if (DataType.isDictionary(type)) return new Dictionary(type.dictionary, type.indices);
  if (!DataType.isList(type)) return type;
  return new List(new Field("item", withOwnIds(type.valueType), true));
}

/** Batches of one schema of 1 to 4 columns over `types`; some are slices, some are empty. */
export function batchesArb(types: readonly DataType[]): fc.Arbitrary<RecordBatch[]> {
  return fc.array(fc.constantFrom(...types), { minLength: 1, maxLength: 4 }).chain((columns) => {
    const schema = new Schema(columns.map((type, i) => new Field(`c${i}`, withOwnIds(type), true)));
    const batch = fc.nat({ max: 12 }).chain((length) =>
      fc
        .tuple(
          fc.tuple(...schema.fields.map(({ type }) => dataArb(type, length))),
          fc.nat({ max: 12 }),
          fc.boolean(),
        )
        .map(([children, cut, sliced]) => {
          const data = makeData({ type: new Struct(schema.fields), length, children, nullCount: 0 });
          const whole = new RecordBatch(schema, data);
          return sliced && cut <= length ? whole.slice(cut, length) : whole;
        }),
    );
    return fc.array(batch, { minLength: 0, maxLength: 3 });
  });
}
