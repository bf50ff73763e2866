import { tableFromArrays } from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyOf, inTable, isNull, not, pairEqual, suite, validate } from "../../src/entries/index.js";
import { tableOf as plainTable } from "../../src/testing/plainTable.js";
import { failedRows, outcomeOf, sameOutcome, seen } from "./outcomes.js";
import { everyShape, tableOf } from "./tables.js";

const codes = { code: { type: "utf8", values: ["FR", "US", null, "FR"] } };
const countries = { tables: { countries: plainTable(codes) } };
const country = { country: { type: "utf8", values: ["US", "XX", null, "FR", ""] } };
const known = inTable("country", { table: "countries", column: "code" });

describe("inTable", () => {
  it("finds text in every shape of the column, and of the table", async () => {
    expect(seen(await sameOutcome(country, known, countries))).toEqual({
      status: "fail",
      nulls: 1,
      judged: 4,
      failed: 2,
      failing: [1, 4],
    });
    for (const [shape, table] of everyShape(codes)) {
      const outcome = await outcomeOf(country, known, { tables: { countries: table } });
      expect(failedRows(outcome), shape).toEqual([1, 4]);
    }
  });

  it("says what must hold, and takes nulls as it is told", async () => {
    const outcome = await outcomeOf(
      country,
      inTable("country", { table: "countries", column: "code" }, { nulls: "fail" }),
      countries,
    );
    expect(outcome.expected).toBe("country is in table countries (code)");
    expect(failedRows(outcome)).toEqual([1, 2, 4]);
  });

  it("looks several columns up together, skipping a row with a null among them", async () => {
    const cells = {
      country: { type: "utf8", values: ["FR", "FR", "US", null, "U"] },
      region: { type: "int32", values: [1, 2, 1, 1, 1] },
    };
    const regions = plainTable({
      number: { type: "int64", values: [1, 1, 2, 1] },
      of: { type: "utf8", values: ["FR", "US", null, "S"] },
    });
    const expectation = inTable(["country", "region"], { table: "regions", columns: ["of", "number"] });
    const outcome = await sameOutcome(cells, expectation, { tables: { regions } });
    expect(seen(outcome)).toMatchObject({ nulls: 1, judged: 4, failing: [1, 4] });
    expect(outcome.expected).toBe("country, region are in table regions (of, number)");
  });

  it.each([
    ["int32", [1, 2, -3], "int64", [1, -3], [1]],
    ["int64", [1, "9007199254740993", "9007199254740992"], "float64", [1, 9007199254740992], [1]],
    ["float64", [1, 1.5, 9007199254740992], "int64", [1, "9007199254740993"], [1, 2]],
    ["float64", [0.07, 0.5, "Infinity"], "decimal128(10, 2)", ["0.07", "0.50"], [2]],
    ["decimal128(10, 2)", ["1.50", "2.00", "0.01"], "decimal128(10, 4)", ["1.5000", "2.0001"], [1, 2]],
    ["decimal128(10, 2)", ["1.50", "2.00"], "float64", [1.5, "NaN", "Infinity"], [1]],
    ["decimal128(20, 0)", ["1", "2"], "float64", [1e300, 2], [0]],
    ["uint64", ["18446744073709551615", 1], "int64", [-1, 1], [0]],
    [
      "date32",
      ["2024-01-01", "2024-01-02"],
      "timestamp[us]",
      ["2024-01-01T00:00:00", "2024-01-02T01:00:00"],
      [1],
    ],
    ["timestamp[ms]", ["2024-01-01T00:00:00.001"], "timestamp[ns, UTC]", ["2024-01-01T00:00:00.001Z"], []],
    ["large_utf8", ["a", "b"], "dictionary<int8, utf8>", ["b"], [0]],
    ["bool", [true, false], "bool", [true], [1]],
    ["binary", ["AA==", "AQ=="], "fixed_size_binary(1)", ["AQ=="], [0]],
    ["int32", [1], "null", [null], [0]],
  ])("compares %s %j with %s %j exactly", async (own, values, type, keys, failing) => {
    const table = plainTable({ key: { type, values: keys } });
    const expectation = inTable("x", { table: "t", column: "key" });
    const outcome = await sameOutcome({ x: { type: own, values } }, expectation, { tables: { t: table } });
    expect(outcome.status, outcome.message).toBe(failing.length === 0 ? "pass" : "fail");
    expect(failedRows(outcome)).toEqual(failing);
  });

  it.each([
    ["utf8", "int32"],
    ["timestamp[ms]", "time32[ms]"],
    ["bool", "int8"],
    ["utf8", "binary"],
    ["int32", "list<int32>"],
  ])("can't say of %s whether it is among %s", async (own, type) => {
    const table = type.startsWith("list")
      ? tableFromArrays({ key: [[1], [2]] })
      : plainTable({ key: { type, values: [] } });
    const cells = { x: { type: own, values: [null] } };
    const outcome = await outcomeOf(cells, inTable("x", { table: "t", column: "key" }), {
      tables: { t: table },
    });
    expect(outcome).toMatchObject({ status: "error", error: { code: "config/bad-value" } });
    expect(outcome.message).toContain("key");
  });

  it("takes NaN for no key of any table", async () => {
    const tables = { t: plainTable({ key: { type: "float64", values: ["NaN", 1, -0] } }) };
    const cells = { x: { type: "float64", values: ["NaN", 1, 0] } };
    const asked = (nan: "fail" | "skip" | "null") =>
      sameOutcome(cells, inTable("x", { table: "t", column: "key" }, { nan }), { tables });
    expect(seen(await asked("fail"))).toMatchObject({ judged: 3, failing: [0] });
    expect(seen(await asked("skip"))).toMatchObject({ status: "pass", nan: 1, judged: 2 });
    expect(seen(await asked("null"))).toMatchObject({ status: "pass", nulls: 1, judged: 2 });
  });

  it("quarantines, tolerates, and stands inside other rules", async () => {
    const table = tableOf(country);
    const moving = inTable("country", { table: "countries", column: "code" }, { onFail: "quarantine" });
    const run = await validate(table, suite("s", [moving]), countries);
    expect([run.status, run.accepted.rows, run.quarantined.rows]).toEqual(["warn", 3, 2]);
    const mostly = inTable("country", { table: "countries", column: "code" }, { mostly: 0.5 });
    expect((await outcomeOf(country, mostly, countries)).status).toBe("pass");
    const either = anyOf([known, isNull("country")]);
    expect(failedRows(await outcomeOf(country, either, countries))).toEqual([1, 4]);
    expect(failedRows(await outcomeOf(country, not(known), countries))).toEqual([0, 3]);
    const some = inTable(
      "country",
      { table: "countries", column: "code" },
      { when: { country: { ne: "" } } },
    );
    expect(failedRows(await outcomeOf(country, some, countries))).toEqual([1]);
  });

  it("is settled by the dictionary where there is one", async () => {
    const values = { country: { type: "dictionary<int8, utf8>", values: ["US", "FR", "US"] } };
    expect(await outcomeOf(values, known, countries)).toMatchObject({
      status: "pass",
      evidence: "dictionary",
    });
  });

  it("refuses another number of columns", () => {
    expect(() => inTable(["a", "b"], { table: "t", columns: ["x"] })).toThrow(
      /looks 2 of its own columns up in 1 of the table/,
    );
  });

  const kinds = ["int8", "int32", "int64", "uint64", "float32", "float64", "decimal128(20, 3)"];
  const anyNumber = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(0.5, 100, 0.125, -100));
  const anyColumn = fc.constantFrom(...kinds).chain((type) => {
    const fitting = anyNumber.filter((value) =>
      Number.isInteger(value) ? type !== "uint64" || value >= 0 : !/int/.test(type),
    );
    const stored = fitting.map((value) => (type.startsWith("decimal") ? value.toFixed(3) : value));
    return fc.array(fc.option(stored), { maxLength: 6 }).map((values) => ({ type, values }));
  });

  it("finds what pairEqual holds equal", async () => {
    await fc.assert(
      fc.asyncProperty(anyColumn, anyColumn, async (own, keys) => {
        const found = await outcomeOf({ x: own }, inTable("x", { table: "t", column: "key" }), {
          tables: { t: plainTable({ key: keys }) },
        });
        const pairs = own.values.flatMap((x, row) => keys.values.map((key) => ({ x, key, row })));
        const cells = {
          x: { type: own.type, values: pairs.map(({ x }) => x) },
          key: { type: keys.type, values: pairs.map(({ key }) => key) },
        };
        const unequal = await outcomeOf(
          cells,
          pairEqual("x", "key", { ignoreRowIf: "either_value_is_missing" }),
        );
        const failing = new Set(failedRows(unequal));
        const equal = new Set(
          pairs.flatMap(({ x, key, row }, i) => (x === null || key === null || failing.has(i) ? [] : [row])),
        );
        const wanted = own.values.flatMap((x, row) => (x === null || equal.has(row) ? [] : [row]));
        expect(failedRows(found)).toEqual(wanted);
      }),
    );
  });
});
