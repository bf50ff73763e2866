import {
  Bool,
  Data,
  type DataType,
  Dictionary,
  Field,
  Int8,
  Int32,
  Int64,
  LargeUtf8,
  List,
  makeData,
  Null,
  RecordBatch,
  Schema,
  SparseUnion,
  Struct,
  Utf8,
  Utf8View,
  Vector,
  vectorFromArray,
} from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkBatch } from "../../src/columns/integrity.js";
import { InputError } from "../../src/errors/index.js";
import { allTypes, batchesArb } from "./arbitraries.js";

function batchOf(data: Data): RecordBatch {
  const schema = new Schema([new Field("x", data.type, true)]);
  return new RecordBatch(
    schema,
    makeData({ type: new Struct(schema.fields), length: data.length, children: [data], nullCount: 0 }),
  );
}

function raw(
  type: DataType,
  length: number,
  nullCount: number,
  buffers: unknown[],
  rest: unknown[] = [],
): Data {
  const [children = [], dictionary, variadic] = rest as [Data[]?, Vector?, Uint8Array[]?];
  return new Data(type, 0, length, nullCount, buffers as never, children, dictionary, variadic);
}

const words = vectorFromArray(["a", "b"], new Utf8());
const utf8 = new TextEncoder().encode("abcdef");

function views(length: number, buffer: number, from: number): Uint8Array {
  return new Uint8Array(Int32Array.of(length, 0, buffer, from).buffer);
}

const faults: [string, Data, string][] = [
  [
    "values cut short",
    raw(new Int64(), 1000, 0, [undefined, new BigInt64Array(10)]),
    "claims 1000 values of 8 bytes, its buffer has 80 bytes",
  ],
  ["no values at all", raw(new Int32(), 1, 0, []), "its buffer has 0 bytes"],
  [
    "bits cut short",
    raw(new Bool(), 17, 0, [undefined, new Uint8Array(2)]),
    "claims 17 values, its buffer has 2 bytes",
  ],
  [
    "a short bitmap",
    raw(new Int8(), 9, 1, [undefined, new Int8Array(9), new Uint8Array(1)]),
    "9 rows and a validity bitmap of 1 bytes",
  ],
  [
    "nulls without a bitmap",
    raw(new Int8(), 2, 1, [undefined, new Int8Array(2)]),
    "claims 1 nulls and has no validity bitmap",
  ],
  [
    "too few nulls",
    raw(new Int8(), 3, 0, [undefined, new Int8Array(3), Uint8Array.of(0b101)]),
    "claims 0 nulls, its validity bitmap has 1",
  ],
  [
    "offsets cut short",
    raw(new Utf8(), 3, 0, [Int32Array.of(0, 1, 2), utf8]),
    "has 3 rows and 3 offsets, not 4",
  ],
  [
    "offsets that go back",
    raw(new Utf8(), 3, 0, [Int32Array.of(0, 4, 2, 5), utf8]),
    "has the offset 2 after 4, in row 1",
  ],
  ["a negative offset", raw(new Utf8(), 1, 0, [Int32Array.of(-1, 2), utf8]), "starts at the offset -1"],
  [
    "an end beyond the bytes",
    raw(new Utf8(), 1, 0, [Int32Array.of(0, 7), utf8]),
    "ends at the offset 7, beyond its 6 bytes",
  ],
  [
    "a large end",
    raw(new LargeUtf8(), 1, 0, [BigInt64Array.of(0n, 2n ** 40n), utf8]),
    `ends at the offset ${2 ** 40}`,
  ],
  ["large disorder", raw(new LargeUtf8(), 2, 0, [BigInt64Array.of(0n, 2n ** 62n, 1n), utf8]), "in row 1"],
  [
    "a negative large offset",
    raw(new LargeUtf8(), 1, 0, [BigInt64Array.of(-1n, 1n), utf8]),
    "starts at the offset -1",
  ],
  [
    "an index beyond the dictionary",
    raw(new Dictionary(new Utf8(), new Int8()), 2, 0, [undefined, Int8Array.of(0, 2)], [[], words]),
    "dictionary index 2 in row 1, its dictionary has 2 values",
  ],
  [
    "a negative index",
    raw(
      new Dictionary(new Utf8(), new Int64() as never),
      1,
      0,
      [undefined, BigInt64Array.of(-1n)],
      [[], words],
    ),
    "dictionary index -1",
  ],
  [
    "no dictionary",
    raw(new Dictionary(new Utf8(), new Int8()), 1, 0, [undefined, Int8Array.of(0)]),
    "has no dictionary",
  ],
  [
    "a bad dictionary",
    raw(
      new Dictionary(new Utf8(), new Int8()),
      1,
      0,
      [undefined, Int8Array.of(0)],
      [[], new Vector([raw(new Utf8(), 1, 0, [Int32Array.of(0, 9), utf8])])],
    ),
    'column "x (dictionary)" ends at the offset 9',
  ],
  [
    "a view of a missing buffer",
    raw(new Utf8View(), 1, 0, [undefined, views(20, 1, 0)], [[], undefined, [utf8]]),
    "buffer 1 in row 0",
  ],
  [
    "a view beyond its buffer",
    raw(new Utf8View(), 1, 0, [undefined, views(20, 0, 3)], [[], undefined, [utf8]]),
    "bytes 3 to 23 of buffer 0",
  ],
  ["a negative view", raw(new Utf8View(), 1, 0, [undefined, views(-5, 0, 0)]), "a value of -5 bytes"],
  ["views cut short", raw(new Utf8View(), 2, 0, [undefined, views(1, 0, 0)]), "claims 2 views of 16 bytes"],
  [
    "a list beyond its child",
    raw(
      new List(new Field("item", new Int8())),
      1,
      0,
      [Int32Array.of(0, 3)],
      [[raw(new Int8(), 2, 0, [undefined, new Int8Array(2)])]],
    ),
    "beyond its 2 values",
  ],
  [
    "a bad child",
    raw(
      new List(new Field("item", new Int8())),
      1,
      0,
      [Int32Array.of(0, 2)],
      [[raw(new Int8(), 2, 0, [undefined, new Int8Array(1)])]],
    ),
    'column "x[]" claims 2 values',
  ],
  [
    "a struct's short field",
    raw(
      new Struct([new Field("f", new Int8())]),
      3,
      0,
      [],
      [[raw(new Int8(), 2, 0, [undefined, new Int8Array(2)])]],
    ),
    'has 3 rows, its field "x.f" 2',
  ],
];

describe("checkBatch", () => {
  it("finds nothing in batches that are what they claim", () => {
    fc.assert(
      fc.property(batchesArb(allTypes), (batches) => {
        for (const batch of batches) checkBatch(batch);
      }),
    );
  });

  it.each(faults)("finds %s", (_, data, message) => {
    const check = () => checkBatch(batchOf(data));
    expect(check).toThrow(message);
    expect(check).toThrow('column "x');
    expect(check).toThrow(InputError);
    expect(check).toThrow(expect.objectContaining({ code: "input/corrupt" }));
  });

  it("lets the slots of nulls hold anything", () => {
    const type = new Dictionary(new Utf8(), new Int8());
    checkBatch(
      batchOf(raw(type, 3, 1, [undefined, Int8Array.of(0, 99, 1), Uint8Array.of(0b101)], [[], words])),
    );
    checkBatch(
      batchOf(raw(new Utf8View(), 2, 1, [undefined, new Uint8Array(32).fill(255, 16), Uint8Array.of(1)])),
    );
    checkBatch(batchOf(raw(type, 1, 1, [undefined, Int8Array.of(0), Uint8Array.of(0)])));
  });

  it("caps rows, and refuses unions", () => {
    const nulls = batchOf(makeData({ type: new Null(), length: 2_000_000_000 }));
    checkBatch(nulls);
    expect(() => checkBatch(nulls, { maxRows: 1_000_000 })).toThrow("more than maxRows 1000000");
    const union = new SparseUnion([0], [new Field("a", new Int8())]);
    const data = makeData({
      type: union,
      length: 1,
      typeIds: Int8Array.of(0),
      children: [vectorFromArray([1], new Int8()).data[0]!],
    });
    expect(() => checkBatch(batchOf(data))).toThrow("not supported");
  });
});
