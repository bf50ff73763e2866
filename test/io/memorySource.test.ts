import { createRequire } from "node:module";
import {
  Data,
  Field,
  Int32,
  makeData,
  RecordBatch,
  RecordBatchReader,
  Schema,
  Struct,
  Table,
  tableFromArrays,
  tableFromIPC,
  tableFromJSON,
  tableToIPC,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import { describe, expect, it } from "vitest";
import { isRecordBatch, isTable } from "../../src/columns/arrowShape.js";
import { ConfigError, InputError } from "../../src/errors/index.js";
import { fromBatch, fromIterable, fromTable } from "../../src/io/memorySource.js";
import type { Source } from "../../src/io/source.js";

const abc = tableFromArrays({ a: Int32Array.of(1, 2, 3), b: ["x", "y", "z"], c: [0.5, null, 1.5] });

async function read(source: Source, columns?: number[]): Promise<RecordBatch[]> {
  const batches: RecordBatch[] = [];
  for await (const batch of source.batches(columns ? { columns } : {})) batches.push(batch);
  return batches;
}

/** The CommonJS build is another copy; without its markers it looks like a version from before them. */
function otherCopy(): typeof import("apache-arrow") {
  const copy = createRequire(import.meta.url)("apache-arrow") as typeof import("apache-arrow");
  expect(copy.Table).not.toBe(Table);
  return copy;
}

describe("fromTable", () => {
  it("yields the table's batches, as often as asked", async () => {
    const table = new Table([...abc.batches, ...abc.batches]);
    const source = fromTable(table);
    expect(source.rows).toBe(6);
    expect(source.rereadable).toBe(true);
    expect(source.description).toEqual({ kind: "memory" });
    for (let pass = 0; pass < 2; pass++) expect(await read(source)).toEqual(table.batches);
  });

  it("prunes columns by index and keeps the row count without any", async () => {
    const [pruned] = await read(fromTable(abc), [0, 2]);
    expect(pruned!.schema.names).toEqual(["a", "c"]);
    expect(pruned!.getChildAt(1)!.toJSON()).toEqual([0.5, null, 1.5]);
    const [none] = await read(fromTable(abc), []);
    expect([none!.numCols, none!.numRows]).toEqual([0, 3]);
  });

  it("accepts a table with columns and no batches", async () => {
    const source = fromTable(new Table(new Schema([new Field("a", new Int32())]), []));
    expect(source.rows).toBe(0);
    expect(await read(source)).toEqual([]);
  });

  it("reads a column named __proto__", async () => {
    const schema = new Schema([new Field("__proto__", new Int32()), new Field("b", new Int32())]);
    const children = [
      vectorFromArray([1, 2], new Int32()).data[0]!,
      vectorFromArray([3, 4], new Int32()).data[0]!,
    ];
    const type = new Struct(schema.fields);
    const source = fromTable(
      new Table(schema, [new RecordBatch(schema, makeData({ type, length: 2, children }))]),
    );
    const [batch] = await read(source, [0]);
    expect(batch!.schema.names).toEqual(["__proto__"]);
    expect(batch!.getChildAt(0)!.toJSON()).toEqual([1, 2]);
  });

  it("refuses what is not a table, has no columns, or names one twice", () => {
    expect(() => fromTable([1, 2] as never)).toThrow("expected an Arrow table, got an array of 2");
    expect(() => fromTable({ rows: 1 } as never)).toThrow("an object with the keys rows");
    expect(() => fromTable(null as never)).toThrow("got null");
    expect(() => fromTable(abc.batches[0] as never)).toThrow("got an Arrow record batch");
    expect(() => fromTable(new Table())).toThrow("the table has no columns");
    const twice = new Schema([new Field("a", new Int32()), new Field("a", new Utf8())]);
    expect(() => fromTable(new Table(twice, []))).toThrow('the table has two columns named "a"');
  });
});

describe("data in memory", () => {
  const bad = new RecordBatch(
    abc.schema,
    makeData({
      type: new Struct(abc.schema.fields),
      length: 3,
      children: [
        new Data(new Int32(), 0, 3, 0, [undefined, new Int32Array(2), undefined, undefined] as never),
      ].concat(abc.batches[0]!.data.children.slice(1) as never) as never,
      nullCount: 0,
    }),
  );

  it("is checked for what it claims when that is asked for", async () => {
    const message = 'column "a" claims 3 values of 4 bytes, its buffer has 8 bytes';
    await expect(read(fromBatch(bad, { check: true }))).rejects.toThrow(message);
    await expect(read(fromTable(new Table([bad]), { check: true }))).rejects.toThrow(message);
    await expect(fromIterable([bad], { check: true }).then((source) => read(source))).rejects.toThrow(
      message,
    );
    expect(await read(fromBatch(bad, { check: true }), [1])).toHaveLength(1);
    expect(await read(fromBatch(bad))).toHaveLength(1);
  });
});

describe("another copy of apache-arrow", () => {
  const odd = tableFromJSON([
    { i: 1n, s: "x", d: new Date(0), l: [1, 2] },
    { i: null, s: "y", d: new Date(1), l: [] },
    { i: 3n, s: "x", d: null, l: [3] },
  ]);

  it.each(["with", "without"])("is read %s the markers of newer versions", async (markers) => {
    const copy = otherCopy();
    const foreign = copy.tableFromIPC(tableToIPC(odd));
    const expected = foreign
      .toArray()
      .map((row) => JSON.stringify(row, (_, v) => (typeof v === "bigint" ? `${v}` : v)));
    const removed: [object, symbol, unknown][] = [];
    if (markers === "without") {
      for (const type of [copy.Table, copy.RecordBatch, copy.Schema, copy.Field, copy.Data, copy.Vector]) {
        for (const symbol of Object.getOwnPropertySymbols(type.prototype)) {
          if (!symbol.description?.startsWith("apache-arrow/")) continue;
          removed.push([type.prototype, symbol, Reflect.get(type.prototype, symbol)]);
          Reflect.deleteProperty(type.prototype, symbol);
        }
      }
      expect(foreign instanceof Table).toBe(false);
    }
    try {
      expect(isTable(foreign)).toBe(true);
      expect(isRecordBatch(foreign.batches[0])).toBe(true);
      const source = fromTable(foreign as unknown as Table);
      const batches = await read(source);
      expect(Object.getPrototypeOf(batches[0])).toBe(RecordBatch.prototype);
      const again = tableFromIPC(tableToIPC(new Table(batches)));
      expect(
        again.toArray().map((row) => JSON.stringify(row, (_, v) => (typeof v === "bigint" ? `${v}` : v))),
      ).toEqual(expected);
    } finally {
      for (const [prototype, symbol, value] of removed) Reflect.set(prototype, symbol, value);
    }
  });
});

describe("fromBatch", () => {
  it("yields the one batch", async () => {
    const batch = abc.batches[0]!;
    expect(await read(fromBatch(batch))).toEqual([batch]);
    expect(() => fromBatch(abc as never)).toThrow("expected an Arrow record batch, got an Arrow table");
  });
});

describe("fromIterable", () => {
  const parts = [abc.batches[0]!, tableFromArrays({ a: Int32Array.of(4), b: ["w"], c: [2] }).batches[0]!];

  async function* slowly<T>(items: Iterable<T>, log?: string[]): AsyncGenerator<T> {
    try {
      for (const item of items) {
        await new Promise((resolve) => setImmediate(resolve));
        yield item;
      }
    } finally {
      log?.push("closed");
    }
  }

  it("takes its schema from the first batch, and differing dictionary ids are no difference", async () => {
    for (const given of [parts, slowly(parts)]) {
      const source = await fromIterable(given);
      expect(source.schema.names).toEqual(["a", "b", "c"]);
      expect(source.rows).toBeUndefined();
      const batches = await read(source, [1]);
      expect(batches.map((batch) => [...batch.getChildAt(0)!])).toEqual([["x", "y", "z"], ["w"]]);
    }
  });

  it("reads a reader", async () => {
    const source = await fromIterable(RecordBatchReader.from(tableToIPC(abc)));
    expect((await read(source)).map((batch) => batch.numRows)).toEqual([3]);
  });

  it("can't be read twice, unless kept", async () => {
    const once = await fromIterable(slowly(parts));
    expect(once.rereadable).toBe(false);
    await read(once);
    await expect(read(once)).rejects.toThrow(ConfigError);
    const kept = await fromIterable(slowly(parts), { keep: "memory" });
    const [one, two] = await Promise.all([read(kept), read(kept)]);
    expect(one.map((batch) => batch.numRows)).toEqual([3, 1]);
    expect(two).toEqual(one);
    expect(await read(kept)).toEqual(one);
    expect(kept.rows).toBe(4);
    await kept.close();
    await expect(read(kept)).rejects.toThrow("closed");
  });

  it("closes the iterable when the reader stops early, or when its first item is refused", async () => {
    const log: string[] = [];
    const source = await fromIterable(slowly(parts, log));
    for await (const _ of source.batches()) break;
    expect(log).toEqual(["closed"]);
    await source.close();
    expect(log).toEqual(["closed"]);
    await expect(fromIterable(slowly([new Table()] as never, log))).rejects.toThrow(InputError);
    expect(log).toEqual(["closed", "closed"]);
  });

  it("needs a batch or a schema", async () => {
    await expect(fromIterable([])).rejects.toMatchObject({ code: "input/unreadable" });
    const source = await fromIterable([], { schema: abc.schema });
    expect(await read(source)).toEqual([]);
    await expect(fromIterable([], { schema: new Schema([]) })).rejects.toThrow("no columns");
  });

  it("names the column in which a later batch differs", async () => {
    const cases: [RecordBatch, string][] = [
      [
        tableFromArrays({ a: Int32Array.of(1), b: ["x"], c: Float32Array.of(1) }).batches[0]!,
        'float32 in column "c"',
      ],
      [
        tableFromArrays({ a: Int32Array.of(1), x: ["x"] }).batches[0]!,
        'has "x" where the schema has the column "b"',
      ],
      [tableFromArrays({ a: Int32Array.of(1) }).batches[0]!, 'has no column "b"'],
      [
        tableFromArrays({ a: Int32Array.of(1), b: ["x"], c: [1], d: [1] }).batches[0]!,
        'has a column "d" that the schema lacks',
      ],
    ];
    for (const [batch, message] of cases) {
      const failed = fromIterable([abc.batches[0]!, batch]).then((source) => read(source));
      await expect(failed).rejects.toThrow(message);
      await expect(failed).rejects.toThrow("batch 2");
      await expect(failed).rejects.toBeInstanceOf(InputError);
    }
  });

  it("says which item is no batch, and keeps the cause of an iterable that throws", async () => {
    const mixed = await fromIterable([abc.batches[0]!, "nope"] as never);
    await expect(read(mixed)).rejects.toThrow(
      'expected an Arrow record batch as item 2, got the text "nope"',
    );
    const cause = new Error("socket hung up");
    const broken = await fromIterable(
      (function* () {
        yield abc.batches[0]!;
        throw cause;
      })(),
    );
    await expect(read(broken)).rejects.toMatchObject({ code: "input/unreadable", cause });
    await expect(fromIterable("abc" as never)).rejects.toThrow("expected an iterable");
    await expect(fromIterable(7 as never)).rejects.toThrow("got a number");
  });
});
