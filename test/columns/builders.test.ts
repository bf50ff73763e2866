import {
  Bool,
  type DataType,
  DateDay,
  DateMillisecond,
  Decimal,
  Dictionary,
  DurationMillisecond,
  Field,
  FixedSizeBinary,
  FixedSizeList,
  Float32,
  Float64,
  Int8,
  Int64,
  IntervalYearMonth,
  List,
  Map_,
  Null,
  Struct,
  TimeMillisecond,
  TimeSecond,
  Timestamp,
  TimeUnit,
  Uint8,
  Uint64,
  Utf8,
} from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { builderOf } from "../../src/columns/builders/builderOf.js";
import { cellJson, cellText } from "../../src/columns/cellText.js";
import { checkBatch } from "../../src/columns/integrity.js";
import { allTypes, batchesArb, dataArb } from "./arbitraries.js";

const { SECOND, MICROSECOND, NANOSECOND } = TimeUnit;
const naive = new Timestamp(MICROSECOND, null);
const zoned = new Timestamp(MICROSECOND, "UTC");

/** What text is read as, printed again; false when it is refused. */
function through(type: DataType, text: string): string | null | false {
  const builder = builderOf(type, "x");
  return builder.add(text) && cellText(builder.finish(), 0);
}

const accepted: [DataType, string, string | null][] = [
  [new Int8(), "007", "7"],
  [new Int8(), "+5", "5"],
  [new Int8(), "-128", "-128"],
  [new Int64(), "-9223372036854775808", "-9223372036854775808"],
  [new Int64(), "-1", "-1"],
  [new Int64(), "-4294967296", "-4294967296"],
  [new Uint64(), "18446744073709551615", "18446744073709551615"],
  [new Float64(), "1e3", "1000"],
  [new Float64(), ".5", "0.5"],
  [new Float64(), "-0", "-0"],
  [new Float64(), "nan", "NaN"],
  [new Float64(), "-inf", "-Infinity"],
  [new Float64(), "9007199254740992", "9007199254740992"],
  [new Float64(), "1152921504606847000", "1152921504606847000"],
  [new Float32(), "0.1", "0.10000000149011612"],
  [new Bool(), "True", "true"],
  [new Bool(), "FALSE", "false"],
  [new Decimal(2, 5), "123.45", "123.45"],
  [new Decimal(2, 5), "-1.5e1", "-15.00"],
  [new Decimal(2, 5), "1.500", "1.50"],
  [new Decimal(-2, 5), "1200", "1200"],
  [new DateDay(), "2024-02-29", "2024-02-29"],
  [new DateDay(), "2000-02-29", "2000-02-29"],
  [new DateDay(), "-000001-12-31", "-000001-12-31"],
  [new DateMillisecond(), "2024-02-29", "2024-02-29"],
  [naive, "2024-02-29", "2024-02-29T00:00:00.000000"],
  [naive, "2024-02-29 12:34", "2024-02-29T12:34:00.000000"],
  [naive, "2024-02-29T12:34:56.7", "2024-02-29T12:34:56.700000"],
  [naive, "2024-02-29T12:34:56.1234560", "2024-02-29T12:34:56.123456"],
  [zoned, "2024-02-29T12:34:56+02:00", "2024-02-29T10:34:56.000000Z"],
  [zoned, "2024-01-01T00:30:00.5-0130", "2024-01-01T02:00:00.500000Z"],
  [zoned, "2024-01-01T00:30:00+01", "2023-12-31T23:30:00.000000Z"],
  [new Timestamp(NANOSECOND, null), "2262-04-11T23:47:16.854775807", "2262-04-11T23:47:16.854775807"],
  [new Timestamp(SECOND, null), "+292277026596-12-04T15:30:07", "+292277026596-12-04T15:30:07"],
  [new TimeSecond(), "23:59", "23:59:00"],
  [new TimeMillisecond(), "09:30:00.25", "09:30:00.250"],
  [new DurationMillisecond(), "P1DT2H", "PT93600.000S"],
  [new List(new Field("item", new Int64(), true)), ' [1, null, "2"] ', "[1,null,2]"],
  [new FixedSizeBinary(2), "AQI=", "AQI="],
];

const refused: [DataType, string][] = [
  [new Int8(), "128"],
  [new Int8(), ""],
  [new Int8(), " 1"],
  [new Int8(), "1.0"],
  [new Int8(), "0x10"],
  [new Uint8(), "-1"],
  [new Int64(), "9223372036854775808"],
  [new Int64(), "9".repeat(1_000_000)],
  [new Uint64(), "18446744073709551616"],
  [new Float64(), "abc"],
  [new Float64(), "1,5"],
  [new Float64(), ""],
  [new Float64(), "1e999"],
  [new Float64(), "1e-999"],
  [new Float64(), "9007199254740993"],
  [new Float64(), "9".repeat(1_000_000)],
  [new Bool(), "1"],
  [new Bool(), "yes"],
  [new Decimal(2, 5), "1.234"],
  [new Decimal(2, 5), "1234.56"],
  [new Decimal(2, 5), "NaN"],
  [new Decimal(2, 5), "1e1000000"],
  [new DateDay(), "2023-02-29"],
  [new DateDay(), "1900-02-29"],
  [new DateDay(), "2024-13-01"],
  [new DateDay(), "2024-00-10"],
  [new DateDay(), "2024-1-1"],
  [new DateDay(), "01/02/2024"],
  [new DateDay(), "+999999999-01-01"],
  [naive, "2024-02-29T12:34:56Z"],
  [zoned, "2024-02-29T12:34:56"],
  [zoned, "2024-02-29"],
  [naive, "2024-02-29T12:34:56.1234567"],
  [naive, "2024-02-29T24:00:00"],
  [naive, "2024-02-29T23:59:60"],
  [zoned, "2024-02-29T00:00:00+24:00"],
  [new Timestamp(NANOSECOND, null), "2262-04-11T23:47:16.854775808"],
  [new Timestamp(SECOND, null), "2024-01-01T00:00:00.5"],
  [new TimeSecond(), "09:30:00.5"],
  [new TimeSecond(), "9:30"],
  [new TimeSecond(), "99999999:00:00"],
  [new DurationMillisecond(), "PT0.0005S"],
  [new DurationMillisecond(), "1500"],
  [new Null(), "x"],
  [new List(new Field("item", new Int64(), true)), "1,2"],
  [new List(new Field("item", new Int64(), true)), '["x"]'],
  [new List(new Field("item", new Int64(), true)), '{"a":1}'],
  [new FixedSizeList(2, new Field("item", new Int8(), true)), "[1]"],
  [new Struct([new Field("a", new Int8(), true)]), '{"a":1,"b":2}'],
  [new Struct([new Field("a", new Int8(), true)]), '{"a":1,"a":2}'],
  [new FixedSizeBinary(2), "AQID"],
  [new FixedSizeBinary(2), "AQI"],
  [new Dictionary(new Int8(), new Int8()), "x"],
];

describe("builderOf", () => {
  it.each(accepted)("reads %s from %s as %s", (type, text, printed) => {
    expect(through(type, text)).toBe(printed);
  });

  it.each(refused)("%s refuses %s", (type, text) => {
    expect(through(type, text)).toBe(false);
  });

  it("gives back what cellText and cellJson print, in batches", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...allTypes).chain((type) => fc.tuple(fc.constant(type), dataArb(type, 10))),
        fc.nat({ max: 10 }),
        ([type, data], cut) => {
          const [texts, jsons] = [builderOf(type, "x"), builderOf(type, "x")];
          for (const [from, to] of [
            [0, cut],
            [cut, 10],
          ] as const) {
            for (let i = from; i < to; i++) {
              expect(texts.add(cellText(data, i))).toBe(true);
              expect(jsons.addJson(cellJson(data, i))).toBe(true);
            }
            const [fromText, fromJson] = [texts.finish(), jsons.finish()];
            expect(fromText.length).toBe(to - from);
            for (let i = from; i < to; i++) {
              expect(cellText(fromText, i - from)).toBe(cellText(data, i));
              expect(cellText(fromJson, i - from)).toBe(cellText(data, i));
            }
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("builds more rows than fit its first room", () => {
    for (const type of [new Int64(), new Int8(), new Bool(), new Utf8(), new Decimal(0, 38, 128)]) {
      const builder = builderOf(type, "x");
      const text = (i: number) =>
        i % 3 === 0 ? null : type instanceof Bool ? String(i % 2 === 0) : String(i % 100);
      for (let i = 0; i < 5000; i++) expect(builder.add(text(i))).toBe(true);
      const data = builder.finish();
      for (let i = 0; i < 5000; i++) expect(cellText(data, i)).toBe(text(i));
      expect(data.nullCount).toBe(1667);
    }
  });

  it("keeps the digits of JSON numbers, reads strings by their content, and refuses half a character", () => {
    const json = (type: DataType, text: string) => {
      const builder = builderOf(type, "x");
      return builder.addJson(text) && cellText(builder.finish(), 0);
    };
    expect(json(new Int64(), "9007199254740993")).toBe("9007199254740993");
    expect(json(new Int64(), '"9007199254740993"')).toBe("9007199254740993");
    expect(json(new Decimal(20, 38, 128), "0.12345678901234567890")).toBe("0.12345678901234567890");
    expect(json(new Utf8(), '"a\\u00e9\\n"')).toBe("aé\n");
    expect(json(new Utf8(), '"\\ud83d\\ude00"')).toBe("😀");
    expect(json(new Utf8(), '"\\ud83d"')).toBe(false);
    expect(json(new Utf8(), '{"a": [1,  2]}')).toBe('{"a": [1,  2]}');
    expect(json(new Utf8(), "12.50")).toBe("12.50");
    expect(json(new Null(), "null")).toBe(null);
    const entry = [new Field("key", new Utf8()), new Field("value", new Int8(), true)];
    const map = new Map_(new Field("entries", new Struct(entry as never)));
    expect(json(map, '[{"key":"]\\"}","value":1}]')).toBe('[{"key":"]\\"}","value":1}]');
  });

  it("refuses types that no text is read as, by name", () => {
    expect(() => builderOf(new IntervalYearMonth(), "x")).toThrow(
      'column "x" is interval, which is not read from text',
    );
  });

  it("makes columns that are what they claim", () => {
    fc.assert(
      fc.property(batchesArb(allTypes), (batches) => {
        for (const batch of batches) {
          const children = batch.data.children.map((data) => {
            const builder = builderOf(data.type, "x");
            for (let i = 0; i < data.length; i++) builder.add(cellText(data, i));
            return builder.finish();
          });
          checkBatch({ schema: batch.schema, numRows: batch.numRows, data: { children } } as never);
        }
      }),
    );
  });
});
