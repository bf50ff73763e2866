import {
  Bool,
  type Data,
  DataType,
  DenseUnion,
  Dictionary,
  Field,
  Float64,
  Int32,
  LargeUtf8,
  List,
  makeData,
  Null,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableFromIPC,
  tableToIPC,
  Utf8,
  Utf8View,
  vectorFromArray,
} from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gatherBatch } from "../../src/columns/gather.js";
import { int64Data } from "../../src/columns/withColumns.js";
import { InputError } from "../../src/errors/index.js";
import { anyBatch } from "./anyBatch.js";
import { randomFrom } from "./dataWriter.js";
import { runsOf } from "./masks.js";
import { columnsOf, miscounts } from "./readBack.js";

/** A batch and a mask for its rows, in streaks of any length. */
const masked = (maxRows: number) =>
  fc
    .tuple(anyBatch(maxRows), fc.integer(), fc.constantFrom(0, 0.02, 0.5, 0.98, 1))
    .map(([batch, seed, stay]) => {
      const random = randomFrom(seed);
      const mask = new Uint8Array(batch.numRows);
      for (let i = 0; i < mask.length; i++) {
        mask[i] = i > 0 && random() < stay ? mask[i - 1]! : random() < 0.5 ? 1 : 0;
      }
      return { batch, mask };
    });

const batchOfColumns = (rows: number, columns: Data[], names?: string[]) => {
  const fields = columns.map((data, i) => new Field(names?.[i] ?? `c${i}`, data.type, true));
  const data = makeData({ type: new Struct(fields), length: rows, nullCount: 0, children: columns });
  const schema = new Schema(fields);
  return Object.assign(new RecordBatch(schema, data), { schema });
};

const int32s = (...values: number[]) => makeData({ type: new Int32(), data: Int32Array.from(values) });

// Not the name: apache-arrow 21.2 reads an empty one back as "null".
const described = ({ type, nullable, metadata }: Field) => [String(type), nullable, [...metadata]];

describe("gatherBatch", () => {
  for (const [maxRows, numRuns] of [
    [40, 1200],
    [2000, 60],
  ] as const) {
    it(`takes the same values as reading them one by one, up to ${maxRows} rows`, () => {
      fc.assert(
        fc.property(masked(maxRows), ({ batch, mask }) => {
          const taken = gatherBatch(batch, runsOf(mask));
          expect(taken.numRows).toBe(mask.reduce((sum, flag) => sum + flag, 0));
          expect(taken.schema).toBe(batch.schema);
          expect(taken.metadata).toEqual(batch.metadata);
          expect(columnsOf(taken)).toEqual(
            columnsOf(batch).map((column) => column.filter((_, row) => mask[row] === 1)),
          );
          if (taken !== batch) expect(taken.data.children.flatMap((data) => miscounts(data))).toEqual([]);
        }),
        { numRuns },
      );
    });
  }

  it("survives IPC, file and stream", () => {
    fc.assert(
      fc.property(
        masked(40),
        fc.constantFrom("file" as const, "stream" as const),
        ({ batch, mask }, format) => {
          const taken = gatherBatch(batch, runsOf(mask));
          // A batch that is given back whole is written as the caller made it.
          if (taken === batch) return;
          const back = tableFromIPC(tableToIPC(new Table([taken]), format)).batches[0]!;
          expect(columnsOf(back)).toEqual(columnsOf(taken));
          expect(back.schema.fields.map(described)).toEqual(taken.schema.fields.map(described));
          expect(back.schema.metadata).toEqual(taken.schema.metadata);
          expect(back.data.children.map(({ nullCount }) => nullCount)).toEqual(
            taken.data.children.map(({ nullCount }) => nullCount),
          );
        },
      ),
      { numRuns: 800 },
    );
  });

  it("gives the batch itself back when one run covers it, and a batch without rows for no runs", () => {
    const batch = batchOfColumns(3, [
      int32s(1, 2, 3),
      vectorFromArray(["a", null, "c"], new Utf8()).data[0]!,
    ]);
    expect(gatherBatch(batch, Int32Array.of(0, 3))).toBe(batch);
    const none = gatherBatch(batch, new Int32Array(0));
    expect([none.numRows, none.schema === batch.schema]).toEqual([0, true]);
    const back = tableFromIPC(tableToIPC(new Table([none])));
    expect([back.numRows, String(back.schema)]).toEqual([0, String(batch.schema)]);
  });

  it("counts the rows of a batch without columns", () => {
    expect(gatherBatch(batchOfColumns(9, []), Int32Array.of(0, 2, 5, 9)).numRows).toBe(6);
  });

  it("takes rows from an empty batch as apache-arrow makes it, with no offsets at all", () => {
    const fields = [new Field("s", new Utf8(), true), new Field("l", new LargeUtf8(), true)];
    const empty = gatherBatch(new RecordBatch(new Schema(fields), undefined), new Int32Array(0));
    expect(empty.data.children.map(({ valueOffsets }) => valueOffsets)).toEqual([
      Int32Array.of(0),
      BigInt64Array.of(0n),
    ]);
  });

  it("takes the null rows that apache-arrow pads short columns with, which have no values", () => {
    const texts = vectorFromArray(["a", "bc"], new Utf8()).data[0]!;
    const lists = vectorFromArray([["x"], ["y", "z"]], new List(new Field("item", new Utf8(), true)))
      .data[0]!;
    const either = new DenseUnion([4], [new Field("n", new Int32(), true)]);
    const pairs = makeData({
      type: new Struct([new Field("n", new Int32(), true), new Field("u", either, true)]),
      children: [
        int32s(7, 8),
        makeData({ type: either, typeIds: [4, 4], valueOffsets: [1, 0], children: [int32s(5, 6)] } as never),
      ],
    });
    const flags = vectorFromArray([true, false], new Bool()).data[0]!;
    const batch = batchOfColumns(70, [texts, lists, pairs, flags, int32s(...new Array(70).keys())]);
    const taken = gatherBatch(batch, Int32Array.of(1, 4, 60, 62));
    expect(columnsOf(taken)).toEqual([
      ["bc", null, null, null, null],
      [["y", "z"], null, null, null, null],
      [
        [
          ["n", 8],
          ["u", 5],
        ],
        null,
        null,
        null,
        null,
      ],
      [false, null, null, null, null],
      [1, 2, 3, 60, 61],
    ]);
    expect(taken.data.children.flatMap((data) => miscounts(data))).toEqual([]);
  });

  it("shares dictionaries, and counts nulls itself", () => {
    const dictionary = vectorFromArray(["FR", "US"], new Utf8());
    const type = new Dictionary(new Utf8(), new Int32());
    const codes = makeData({ type, data: Int32Array.of(0, 1, 1), dictionary });
    const lying = makeData({
      type: new Int32(),
      data: Int32Array.of(1, 2, 3),
      nullBitmap: Uint8Array.of(0xff),
      nullCount: 2,
    });
    const nulls = makeData({ type: new Null(), length: 3 }).slice(0, 3);
    const { children } = gatherBatch(batchOfColumns(3, [codes, lying, nulls]), Int32Array.of(1, 3)).data;
    expect(children[0]!.dictionary).toBe(dictionary);
    expect(children.map(({ nullCount }) => nullCount)).toEqual([0, 0, 2]);
  });

  it("keeps every bit of a double", () => {
    const signalling = new BigInt64Array([0x7ff0000000000001n, -1n, 0n]);
    const data = makeData({ type: new Float64(), data: new Float64Array(signalling.buffer) });
    const taken = gatherBatch(batchOfColumns(3, [data]), Int32Array.of(0, 2)).data.children[0]!;
    expect(new BigInt64Array(taken.values.buffer)).toEqual(signalling.slice(0, 2));
  });

  it("shares the buffers of views while most of them are used, and copies what is used otherwise", () => {
    const texts = Array.from({ length: 20 }, (_, i) =>
      i % 2 ? "short" : `a text that is long, number ${i}`,
    );
    const data = vectorFromArray(texts, new Utf8View()).data[0]!;
    const batch = batchOfColumns(20, [data]);
    const most = gatherBatch(batch, Int32Array.of(0, 16)).data.children[0]!;
    expect(most.variadicBuffers[0]!.buffer).toBe(data.variadicBuffers[0]!.buffer);
    const few = gatherBatch(batch, Int32Array.of(3, 5, 9, 11));
    expect(columnsOf(few)).toEqual([[...texts.slice(3, 5), ...texts.slice(9, 11)]]);
    expect(few.data.children[0]!.variadicBuffers.map(({ length }) => length)).toEqual([
      texts[4]!.length + texts[10]!.length,
    ]);
    const short = gatherBatch(batch, Int32Array.of(3, 4)).data.children[0]!;
    expect(short.variadicBuffers).toEqual([]);
  });

  it("doesn't follow the view of a null row, which may hold anything", () => {
    const views = new Uint8Array(4 * 16);
    new Int32Array(views.buffer).set([20, 0, 0, 5, 1_000_000, 0, 99, -1], 4);
    const long = Uint8Array.from({ length: 60 }, (_, i) => 65 + i);
    const nullBitmap = Uint8Array.of(0b1011);
    const type = new Utf8View();
    const data = makeData({ type, length: 4, nullBitmap, views, variadicBuffers: [long] });
    const taken = gatherBatch(batchOfColumns(4, [data]), Int32Array.of(1, 4));
    expect(columnsOf(taken)).toEqual([["FGHIJKLMNOPQRSTUVWXY", null, ""]]);
    const { values, variadicBuffers } = taken.data.children[0]!;
    expect(variadicBuffers.map(({ length }) => length)).toEqual([20]);
    expect(values.subarray(16)).toEqual(new Uint8Array(32));
  });

  it("keeps columns of one name apart, and the types that their schema gives them", () => {
    const texts = vectorFromArray(["a", "b"], new Utf8()).data[0]!;
    const batch = batchOfColumns(2, [int32s(1, 2), texts, int32s(3, 4)], ["__proto__", "x", "x"]);
    const taken = gatherBatch(batch, Int32Array.of(1, 2));
    expect(columnsOf(taken)).toEqual([[2], ["b"], [4]]);
    expect(taken.schema.fields.map(({ type }) => String(type))).toEqual(["Int32", "Utf8", "Int32"]);
  });

  it("names the column whose type it doesn't know", () => {
    class RunEndEncoded extends DataType {
      constructor() {
        super(22 as never);
      }
      override toString() {
        return "RunEndEncoded";
      }
    }
    const odd = int32s(1, 2).clone(new RunEndEncoded());
    const take = () => gatherBatch(batchOfColumns(2, [int32s(1, 2), odd], ["a", "b"]), Int32Array.of(0, 1));
    expect(take).toThrow(InputError);
    expect(take).toThrow('column "b": can\'t take rows of type RunEndEncoded');
  });

  it.each([
    ["99 %", 0.99],
    ["one in twenty", 0.05],
    ["one in a thousand", 0.001],
  ])("takes %s of a million rows of six columns", (_, share) => {
    const rows = 1_000_000;
    const random = randomFrom(1);
    const bits = () => new Uint8Array(rows / 8).map(() => random() * 256);
    const type = new Dictionary(new Utf8(), new Int32());
    const dictionary = vectorFromArray(["a", "b", "c"], new Utf8());
    const batch = batchOfColumns(rows, [
      int64Data(Float64Array.from({ length: rows }, (_, i) => i * 2 ** 30)),
      makeData({ type: new Float64(), data: new Float64Array(rows).map(random), nullBitmap: bits() }),
      makeData({ type: new Int32(), data: new Int32Array(rows).map((_, i) => i) }),
      makeData({ type: new Bool(), length: rows, data: bits(), nullBitmap: bits() }),
      makeData({
        type: new Utf8(),
        valueOffsets: new Int32Array(rows + 1).map((_, i) => i * 20),
        data: new Uint8Array(rows * 20).map((_, i) => 97 + (i % 26)),
      }),
      makeData({ type, data: new Int32Array(rows).map((_, i) => i % 3), dictionary }),
    ]);
    const mask = new Uint8Array(rows).map(() => (random() < share ? 1 : 0));
    const taken = gatherBatch(batch, runsOf(mask));
    const kept = Int32Array.from({ length: rows }, (_, i) => i).filter((i) => mask[i] === 1);
    expect(taken.numRows).toBe(kept.length);
    const differing = batch.schema.fields.map((_, column) => {
      const [before, after] = [batch.getChildAt(column)!, taken.getChildAt(column)!];
      let rows = 0;
      for (let i = 0; i < kept.length; i++) if (before.get(kept[i]!) !== after.get(i)) rows++;
      return rows;
    });
    expect(differing).toEqual([0, 0, 0, 0, 0, 0]);
  });
});
