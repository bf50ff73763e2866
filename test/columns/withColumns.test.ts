import {
  Field,
  Int32,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableFromIPC,
  tableToIPC,
} from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { int64Data, utf8ListData, withColumns } from "../../src/columns/withColumns.js";
import { EngineError } from "../../src/errors/index.js";
import { anyBatch } from "./anyBatch.js";
import { columnsOf, miscounts } from "./readBack.js";

const rowAndRules = (rows: number, names = ["_row", "_rules"]) => {
  const row = int64Data(Array.from({ length: rows }, (_, i) => i * 3));
  const rules = utf8ListData(
    [["b", "a/é"], ["a/é"]],
    Array.from({ length: rows }, (_, i) => i % 2),
  );
  return [
    { field: new Field(names[0]!, row.type, false), data: row },
    { field: new Field(names[1]!, rules.type, false), data: rules },
  ];
};

describe("withColumns", () => {
  it("appends columns and leaves the others, the schema's metadata and the batch's alone, through IPC too", () => {
    fc.assert(
      fc.property(anyBatch(20), (batch) => {
        const extra = rowAndRules(batch.numRows);
        const wider = withColumns(batch, extra);
        const { fields, metadata } = wider.schema;
        expect(fields).toEqual([...batch.schema.fields, ...extra.map(({ field }) => field)]);
        for (const [i, data] of batch.data.children.entries()) expect(wider.data.children[i]).toBe(data);
        expect(metadata).toEqual(batch.schema.metadata);
        expect(wider.metadata).toEqual(batch.metadata);
        const added = columnsOf(wider).slice(-2);
        expect(added[0]).toEqual(Array.from({ length: batch.numRows }, (_, i) => BigInt(i * 3)));
        expect(added[1]).toEqual(
          Array.from({ length: batch.numRows }, (_, i) => (i % 2 ? ["a/é"] : ["b", "a/é"])),
        );
      }),
    );
  });

  it("takes any name, also those the batch has", () => {
    const five = makeData({ type: new Int32(), length: 2, data: Int32Array.of(5, 6) });
    const seven = makeData({ type: new Int32(), length: 2, data: Int32Array.of(7, 8) });
    const fields = [new Field("__proto__", five.type), new Field("_row", seven.type)];
    const data = makeData({ type: new Struct(fields), length: 2, children: [five, seven] });
    const batch = new RecordBatch(new Schema(fields), data);
    const wider = withColumns(batch, rowAndRules(2, ["__proto__", "_row"]));
    expect(wider.schema.names).toEqual(["__proto__", "_row", "__proto__", "_row"]);
    expect(wider.schema.fields.map(({ type }) => String(type))).toEqual([
      "Int32",
      "Int32",
      "Int64",
      "List<Utf8>",
    ]);
    const values = [
      [5, 6],
      [7, 8],
      [0n, 3n],
      [["b", "a/é"], ["a/é"]],
    ];
    expect(columnsOf(wider)).toEqual(values);
    expect(columnsOf(tableFromIPC(tableToIPC(new Table([wider]), "file")).batches[0]!)).toEqual(values);
  });

  it("refuses a column of another length, which Arrow would fill with nulls", () => {
    const none = makeData({ type: new Struct([]), length: 0, children: [] });
    const batch = new RecordBatch(new Schema([]), none);
    const extra = rowAndRules(1);
    expect(() => withColumns(batch, extra)).toThrow(EngineError);
    expect(() => withColumns(batch, extra)).toThrow('column "_row" has 1 rows, its batch 0');
  });
});

describe("int64Data", () => {
  it("takes arrays and doubles, and counts no nulls", () => {
    const values = [0, -1, 2 ** 31, 2 ** 32, -(2 ** 40) - 1, Number.MAX_SAFE_INTEGER];
    for (const data of [int64Data(values), int64Data(Float64Array.from(values))]) {
      expect(data.values).toEqual(BigInt64Array.from(values, BigInt));
      expect([data.length, data.nullCount]).toEqual([6, 0]);
    }
  });
});

describe("utf8ListData", () => {
  it("holds the lists as they are", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 40 });
    fc.assert(
      fc.property(
        fc.array(fc.array(text, { maxLength: 5 }), { maxLength: 30 }),
        fc.array(fc.nat(29)),
        (sets, draws) => {
          const numbers = sets.length === 0 ? [] : draws.map((draw) => draw % sets.length);
          const lists = numbers.map((number) => sets[number]!);
          const data = utf8ListData(sets, numbers);
          const field = new Field("__proto__", data.type, false);
          const schema = new Schema([field]);
          const rows = makeData({ type: new Struct([field]), length: lists.length, children: [data] });
          const batch = new RecordBatch(schema, rows);
          expect(columnsOf(batch)).toEqual([lists]);
          expect(miscounts(data)).toEqual([]);
          const [back] = tableFromIPC(tableToIPC(new Table([batch]))).batches;
          expect(columnsOf(back!)).toEqual([lists]);
        },
      ),
    );
  });
});
