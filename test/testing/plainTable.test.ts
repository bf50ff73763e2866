import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellText } from "../../src/columns/cellText.js";
import { typeName } from "../../src/columns/typeName.js";
import { ConfigError } from "../../src/errors/index.js";
import type { Json } from "../../src/results/json.js";
import { tableOf } from "../../src/testing/plainTable.js";

/** One column, read back cell by cell as exact text. */
function texts(type: string, values: readonly Json[]): (string | null)[] {
  const [batch] = tableOf({ c: { type, values } }).batches;
  return values.map((_, row) => cellText(batch!.data.children[0]!, row));
}

describe("tableOf holds every value exactly", () => {
  it.each<[type: string, values: Json[], read: (string | null)[]]>([
    ["int8", [-128, 127, null], ["-128", "127", null]],
    [
      "int64",
      [1, "9007199254740993", "-9223372036854775808"],
      ["1", "9007199254740993", "-9223372036854775808"],
    ],
    ["uint64", ["18446744073709551615", 0], ["18446744073709551615", "0"]],
    [
      "float64",
      [0.1, "NaN", "Infinity", "-Infinity", "-0", -0, null],
      ["0.1", "NaN", "Infinity", "-Infinity", "-0", "-0", null],
    ],
    ["float32", [0.5, "NaN"], ["0.5", "NaN"]],
    ["float16", [0.5, 65504, "-Infinity"], ["0.5", "65504", "-Infinity"]],
    [
      "decimal128(38, 4)",
      ["12345678901234567890123456789012.3456", "-0.0001", 2],
      ["12345678901234567890123456789012.3456", "-0.0001", "2.0000"],
    ],
    ["bool", [true, false, null], ["true", "false", null]],
    ["utf8", ["", "𝒳", "a\u0000b", null], ["", "𝒳", "a\u0000b", null]],
    ["large_utf8", ["é"], ["é"]],
    ["binary", ["AP8=", "", null], ["AP8=", "", null]],
    ["fixed_size_binary(2)", ["AP8=", null], ["AP8=", null]],
    ["date32", ["2024-02-29", "1969-12-31"], ["2024-02-29", "1969-12-31"]],
    ["date64", ["2024-02-29"], ["2024-02-29"]],
    ["time32[ms]", ["09:30:00.250"], ["09:30:00.250"]],
    ["time64[ns]", ["23:59:59.999999999"], ["23:59:59.999999999"]],
    ["timestamp[ns]", ["2024-01-31T09:30:00.123456789"], ["2024-01-31T09:30:00.123456789"]],
    ["timestamp[us, UTC]", ["2024-01-31T09:30:00+01:00"], ["2024-01-31T08:30:00.000000Z"]],
    ["duration[ms]", ["PT1.5S", "-PT1M"], ["PT1.500S", "-PT60.000S"]],
    ["dictionary<int8, utf8>", ["a", "b", "a", null], ["a", "b", "a", null]],
    ["dictionary<int8, float64>", [0, -0, "NaN"], ["0", "-0", "NaN"]],
    ["dictionary<int32, int64>", ["9007199254740993", null], ["9007199254740993", null]],
    ["null", [null, null], [null, null]],
  ])("%s", (type, values, read) => {
    expect(texts(type, values)).toEqual(read);
    expect(typeName(tableOf({ c: { type, values } }).schema.fields[0]!.type)).toBe(type);
  });

  it("every int64 and every double", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.double(), (whole, double) => {
        expect(texts("int64", [whole.toString()])).toEqual([whole.toString()]);
        expect(texts("float64", [double])).toEqual([Object.is(double, -0) ? "-0" : String(double)]);
      }),
    );
  });

  it("a column may be called anything", () => {
    const column = { type: "int32", values: [1] };
    const table = tableOf(
      Object.fromEntries([
        ["__proto__", column],
        ["", column],
      ]),
    );
    expect(table.schema.fields.map(({ name }) => name)).toEqual(["__proto__", ""]);
  });
});

describe("tableOf refuses what a type can't hold", () => {
  it.each<[type: string, value: Json]>([
    ["int8", 128],
    ["uint64", -1],
    ["int64", "9223372036854775808"],
    ["int64", 1.5],
    ["int64", "Infinity"],
    ["int32", "1e-1"],
    ["decimal128(4, 2)", "100"],
    ["decimal128(4, 2)", "0.001"],
    ["date32", "2024-02-30"],
    ["date32", "2024-02-29T12:00:00"],
    ["timestamp[s]", "2024-02-29T12:00:00.5"],
    ["timestamp[s]", 1_700_000_000],
    ["timestamp[s, UTC]", "2024-02-29T12:00:00"],
    ["utf8", 1],
    ["utf8", true],
    ["binary", "no base64"],
    ["bool", 1],
    ["float64", "one"],
    ["float64", true],
    ["fixed_size_binary(2)", "AP8A"],
    ["dictionary<int8, int32>", 0.5],
    ["null", 1],
  ])("%s: %j", (type, value) => {
    const named = `column "c": ${JSON.stringify(value)} is no value of ${type}`;
    expect(() => tableOf({ c: { type, values: [value] } })).toThrow(ConfigError);
    expect(() => tableOf({ c: { type, values: [value] } })).toThrow(named);
  });

  it("columns of unequal length, no column, too many values for the codes", () => {
    const short = { type: "int32", values: [1] };
    expect(() => tableOf({ a: short, b: { type: "int32", values: [] } })).toThrow(
      'column "b" has 0 values, and "a" has 1',
    );
    expect(() => tableOf({})).toThrow(ConfigError);
    const many = { type: "dictionary<int8, int32>", values: Array.from({ length: 129 }, (_, i) => i) };
    expect(() => tableOf({ many })).toThrow("128 is no value of dictionary<int8, int32>");
    expect(() => tableOf({ c: { type: "int31", values: [] } })).toThrow('did you mean "int32"');
  });
});
