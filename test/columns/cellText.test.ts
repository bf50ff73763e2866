import {
  Binary,
  BinaryView,
  Bool,
  type Data,
  type DataType,
  DateDay,
  DateMillisecond,
  Decimal,
  DenseUnion,
  Dictionary,
  Duration,
  Field,
  FixedSizeBinary,
  FixedSizeList,
  Float16,
  Float32,
  Float64,
  Int8,
  Int64,
  IntervalDayTime,
  IntervalMonthDayNano,
  IntervalYearMonth,
  List,
  Map_,
  makeData,
  Null,
  Struct,
  Time,
  Timestamp,
  TimeUnit,
  Uint64,
  Utf8,
  Utf8View,
  Vector,
  vectorFromArray,
} from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellJson, cellText } from "../../src/columns/cellText.js";

function fixed(type: DataType, data: ArrayBufferView): Data {
  return makeData({ type: type as Int8, data: data as Int8Array, nullCount: 0 }) as Data;
}

function texts(data: Data): (string | null)[] {
  return Array.from({ length: data.length }, (_, i) => cellText(data, i));
}

function jsons(data: Data): string[] {
  return Array.from({ length: data.length }, (_, i) => cellJson(data, i));
}

const of = (values: unknown[], type: DataType): Data =>
  vectorFromArray(values, type as never).data[0] as Data;
const { SECOND, MILLISECOND, MICROSECOND, NANOSECOND } = TimeUnit;
const MIN = -(2n ** 63n);
const MAX = 2n ** 63n - 1n;

const cases: [string, Data, (string | null)[], string[]][] = [
  ["bool", of([true, null, false], new Bool()), ["true", null, "false"], ["true", "null", "false"]],
  ["null", of([null], new Null()), [null], ["null"]],
  ["int8", fixed(new Int8(), Int8Array.of(-128, 7)), ["-128", "7"], ["-128", "7"]],
  [
    "int64",
    fixed(new Int64(), BigInt64Array.of(MIN, MAX, 2n ** 53n - 1n, 2n ** 53n)),
    ["-9223372036854775808", "9223372036854775807", "9007199254740991", "9007199254740992"],
    ['"-9223372036854775808"', '"9223372036854775807"', "9007199254740991", '"9007199254740992"'],
  ],
  [
    "uint64",
    fixed(new Uint64(), BigUint64Array.of(2n ** 64n - 1n)),
    ["18446744073709551615"],
    ['"18446744073709551615"'],
  ],
  [
    "float64",
    fixed(new Float64(), Float64Array.of(0.1, -0, Number.NaN, Number.POSITIVE_INFINITY, 5e-324, 1e21)),
    ["0.1", "-0", "NaN", "Infinity", "5e-324", "1e+21"],
    ["0.1", "-0", '"NaN"', '"Infinity"', "5e-324", "1e+21"],
  ],
  [
    "float32",
    fixed(new Float32(), Float32Array.of(0.1, 0.5)),
    ["0.10000000149011612", "0.5"],
    ["0.10000000149011612", "0.5"],
  ],
  [
    "float16",
    fixed(new Float16(), Uint16Array.of(0x3c00, 0xfbff, 0x0001, 0x7e00, 0xfc00)),
    ["1", "-65504", "5.960464477539063e-8", "NaN", "-Infinity"],
    ["1", "-65504", "5.960464477539063e-8", '"NaN"', '"-Infinity"'],
  ],
  [
    "decimal",
    fixed(
      new Decimal(2, 38, 128),
      Uint32Array.of(1234, 0, 0, 0, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff),
    ),
    ["12.34", "-0.01"],
    ['"12.34"', '"-0.01"'],
  ],
  ["negative scale", fixed(new Decimal(-3, 9, 128), Uint32Array.of(7, 0, 0, 0)), ["7000"], ['"7000"']],
  [
    "decimal256",
    fixed(new Decimal(0, 76, 256), Uint32Array.of(0, 0, 0, 0, 1, 0, 0, 0)),
    [`${2n ** 128n}`],
    [`"${2n ** 128n}"`],
  ],
  [
    "text",
    of(["", 'q"\n', "\ufeffé𝒳"], new Utf8()),
    ["", 'q"\n', "\ufeffé𝒳"],
    ['""', '"q\\"\\n"', '"\ufeffé𝒳"'],
  ],
  ["binary", of([Uint8Array.of(0, 255), Uint8Array.of()], new Binary()), ["AP8=", ""], ['"AP8="', '""']],
  [
    "fixed_size_binary",
    fixed(new FixedSizeBinary(2), Uint8Array.of(1, 2, 3, 4)),
    ["AQI=", "AwQ="],
    ['"AQI="', '"AwQ="'],
  ],
  [
    "date32",
    fixed(
      new DateDay(),
      Int32Array.of(0, -1, 19_782, -719_528, -719_529, 2_932_897, 2 ** 31 - 1, -(2 ** 31)),
    ),
    [
      "1970-01-01",
      "1969-12-31",
      "2024-02-29",
      "0000-01-01",
      "-000001-12-31",
      "+010000-01-01",
      "+5881580-07-11",
      "-5877641-06-23",
    ],
    [
      "1970-01-01",
      "1969-12-31",
      "2024-02-29",
      "0000-01-01",
      "-000001-12-31",
      "+010000-01-01",
      "+5881580-07-11",
      "-5877641-06-23",
    ].map((t) => `"${t}"`),
  ],
  [
    "date64",
    fixed(new DateMillisecond(), BigInt64Array.of(86_400_000n, 1n, -1n)),
    ["1970-01-02", "1970-01-01T00:00:00.001", "1969-12-31T23:59:59.999"],
    ['"1970-01-02"', '"1970-01-01T00:00:00.001"', '"1969-12-31T23:59:59.999"'],
  ],
  [
    "time32",
    fixed(new Time(SECOND, 32), Int32Array.of(0, 86_399, -1, 90_000)),
    ["00:00:00", "23:59:59", "-00:00:01", "25:00:00"],
    ['"00:00:00"', '"23:59:59"', '"-00:00:01"', '"25:00:00"'],
  ],
  [
    "time64",
    fixed(new Time(NANOSECOND, 64), BigInt64Array.of(1n)),
    ["00:00:00.000000001"],
    ['"00:00:00.000000001"'],
  ],
  [
    "timestamps",
    fixed(new Timestamp(SECOND, null), BigInt64Array.of(-1n, MAX)),
    ["1969-12-31T23:59:59", "+292277026596-12-04T15:30:07"],
    ['"1969-12-31T23:59:59"', '"+292277026596-12-04T15:30:07"'],
  ],
  [
    "nanoseconds with a zone",
    fixed(new Timestamp(NANOSECOND, "Europe/Paris"), BigInt64Array.of(MAX, MIN, 1_709_210_096_000_000_001n)),
    ["2262-04-11T23:47:16.854775807Z", "1677-09-21T00:12:43.145224192Z", "2024-02-29T12:34:56.000000001Z"],
    [
      "2262-04-11T23:47:16.854775807Z",
      "1677-09-21T00:12:43.145224192Z",
      "2024-02-29T12:34:56.000000001Z",
    ].map((t) => `"${t}"`),
  ],
  [
    "durations",
    fixed(new Duration(MILLISECOND), BigInt64Array.of(1500n, -1n, MIN)),
    ["PT1.500S", "-PT0.001S", "-PT9223372036854775.808S"],
    ['"PT1.500S"', '"-PT0.001S"', '"-PT9223372036854775.808S"'],
  ],
  ["duration in seconds", fixed(new Duration(SECOND), BigInt64Array.of(60n)), ["PT60S"], ['"PT60S"']],
  ["months", fixed(new IntervalYearMonth(), Int32Array.of(14)), ["P14M"], ['"P14M"']],
  [
    "days and milliseconds",
    fixed(new IntervalDayTime(), Int32Array.of(1, -500)),
    ["P1DT-0.500S"],
    ['"P1DT-0.500S"'],
  ],
  [
    "months, days and nanoseconds",
    fixed(new IntervalMonthDayNano(), Int32Array.of(1, 2, 3, 0)),
    ["P1M2DT0.000000003S"],
    ['"P1M2DT0.000000003S"'],
  ],
  [
    "a list of text",
    of([["a", null, 'b"'], [], null], new List(new Field("item", new Utf8(), true))),
    ['["a",null,"b\\""]', "[]", null],
    ['["a",null,"b\\""]', "[]", "null"],
  ],
  [
    "a fixed-size list",
    of([[1n, 2n ** 60n]], new FixedSizeList(2, new Field("item", new Int64(), true))),
    ['[1,"1152921504606846976"]'],
    ['[1,"1152921504606846976"]'],
  ],
  [
    "a struct",
    of(
      [{ a: 1, 'k"': null }],
      new Struct([new Field("a", new Float64(), true), new Field('k"', new Utf8(), true)]),
    ),
    ['{"a":1,"k\\"":null}'],
    ['{"a":1,"k\\"":null}'],
  ],
  [
    "a map",
    of(
      [new Map([["k", 1]])],
      new Map_(
        new Field(
          "entries",
          new Struct([new Field("key", new Utf8()), new Field("value", new Int8(), true)]),
        ) as never,
      ),
    ),
    ['[{"key":"k","value":1}]'],
    ['[{"key":"k","value":1}]'],
  ],
];

describe("cellText and cellJson", () => {
  it.each(cases)("print %s", (_, data, text, json) => {
    expect(texts(data)).toEqual(text);
    expect(jsons(data)).toEqual(json);
    for (const one of json) JSON.parse(one);
  });

  it("look through dictionaries of any type, grown ones, and nulls inside of them", () => {
    const first = of([1n, null], new Int64());
    const dictionary = new Vector([first, of([2n ** 60n], new Int64())]);
    const type = new Dictionary(new Int64(), new Int8());
    const data = makeData({
      type,
      data: Int8Array.of(2, 1, 0, 0),
      nullBitmap: Uint8Array.of(0b0111),
      nullCount: 1,
      dictionary,
    } as never) as Data;
    expect(texts(data)).toEqual(["1152921504606846976", null, "1", null]);
    expect(jsons(data)).toEqual(['"1152921504606846976"', "null", "1", "null"]);
  });

  it("look through unions, and read views", () => {
    const type = new DenseUnion([5, 7], [new Field("i", new Int8()), new Field("s", new Utf8())]);
    const data = makeData({
      type,
      length: 2,
      typeIds: Int8Array.of(7, 5),
      valueOffsets: Int32Array.of(0, 0),
      children: [fixed(new Int8(), Int8Array.of(3)), of(["x"], new Utf8())],
    } as never) as Data;
    expect(texts(data)).toEqual(["x", "3"]);
    expect(jsons(data)).toEqual(['"x"', "3"]);
    const long = new TextEncoder().encode("longer than twelve");
    const views = new Uint8Array(Int32Array.of(long.length, 0, 0, 0, 1, 0x61, 0, 0).buffer);
    for (const [view, expected] of [
      [new Utf8View(), ["longer than twelve", "a"]],
      [new BinaryView(), [btoa("longer than twelve"), "YQ=="]],
    ] as const) {
      const data = makeData({
        type: view as Utf8View,
        length: 2,
        views,
        variadicBuffers: [long],
      } as never) as Data;
      expect(texts(data)).toEqual(expected);
    }
  });

  it("print slices", () => {
    const bools = of([true, false, true, null, true], new Bool()).slice(2, 3);
    expect(texts(bools)).toEqual(["true", null, "true"]);
    expect(texts(of([["a"], ["b", "c"]], new List(new Field("item", new Utf8()))).slice(1, 1))).toEqual([
      '["b","c"]',
    ]);
  });

  it("print dates and instants as JavaScript does, where it can", () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true, min: new Date(-62_167_219_200_000) }), (date) => {
        const ms = BigInt(date.getTime());
        const iso = date.toISOString();
        expect(cellText(fixed(new Timestamp(MILLISECOND, "UTC"), BigInt64Array.of(ms)), 0)).toBe(iso);
        expect(cellText(fixed(new Timestamp(MICROSECOND, null), BigInt64Array.of(ms * 1000n + 7n)), 0)).toBe(
          iso.replace("Z", "007"),
        );
        const days = Math.floor(date.getTime() / 86_400_000);
        expect(cellText(fixed(new DateDay(), Int32Array.of(days)), 0)).toBe(iso.slice(0, iso.indexOf("T")));
      }),
      { numRuns: 1000 },
    );
  });
});
