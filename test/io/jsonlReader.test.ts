import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Decimal, Field, Int8, Int64, List, Schema, Struct, Utf8 } from "apache-arrow";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { typeName } from "../../src/columns/typeName.js";
import { ConfigError, InputError } from "../../src/errors/index.js";
import { type JsonlOptions, openJsonl } from "../../src/io/jsonlReader.js";
import { readAll, rowsOf } from "./cells.js";

const vega = new URL("../../node_modules/vega-datasets/data/", import.meta.url).pathname;

let folder: string;
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "jsonl-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function readText(content: string | Uint8Array, options: JsonlOptions = {}) {
  const path = join(folder, `${files++}.jsonl`);
  await writeFile(path, content);
  const source = await openJsonl(path, options);
  try {
    const types = source.schema.fields.map(({ name, type }) => `${name} ${typeName(type)}`);
    return { types, rows: rowsOf(await readAll(source)), notes: source.description.notes };
  } finally {
    await source.close();
  }
}

async function failure(content: string | Uint8Array, options: JsonlOptions = {}): Promise<InputError> {
  const error = await readText(content, options).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(InputError);
  return error as InputError;
}

describe("openJsonl", () => {
  it("infers columns from all keys of the sample, and types that lose nothing", async () => {
    const { types, rows, notes } = await readText(
      [
        '{"i":1,"f":1.5,"b":true,"d":"2024-01-31","t":"2024-01-31T09:30:00Z","s":"007"}',
        '{"i":9007199254740993,"f":2,"late":"x"}',
        '{ "late" : null , "s" : "a\\"}\\u00e9" , "none":null, "f":"NaN"}',
        "",
        '{"big":9223372036854775808,"n":{"a": [1,{"b":"]"}]},"l":[1,  2]}',
      ].join("\r\n"),
    );
    expect(types).toEqual([
      "i int64",
      "f float64",
      "b bool",
      "d date32",
      "t timestamp[us, UTC]",
      "s utf8",
      "late utf8",
      "none utf8",
      "big utf8",
      "n utf8",
      "l utf8",
    ]);
    const empty = null;
    expect(rows).toEqual([
      [
        "1",
        "1.5",
        "true",
        "2024-01-31",
        "2024-01-31T09:30:00.000000Z",
        "007",
        empty,
        empty,
        empty,
        empty,
        empty,
      ],
      ["9007199254740993", "2", empty, empty, empty, empty, "x", empty, empty, empty, empty],
      [empty, "NaN", empty, empty, empty, 'a"}é', empty, empty, empty, empty, empty],
      [
        empty,
        empty,
        empty,
        empty,
        empty,
        empty,
        empty,
        empty,
        "9223372036854775808",
        '{"a": [1,{"b":"]"}]}',
        "[1,  2]",
      ],
    ]);
    expect(notes![0]).toContain("types inferred from the first 4 rows");
    expect(notes![1]).toBe('no value in those rows, so read as utf8: "none"');
  });

  it.each([
    [["1", "2.5"], "float64"],
    [["9007199254740993", "2.5"], "utf8"],
    [["1", '"1"'], "utf8"],
    [['"1"'], "utf8"],
    [["1", "true"], "utf8"],
    [["-0", "1"], "float64"],
    [["1e3"], "float64"],
    [["1e999"], "utf8"],
    [['"2024-01-31"', '"x"'], "utf8"],
    [["[1]", "{}"], "utf8"],
    [['"NaN"', '"Infinity"', "1"], "float64"],
    [["12345678901234567890"], "utf8"],
  ])("infers from %j %s", async (values, type) => {
    const { types } = await readText(values.map((value) => `{"x":${value}}`).join("\n"));
    expect(types).toEqual([`x ${type}`]);
  });

  it("reads the types of a schema, nested ones too; other keys are errors, or ignored", async () => {
    const schema = new Schema([
      new Field("id", new Int64(), true),
      new Field("price", new Decimal(4, 20, 128), true),
      new Field("tags", new List(new Field("item", new Utf8(), true)), true),
      new Field("at", new Struct([new Field("x", new Int8(), true)]), true),
    ]);
    const text =
      '{"id":9223372036854775807,"price":123456789012345.6789,"tags":["a",null]}\n{"at":{"x":1}}\n{"at":{}}\n';
    expect((await readText(text, { schema })).rows).toEqual([
      ["9223372036854775807", "123456789012345.6789", '["a",null]', null],
      [null, null, null, '{"x":1}'],
      [null, null, null, '{"x":null}'],
    ]);
    const more = '{"id":1}\n{"idd":2}\n';
    expect((await failure(more, { schema })).message).toContain(
      'line 2 has the key "idd", unknown to the schema; did you mean "id"?',
    );
    expect((await readText(more, { schema, unknownKeys: "ignore" })).rows.map((row) => row[0])).toEqual([
      "1",
      null,
    ]);
    expect((await readText("", { schema })).rows).toEqual([]);
  });

  it("says which line is broken", async () => {
    const cases: [string | Uint8Array, string][] = [
      ['{"a":1}\n{"a":\n', "line 2 is not JSON"],
      ['{"a":1}\n[1]\n', "line 2 is an array, not an object"],
      ['{"a":1}\n\n"x"\n', "line 3 is a string, not an object"],
      ['{"a":1}\nnull', "line 2 is null, not an object"],
      ['[\n{"a":1}\n]', "line 1 starts an array; one object a line is read"],
      ['{"a":1}\n{"a":1,"b":2,"\\u0061":3}\n', 'line 2 has the key "a" twice'],
      ['{"a":1}\n{"a":NaN}\n', "line 2 is not JSON"],
      ['{"a":1}{"a":2}\n', "line 1 is not JSON"],
      ['{"a":"x\u0000"}\n', "line 1 of"],
      [Buffer.concat([Buffer.from('{"a":1}\n{"a":"'), Buffer.of(0xff), Buffer.from('"}\n')]), "line 2 of"],
      ["", "has no columns"],
      ["{}\n{}\n", "has no columns"],
      ["\n\n", "has no columns"],
    ];
    for (const [content, message] of cases) expect((await failure(content)).message).toContain(message);
    expect(await failure(Buffer.from('{"a":1}', "utf16le"))).toMatchObject({ code: "input/corrupt" });
  });

  it("names line, column, value and type of what comes after the sample and doesn't fit", async () => {
    const options = { sampleRows: 1 };
    const cases: [string, string][] = [
      ['{"x":1}\n{"x":1.5}', 'line 2, column "x": "1.5" is not int64'],
      ['{"x":1}\n{"x":"a"}', '"\\"a\\"" is not int64'],
      ['{"x":1}\n{"x":"007"}', "is not int64"],
      ['{"x":true}\n{"x":1}', '"1" is not bool'],
      ['{"x":"2024-01-01"}\n{"x":5}', '"5" is not date32'],
      ['{"x":1}\n{"x":[1]}', '"[1]" is not int64'],
      ['{"x":"a"}\n{"x":"\\ud800"}', "is not utf8"],
      ['{"x":1}\n{"y":2}', 'line 2 has the key "y", unknown to the first rows'],
    ];
    for (const [content, message] of cases) {
      const error = await failure(content, options);
      expect(error.message).toContain(message);
      expect(error.code).toBe("input/corrupt");
    }
    expect((await readText('{"x":"a"}\n{"x":5}\n{"x":{"y":1}}', options)).rows).toEqual([
      ["a"],
      ["5"],
      ['{"y":1}'],
    ]);
    expect((await readText('{"x":1}\n{"x":"9007199254740993"}', options)).rows).toEqual([
      ["1"],
      ["9007199254740993"],
    ]);
  });

  it("isn't fooled by keys that JavaScript knows", async () => {
    const { types, rows } = await readText(
      '{"__proto__":1,"constructor":2,"toString":"x"}\n{"hasOwnProperty":true}\n',
    );
    expect(types).toEqual(["__proto__ int64", "constructor int64", "toString utf8", "hasOwnProperty bool"]);
    expect(rows).toEqual([
      ["1", "2", "x", null],
      [null, null, null, "true"],
    ]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect((await failure('{"a":1}\n{"a":1,"__proto__":2}', { sampleRows: 1 })).message).toContain(
      'key "__proto__"',
    );
  });

  it("caps lines, and lives through deep nesting", async () => {
    const options = { maxLineBytes: 1000 };
    expect((await failure(`{"a":1}\n{"a":"${"x".repeat(2000)}"}\n`, options)).message).toContain(
      "line 2 is longer than maxLineBytes 1000",
    );
    expect((await failure(Buffer.alloc(50 * 2 ** 20, "x"))).message).toContain("line 1 is longer than");
    const deep = `${"[".repeat(100_000)}1${"]".repeat(100_000)}`;
    expect((await readText(`{"a":${deep},"b":1}`)).rows).toEqual([[deep, "1"]]);
    await expect(readText("{}", { sampleRows: -1 })).rejects.toThrow(ConfigError);
  });

  it("reads a real file, only the columns asked for, twice, in batches of 65,536 rows", async () => {
    const flights = JSON.parse(await readFile(join(vega, "flights-200k.json"), "utf8")) as Record<
      string,
      number
    >[];
    const path = join(folder, "flights.jsonl");
    await writeFile(path, flights.map((flight) => JSON.stringify(flight)).join("\n"));
    const source = await openJsonl(path);
    expect(source.schema.names).toEqual(Object.keys(flights[0]!));
    for (let pass = 0; pass < 2; pass++) {
      const batches = await readAll(source, [1]);
      expect(batches.map((batch) => batch.numRows)).toEqual([65_536, 65_536, 65_536, 200_000 - 3 * 65_536]);
      const name = source.schema.names[1] as string;
      expect(rowsOf(batches).slice(0, 1000).flat()).toEqual(
        flights.slice(0, 1000).map((flight) => String(flight[name])),
      );
    }
    expect(source).toMatchObject({ rows: undefined, rereadable: true, description: { kind: "jsonl", path } });
    await source.close();
  });

  it.each(["cars", "movies", "penguins", "jobs", "football"])(
    "reads the messy %s.json, an object a line",
    async (name) => {
      const objects = JSON.parse(await readFile(join(vega, `${name}.json`), "utf8")) as Record<
        string,
        unknown
      >[];
      const { types, rows } = await readText(objects.map((one) => JSON.stringify(one)).join("\n"));
      expect(rows).toHaveLength(objects.length);
      const names = types.map((type) => type.slice(0, type.lastIndexOf(" ")));
      for (const [i, object] of objects.entries()) {
        for (const [j, column] of names.entries()) {
          const value = object[column] ?? null;
          const cell = rows[i]![j]!;
          if (types[j]!.endsWith("utf8")) expect(cell).toBe(value === null ? null : String(value));
          else if (typeof value === "number") expect(Number(cell)).toBe(value);
          else if (value === null) expect(cell).toBe(null);
        }
      }
    },
  );
});
