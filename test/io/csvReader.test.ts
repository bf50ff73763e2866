import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  Dictionary,
  Field,
  Float64,
  Int8,
  Int32,
  Int64,
  IntervalYearMonth,
  Schema,
  Timestamp,
  TimeUnit,
  Utf8,
} from "apache-arrow";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { typeName } from "../../src/columns/typeName.js";
import { ConfigError, InputError } from "../../src/errors/index.js";
import { type CsvOptions, openCsv } from "../../src/io/csvReader.js";
import { openCsvSink } from "../../src/io/csvSink.js";
import { readAll, rowsOf } from "./cells.js";

const vega = new URL("../../node_modules/vega-datasets/data/", import.meta.url).pathname;

let folder: string;
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "csv-"));
});
afterAll(() => rm(folder, { recursive: true }));

interface Read {
  readonly types: Record<string, string>;
  readonly rows: (string | null)[][];
  readonly notes: readonly string[] | undefined;
}

async function readText(
  content: string | Uint8Array,
  options: CsvOptions = {},
  extension = "csv",
): Promise<Read> {
  const path = join(folder, `${files++}.${extension}`);
  await writeFile(path, content);
  const source = await openCsv(path, options);
  try {
    const types = Object.fromEntries(source.schema.fields.map(({ name, type }) => [name, typeName(type)]));
    return { types, rows: rowsOf(await readAll(source)), notes: source.description.notes };
  } finally {
    await source.close();
  }
}

async function failure(content: string | Uint8Array, options: CsvOptions = {}): Promise<InputError> {
  const error = await readText(content, options).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(InputError);
  return error as InputError;
}

describe("openCsv", () => {
  it("infers types that lose nothing, and says so", async () => {
    const { types, rows, notes } = await readText(
      [
        "int,float,bool,date,moment,instant,code,big,name,empty",
        "1,1.5,true,2024-01-31,2024-01-31T09:30:00,2024-01-31T09:30:00Z,007,9223372036854775808,a,",
        "-9007199254740993,2,False,1999-12-31,2024-01-31,2024-01-31 09:30:00.25+01:00,42,1,b,",
        ",,,,,,,,,",
      ].join("\n"),
    );
    expect(types).toEqual({
      int: "int64",
      float: "float64",
      bool: "bool",
      date: "date32",
      moment: "timestamp[us]",
      instant: "timestamp[us, UTC]",
      code: "utf8",
      big: "utf8",
      name: "utf8",
      empty: "utf8",
    });
    expect(rows).toEqual([
      [
        "1",
        "1.5",
        "true",
        "2024-01-31",
        "2024-01-31T09:30:00.000000",
        "2024-01-31T09:30:00.000000Z",
        "007",
        "9223372036854775808",
        "a",
        null,
      ],
      [
        "-9007199254740993",
        "2",
        "false",
        "1999-12-31",
        "2024-01-31T00:00:00.000000",
        "2024-01-31T08:30:00.250000Z",
        "42",
        "1",
        "b",
        null,
      ],
      [null, null, null, null, null, null, null, null, null, null],
    ]);
    expect(notes![0]).toMatch(/^types inferred from the first 3 rows: "int" int64, "float" float64/);
    expect(notes![1]).toBe('no value in those rows, so read as utf8: "empty"');
  });

  it.each([
    [["1", "2.5"], "float64"],
    [["9007199254740993", "2.5"], "utf8"],
    [["NaN", "1", "-Infinity"], "float64"],
    [["-0", "1"], "float64"],
    [["1e999"], "utf8"],
    [["+1"], "utf8"],
    [["1,000"], "utf8"],
    [["0x1F"], "utf8"],
    [[" 1"], "utf8"],
    [["1", "x"], "utf8"],
    [["1", "true"], "utf8"],
    [["2024-01-31", "1"], "utf8"],
    [["2023-02-29"], "utf8"],
    [["2024-01-31T00:00:00.1234567"], "utf8"],
    [["2024-01-31T00:00:00", "2024-01-31T00:00:00Z"], "utf8"],
    [["9223372036854775807"], "int64"],
    [["-9223372036854775809"], "utf8"],
    [["00"], "utf8"],
    [["0", "0.5"], "float64"],
  ])("infers from %j %s", async (cells, type) => {
    const { types, rows } = await readText(`x\n${cells.map((cell) => `"${cell}"`).join("\n")}\n`);
    expect(types).toEqual({ x: type });
    if (type === "utf8") expect(rows.flat()).toEqual(cells);
  });

  it("takes quotes, line ends and a byte order mark as RFC 4180 and the world have them", async () => {
    const expected = [
      ["1", 'say "hi"'],
      ["2", "two\nlines, one cell"],
      ["3", ""],
      ["4", null],
      ["5", '5" pipe'],
    ];
    for (const end of ["\n", "\r\n", "\r"]) {
      const text = [
        '\ufeffa,"b"',
        '1,"say ""hi"""',
        '2,"two\nlines, one cell"',
        '3,""',
        "4,",
        '5,5" pipe',
      ].join(end);
      for (const last of ["", end, end + end]) {
        const { types, rows } = await readText(text + last);
        expect(types).toEqual({ a: "int64", b: "utf8" });
        expect(rows).toEqual(expected);
      }
    }
  });

  // As text, so that a quoted empty cell shows; without a header, so that the first row is one.
  const [none, two] = [null, ["a", "b"]];
  it.each<[string, (string | null)[][]]>([
    ["a,b", [two]],
    ["a,b\n", [two]],
    ["a,b\r\n", [two]],
    ["a,b\r", [two]],
    ["a,b\na,b\r\na,b\ra,b", [two, two, two, two]],
    ["a,b\n\n\r\n\ra,b\n\n", [two, two]],
    ['"a","b"', [two]],
    ['"a","b"\r\n"a",b', [two, two]],
    [",\n", [[none, none]]],
    [',""', [[none, ""]]],
    ['"",\n', [["", none]]],
    ['"","""",""', [["", '"', ""]]],
    ['x,,"""""",""', [["x", none, '""', ""]]],
    [
      '"a,b","c\r\nd"\r\n",",\r\n',
      [
        ["a,b", "c\r\nd"],
        [",", none],
      ],
    ],
    [" a , b ", [[" a ", " b "]]],
    [' "a", "b"', [[' "a"', ' "b"']]],
    ['5" pipe,a""b', [['5" pipe', 'a""b']]],
    ['"x"y,"a""b"c', [['"x"y', '"a"b"c']]],
    [
      '"\n","\r"\r"\r\n",a',
      [
        ["\n", "\r"],
        ["\r\n", "a"],
      ],
    ],
    ["\ufeff\ufeffa,b", [["\ufeffa", "b"]]],
    ['\ufeff"a",b', [two]],
    ["\u2028,\u00e9\ud83d\ude00", [["\u2028", "\u00e9\ud83d\ude00"]]],
    ["\n\na", [[none], [none], ["a"]]],
    ['""\n\n""', [[""], [none], [""]]],
    ['"",,"a","b,\n"', [["", none, "a", "b,\n"]]],
    [',"","""",b', [[none, "", '"', "b"]]],
    ['"",,"a","b,\n"', [["", none, "a", "b,\n"]]],
    [',"","""",b', [[none, "", '"', "b"]]],
  ])("reads %j", async (text, rows) => {
    const width = rows[0]!.length;
    const schema = new Schema(Array.from({ length: width }, (_, i) => new Field(`${i}`, new Utf8(), true)));
    expect((await readText(text, { schema, header: false })).rows).toEqual(rows);
  });

  it("tells a null from an empty text, and in one column an empty line is a null", async () => {
    expect((await readText('x\na\n\n""\n')).rows).toEqual([["a"], [null], [""]]);
    expect((await readText('x,y\n"",""\n1,a\n')).rows).toEqual([
      [null, ""],
      ["1", "a"],
    ]);
    const na = await readText('x,y\nNA,NA\n1,"NA"\n', { nullValues: ["NA", ""] });
    expect(na.rows).toEqual([
      [null, null],
      ["1", "NA"],
    ]);
  });

  it("reads other delimiters, files without a header, and none of the rows", async () => {
    expect((await readText("a;b\n1;2\n", { delimiter: ";" })).rows).toEqual([["1", "2"]]);
    expect((await readText("a\tb\n1\t2,3\n", {}, "tsv")).rows).toEqual([["1", "2,3"]]);
    expect((await readText("1,x\n2,y\n", { header: false })).types).toEqual({
      column_1: "int64",
      column_2: "utf8",
    });
    expect(await readText("a,b\n")).toMatchObject({ types: { a: "utf8", b: "utf8" }, rows: [] });
    expect(await readText("a,b")).toMatchObject({ types: { a: "utf8", b: "utf8" }, rows: [] });
    const schema = new Schema([new Field("a", new Int32()), new Field("b", new Utf8())]);
    expect(await readText("a,b\r\n", { schema })).toMatchObject({
      types: { a: "int32", b: "utf8" },
      rows: [],
    });
    expect(await readText("", { schema, header: false })).toMatchObject({ rows: [] });
    expect((await readText("1,2", { schema, header: false })).rows).toEqual([["1", "2"]]);
  });

  it("reads the types of a schema, its columns found by name", async () => {
    const schema = new Schema([
      new Field("n", new Int32(), true),
      new Field("d", new Dictionary(new Utf8(), new Int8()), true),
      new Field("t", new Timestamp(TimeUnit.MILLISECOND, "UTC"), true),
    ]);
    const { types, rows, notes } = await readText("d,t,n\nx,2024-01-01T00:00:00Z,007\ny,,\nx,,-5\n", {
      schema,
    });
    expect(types).toEqual({ n: "int32", d: "dictionary<int8, utf8>", t: "timestamp[ms, UTC]" });
    expect(rows).toEqual([
      ["7", "x", "2024-01-01T00:00:00.000Z"],
      [null, "y", null],
      ["-5", "x", null],
    ]);
    expect(notes).toBeUndefined();
    expect((await failure("d,t\n", { schema })).message).toContain('has no column "n", which the schema has');
    expect((await failure("d,t,n,m\n", { schema })).message).toContain(
      'has a column "m" that the schema lacks',
    );
    expect((await failure("1,2\n", { schema, header: false })).message).toContain(
      "has 2 columns, the schema 3",
    );
    const interval = new Schema([new Field("i", new IntervalYearMonth())]);
    expect((await failure("i\n", { schema: interval })).message).toContain("which is not read from text");
  });

  it("names line, column, value and type of what doesn't fit, whether given or inferred", async () => {
    const schema = new Schema([new Field("a", new Int32(), true), new Field("b", new Float64(), true)]);
    const given = await failure('a,b\n1,2\n"3\n",4\n', { schema });
    expect(given.message).toContain('line 3, column "a": "3\\n" is not int32');
    expect(given.code).toBe("input/corrupt");
    expect((await failure("a,b\n1,2\n3,x\n", { schema })).message).toContain(
      'line 3, column "b": "x" is not float64',
    );
    const options = { sampleRows: 2 };
    const cases: [string, string][] = [
      ["1\n2\n3.5\n", '"3.5" is not int64'],
      ["1\n2\n007\n", '"007" is not int64'],
      ["1\n2\n-0\n", '"-0" is not int64'],
      ["1.5\n2\n01\n", '"01" is not float64'],
      ["1.5\n2\n9007199254740993\n", '"9007199254740993" is not float64'],
      ["true\nfalse\n1\n", '"1" is not bool'],
      ["2024-01-01\n2024-01-02\n2024-01-03T00:00:00\n", '"2024-01-03T00:00:00" is not date32'],
    ];
    for (const [text, message] of cases) {
      const error = await failure(`x\n${text}`, options);
      expect(error.message).toContain(`line 4, column "x": ${message} as the first rows have it`);
      expect(error.details).toMatchObject({ parameter: "x" });
    }
    const long = await failure(`x\n1\n${"y".repeat(1000)}\n`, { sampleRows: 1 });
    expect(long.message.length).toBeLessThan(300);
  });

  it("says which line is broken", async () => {
    const wide = 40_000;
    const cases: [string | Uint8Array, string][] = [
      ["a,b\n1,2\n3\n", "line 3 has 1 cells, the first line 2"],
      ["a,b\n1,2\n3,4,5\n", "line 3 has 3 cells, the first line 2"],
      ['a,b\n1,"x\ny"\n1,2,3\n', "line 4 has 3 cells"],
      ['a,b\r\n1,"x\r\ny\r\rz"\r\n1,2,3\r\n', "line 6 has 3 cells"],
      ['a,b\n""\n', "line 2 has 1 cells, the first line 2"],
      ['a,b\n1,2\n3,"open\n5,6\n', "line 3 starts a row with a quote that is never closed"],
      ['a,b\n1,2\n\n"x\ny","open', "line 4 starts a row with a quote that is never closed"],
      ["a,b\n1,\u00002\n", "line 2 of"],
      [Buffer.concat([Buffer.from("a,b\n1,2\n3,"), Buffer.of(0xff), Buffer.from("\n")]), "line 3 of"],
      [Buffer.concat([Buffer.from("a,b\n1,"), Buffer.of(0xc3)]), "line 2 of"],
      [Buffer.concat([Buffer.from("x\n".repeat(wide)), Buffer.of(0xc3, 0x28)]), `line ${wide + 1} of`],
      ["a,a\n1,2\n", 'two columns named "a"'],
      ["", "has no columns: its first line is empty"],
      ["\n1,2\n", "has no columns: its first line is empty"],
    ];
    for (const [content, message] of cases) expect((await failure(content)).message).toContain(message);
    expect((await failure("a,b\n1,\u00002\n")).message).toContain("has a NUL byte");
    expect((await failure(Buffer.of(0x61, 0xff))).message).toContain("is not valid UTF-8");
    expect(await failure(Buffer.from("\ufeffa,b\n", "utf16le"))).toMatchObject({ code: "input/unsupported" });
  });

  it("caps lines, and records of many lines", async () => {
    const options = { maxLineBytes: 1000 };
    expect((await failure(`a,b\n1,2\n3,${"x".repeat(2000)}\n4,5\n`, options)).message).toContain(
      "line 3 starts a row longer than maxLineBytes 1000, or a quote that is not closed within it",
    );
    expect((await failure(`a,b\n1,2\n3,"${"x\n".repeat(2000)}`, options)).message).toContain(
      "line 3 starts a row longer than maxLineBytes 1000",
    );
    expect((await failure(`a,b\n${",".repeat(3 * 2 ** 20)}`, options)).code).toBe("input/too-large");
    expect((await readText("a\n1\n", { maxLineBytes: 1 })).rows).toEqual([["1"]]);
    expect((await readText('"",a""b\n', { maxLineBytes: 4, header: false })).rows).toEqual([["", 'a""b']]);
    const huge = Buffer.concat([Buffer.from("a\n1\n"), Buffer.alloc(50 * 2 ** 20, "x")]);
    const error = await failure(huge);
    expect(error.code).toBe("input/too-large");
    expect(error.message).toContain("line 3 starts a row longer than");
    const { rows } = await readText(`a\n${"y".repeat(3 * 2 ** 20)}\n`);
    expect(rows[0]![0]).toHaveLength(3 * 2 ** 20);
  });

  it("refuses options that can't be meant, and files that aren't there", async () => {
    for (const options of [
      { delimiter: "" },
      { delimiter: "ab" },
      { delimiter: '"' },
      { delimiter: "\u00a7" },
      { sampleRows: 0 },
      { maxLineBytes: 1.5 },
    ]) {
      await expect(readText("a\n", options)).rejects.toThrow(ConfigError);
    }
    await expect(openCsv(join(folder, "missing.csv"))).rejects.toMatchObject({ code: "input/unreadable" });
    await expect(openCsv(folder)).rejects.toMatchObject({ code: "input/unreadable" });
  });

  it("reads only the columns asked for, twice, in batches of 65,536 rows", async () => {
    const path = join(folder, "long.csv");
    await writeFile(
      path,
      `a,b,c\n${Array.from({ length: 70_000 }, (_, i) => `${i},x${i % 7},oops`).join("\n")}\n`,
    );
    const schema = new Schema([
      new Field("a", new Int64()),
      new Field("b", new Utf8()),
      new Field("c", new Int32()),
    ]);
    const source = await openCsv(path, { schema });
    for (let pass = 0; pass < 2; pass++) {
      const batches = await readAll(source, [1]);
      expect(batches.map((batch) => batch.numRows)).toEqual([65_536, 4_464]);
      expect(batches[1]!.schema.names).toEqual(["b"]);
      expect(rowsOf(batches)[69_999]).toEqual(["x6"]);
    }
    await expect(readAll(source)).rejects.toThrow('line 2, column "c": "oops" is not int32');
    expect(source).toMatchObject({ rows: undefined, rereadable: true, description: { kind: "csv", path } });
    await source.close();
  });

  it("reads of its own sink's files what it read of vega-datasets", async () => {
    const names = (await readdir(vega)).filter((name) => /\.(csv|tsv)$/.test(name));
    expect(names.length).toBeGreaterThan(15);
    for (const name of names) {
      const source = await openCsv(join(vega, name));
      const batches = await readAll(source);
      const path = join(folder, `again-${name}`);
      const sink = await openCsvSink(path, source.schema);
      for (const batch of batches) await sink.write(batch);
      await sink.commit();
      const again = await openCsv(path, { schema: source.schema });
      expect(rowsOf(await readAll(again))).toEqual(rowsOf(batches));
      await again.close();
      await source.close();
    }
  });

  it("infers what a person would of real files", async () => {
    const source = await openCsv(join(vega, "seattle-weather.csv"));
    expect(source.schema.fields.map(({ name, type }) => `${name} ${typeName(type)}`)).toEqual([
      "date date32",
      "precipitation float64",
      "temp_max float64",
      "temp_min float64",
      "wind float64",
      "weather utf8",
    ]);
    await source.close();
    const zips = await openCsv(join(vega, "zipcodes.csv"));
    expect(typeName(zips.schema.fields[0]!.type)).toBe("utf8");
    expect(rowsOf(await readAll(zips, [0]))[0]).toEqual(["00501"]);
    await zips.close();
  });
});
