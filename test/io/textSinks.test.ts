import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type DataType,
  Field,
  Float64,
  Int32,
  Int64,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  tableFromArrays,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EngineError, InputError } from "../../src/errors/index.js";
import { openCsv } from "../../src/io/csvReader.js";
import { type CsvSinkOptions, openCsvSink } from "../../src/io/csvSink.js";
import { openJsonl } from "../../src/io/jsonlReader.js";
import { openJsonlSink } from "../../src/io/jsonlSink.js";
import { allTypes, batchesArb, flatTypes, textArb } from "../columns/arbitraries.js";
import { readAll, rowsOf } from "./cells.js";

let folder: string;
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sinks-"));
});
afterAll(() => rm(folder, { recursive: true }));

function batchOf(columns: Record<string, [DataType, unknown[]]>): RecordBatch {
  const fields = Object.entries(columns).map(([name, [type]]) => new Field(name, type, true));
  const children = Object.values(columns).map(
    ([type, values]) => vectorFromArray(values, type as never).data[0]!,
  );
  const schema = new Schema(fields);
  const length = children[0]!.length;
  return new RecordBatch(
    schema,
    makeData({ type: new Struct(fields), length, children: children as never, nullCount: 0 }),
  );
}

async function written(
  format: "csv" | "tsv" | "jsonl",
  schema: Schema,
  batches: readonly RecordBatch[],
  options: CsvSinkOptions = {},
): Promise<string> {
  const path = join(folder, `${files++}.${format}`);
  const sink = await (format === "jsonl" ? openJsonlSink(path, schema) : openCsvSink(path, schema, options));
  for (const batch of batches) await sink.write(batch);
  expect(sink.rows).toBe(batches.reduce((rows, batch) => rows + batch.numRows, 0));
  expect(await sink.commit()).toBe(path);
  return path;
}

const schemaOf = (batches: readonly RecordBatch[]): Schema =>
  batches[0]?.schema ?? new Schema([new Field("a", new Int32(), true)]);

describe("openCsvSink", () => {
  it("writes what openCsv gives back, for every type", async () => {
    await fc.assert(
      fc.asyncProperty(
        batchesArb(allTypes),
        fc.constantFrom("csv" as const, "tsv" as const),
        async (batches, format) => {
          const schema = schemaOf(batches);
          const source = await openCsv(await written(format, schema, batches), { schema });
          expect(rowsOf(await readAll(source))).toEqual(rowsOf(batches));
          await source.close();
        },
      ),
      { numRuns: 300 },
    );
  });

  it("writes text that openCsv gives back, any names and values", async () => {
    const names = fc.uniqueArray(textArb, { minLength: 2, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        names.chain((all) =>
          fc.tuple(fc.constant(all), fc.array(fc.tuple(...all.map(() => textArb)), { maxLength: 5 })),
        ),
        async ([header, rows]) => {
          const schema = new Schema(header.map((name) => new Field(name, new Utf8(), true)));
          const children = header.map(
            (_, i) =>
              vectorFromArray(
                rows.map((row) => row[i]),
                new Utf8(),
              ).data[0]!,
          );
          const length = rows.length;
          const data = makeData({
            type: new Struct(schema.fields),
            length,
            children: children as never,
            nullCount: 0,
          });
          const path = await written("csv", schema, length === 0 ? [] : [new RecordBatch(schema, data)]);
          const source = await openCsv(path, { schema });
          expect(rowsOf(await readAll(source))).toEqual(rows);
          const guessed = await openCsv(path);
          expect(guessed.schema.names).toEqual(header);
          await guessed.close();
          await source.close();
        },
      ),
      { numRuns: 200 },
    );
  });

  it("prints exactly, quotes where it must, and tells null from empty text", async () => {
    const batch = batchOf({
      'a,"b"': [new Utf8(), ["plain", "", null, 'q"', "x,y", "two\nlines", "\ufeff"]],
      n: [new Int64(), [2n ** 63n - 1n, null, 0n, 1n, 2n, 3n, 4n]],
      f: [new Float64(), [0.1, Number.NaN, Number.NEGATIVE_INFINITY, -0, 1e21, null, 5]],
    });
    expect(await readFile(await written("csv", batch.schema, [batch]), "utf8")).toBe(
      [
        '"a,""b""",n,f',
        "plain,9223372036854775807,0.1",
        '"",,NaN',
        ",0,-Infinity",
        '"q""",1,-0',
        '"x,y",2,1e+21',
        '"two\nlines",3,',
        '"\ufeff",4,5',
        "",
      ].join("\n"),
    );
  });

  it("keeps a first name that starts with a byte order mark", async () => {
    const batch = batchOf({ "\ufeffa": [new Utf8(), ["x"]] });
    const source = await openCsv(await written("csv", batch.schema, [batch]));
    expect(source.schema.names).toEqual(["\ufeffa"]);
    await source.close();
  });

  it("guards formulas in text when asked to, and never touches numbers", async () => {
    const batch = batchOf({
      "=name": [new Utf8(), ["=1+1", "+x", "-x", "@x", "\tx", "\rx", "x=1", ""]],
      n: [new Int32(), [-1, -2, -3, -4, -5, -6, -7, -8]],
    });
    const guarded = await readFile(
      await written("csv", batch.schema, [batch], { guardFormulas: true }),
      "utf8",
    );
    expect(guarded).toBe(`'=name,n\n'=1+1,-1\n'+x,-2\n'-x,-3\n'@x,-4\n'\tx,-5\n"'\rx",-6\nx=1,-7\n"",-8\n`);
    const plain = await readFile(await written("csv", batch.schema, [batch]), "utf8");
    expect(plain).toContain("=name,n\n=1+1,-1\n+x,-2\n");
  });

  it("writes a header when there are no rows", async () => {
    const schema = new Schema([new Field("a", new Int32()), new Field("", new Utf8())]);
    expect(await readFile(await written("csv", schema, []), "utf8")).toBe('a,""\n');
  });
});

describe("openJsonlSink", () => {
  it("writes what openJsonl gives back, for every type", async () => {
    await fc.assert(
      fc.asyncProperty(batchesArb(allTypes), async (batches) => {
        const schema = schemaOf(batches);
        const source = await openJsonl(await written("jsonl", schema, batches), { schema });
        expect(rowsOf(await readAll(source))).toEqual(rowsOf(batches));
        await source.close();
      }),
      { numRuns: 300 },
    );
  });

  it("writes JSON that every parser reads, exact where a number can't be", async () => {
    const batch = batchOf({
      __proto__x: [new Utf8(), ['q"\u2028', null]],
      n: [new Int64(), [2n ** 53n - 1n, 2n ** 53n]],
      f: [new Float64(), [Number.NaN, -0]],
    });
    const text = await readFile(await written("jsonl", batch.schema, [batch]), "utf8");
    expect(text).toBe(
      '{"__proto__x":"q\\"\u2028","n":9007199254740991,"f":"NaN"}\n{"__proto__x":null,"n":"9007199254740992","f":-0}\n',
    );
    for (const line of text.trimEnd().split("\n")) JSON.parse(line);
  });

  it("gives any flat batch valid lines", async () => {
    await fc.assert(
      fc.asyncProperty(batchesArb(flatTypes), async (batches) => {
        const text = await readFile(await written("jsonl", schemaOf(batches), batches), "utf8");
        const lines = text.split("\n").slice(0, -1);
        expect(lines).toHaveLength(batches.reduce((rows, batch) => rows + batch.numRows, 0));
        for (const line of lines)
          expect(Object.keys(JSON.parse(line) as object)).toEqual(schemaOf(batches).names);
      }),
    );
  });
});

describe.each([
  ["csv", openCsvSink],
  ["jsonl", openJsonlSink],
] as const)("a %s sink", (extension, open) => {
  it("refuses other columns, leaves nothing when aborted, and commits once", async () => {
    const table = tableFromArrays({ a: Int32Array.of(1, 2) });
    const path = join(folder, `aborted.${extension}`);
    const sink = await open(path, table.schema);
    await sink.write(table.batches[0]!);
    await expect(sink.write(tableFromArrays({ a: ["x"] }).batches[0]!)).rejects.toThrow(InputError);
    await sink.abort();
    await sink.abort();
    expect((await readdir(folder)).filter((name) => /aborted|\.tmp$/.test(name))).toEqual([]);
    await expect(sink.write(table.batches[0]!)).rejects.toThrow(EngineError);
    const twice = await open(join(folder, `twice.${extension}`), table.schema);
    await twice.write(table.batches[0]!);
    expect(await twice.commit()).toBe(await twice.commit());
    await expect(open(join(folder, "no/such/file"), table.schema)).rejects.toThrow(EngineError);
    await expect(open(path, new Schema([]))).rejects.toThrow("no columns");
  });

  it("writes more rows than one piece", async () => {
    const values = Int32Array.from({ length: 20_000 }, (_, i) => i);
    const table = tableFromArrays({ a: values });
    const path = join(folder, `long.${extension}`);
    const sink = await open(path, table.schema);
    await sink.write(table.batches[0]!);
    await sink.commit();
    const source = await (extension === "csv" ? openCsv : openJsonl)(path, { schema: table.schema });
    expect(rowsOf(await readAll(source)).flat()).toEqual(Array.from(values, String));
    await source.close();
  });
});
