import {
  ConfigError,
  columnCount,
  columnExists,
  columnOrder,
  columnSet,
  distinctValuesContain,
  distinctValuesEqual,
  distinctValuesIn,
  type Expectation,
  lengthBetween,
  meetsJsonSchema,
  mostCommonValueIn,
  notNull,
  oneOf,
  pairIn,
  parsesAsDate,
  parsesAsJson,
  parsesAsMoment,
  quantilesBetween,
  rowCount,
  satisfies,
  schema,
  sumBetween,
  unique,
  type ValidateOptions,
  validate,
  zScoreBelow,
} from "veritable";
import { describe, expect, it } from "vitest";
import { makeSuite } from "../../src/suite/suite.js";
import { tableOf } from "../../src/testing/plainTable.js";

type Cell = number | string | null;
const column = (type: string, values: Cell[]) => tableOf({ c: { type, values } });

async function outcomeOf(
  table: Parameters<typeof validate>[0],
  expectation: Expectation,
  options: ValidateOptions = {},
) {
  return (await validate(table, makeSuite("s", [expectation], {}), options)).outcomes[0]!;
}

describe("Great Expectations 1.2", () => {
  it("1: a row condition on a count of rows is not ignored", async () => {
    const table = tableOf({ c: { type: "int32", values: [1, 2, 3, null] } });
    const when = { c: { gt: 1 } };
    expect(await outcomeOf(table, rowCount({ min: 2, max: 2 }, { when }))).toMatchObject({
      status: "pass",
      observed: 2,
    });
    expect(await outcomeOf(table, rowCount({ min: 4 }, { when }))).toMatchObject({
      status: "fail",
      observed: 2,
    });
  });

  it("1: and where a condition means nothing, it is refused", () => {
    const when = { when: { c: { gt: 1 } } } as object;
    for (const make of [
      () => columnCount({ min: 1 }, when),
      () => columnExists("c", when),
      () => columnSet(["c"], when),
      () => columnOrder(["c"], when),
      () => schema({ c: "int32" }, when),
    ]) {
      expect(make).toThrow(ConfigError);
      expect(make).toThrow(/can't honour "when"/);
    }
  });

  it("2: counts are of all failing rows, at any level and whatever the sample", async () => {
    const values = [...new Array(15).fill(1), ...new Array(1000).fill(2), ...new Array(500).fill(3)];
    for (const sample of [0, 20, 200, 10_000]) {
      const run = await validate(column("int32", values), makeSuite("s", [oneOf("c", [0])], {}), { sample });
      for (const level of ["counts", "sample", "full"] as const) {
        expect(run.toJSON({ level }).outcomes[0]).toMatchObject({
          counts: { judged: 1515, failed: 1515 },
          failedFraction: 1,
        });
      }
    }
  });

  it("3: failing values and their rows are one list, cut at one limit, and say so", async () => {
    const outcome = await outcomeOf(column("int32", new Array(500).fill(1)), oneOf("c", [0]), {
      sample: 200,
    });
    expect(outcome.sample?.items).toHaveLength(200);
    expect(outcome.sample?.items.every(({ row, values }, i) => row === i && values.c === 1)).toBe(true);
    expect(outcome.sample).toMatchObject({ total: 500, truncated: true });
  });

  it("4: a sum of int64 that leaves 64 bits is no plausible number", async () => {
    const table = column("int64", ["9223372036854775807", "9223372036854775807"]);
    const outcome = await outcomeOf(table, sumBetween("c", { min: 0, max: 10 }));
    expect(outcome).toMatchObject({ status: "fail", observed: "18446744073709551614" });
  });

  it("5: position 0 is a position", async () => {
    const table = tableOf({ a: { type: "int32", values: [1] }, b: { type: "int32", values: [1] } });
    expect(await outcomeOf(table, columnExists("b", { index: 0 }))).toMatchObject({ status: "fail" });
    expect(await outcomeOf(table, columnExists("a", { index: 0 }))).toMatchObject({ status: "pass" });
  });

  it("5: an exact set of columns is the default, and both say what they match", async () => {
    const table = tableOf({ a: { type: "int32", values: [1] }, b: { type: "int32", values: [1] } });
    expect(await outcomeOf(table, columnSet(["a"]))).toMatchObject({ status: "fail" });
    expect(await outcomeOf(table, columnSet(["a"], { match: "superset" }))).toMatchObject({ status: "pass" });
    expect(await outcomeOf(table, columnSet(["a", "b", "c"], { match: "subset" }))).toMatchObject({
      status: "pass",
    });
  });

  it("5: a length strictly between two bounds", async () => {
    const table = column("utf8", ["", "a", "ab", "abc", null]);
    const outcome = await outcomeOf(table, lengthBetween("c", { minExclusive: 1, maxExclusive: 3 }));
    expect(outcome.sample?.items.map(({ row }) => row)).toEqual([0, 1, 3]);
  });

  it("5: pairs in a set, with nulls on either side and on both", async () => {
    const table = tableOf({
      a: { type: "int32", values: [1, 2, null, 1, null] },
      b: { type: "utf8", values: ["x", "x", "x", null, null] },
    });
    const failing = async (
      ignoreRowIf: "both_values_are_missing" | "either_value_is_missing" | "neither",
    ) => {
      const outcome = await outcomeOf(table, pairIn("a", "b", [[1, "x"]], { ignoreRowIf }));
      return [outcome.status, outcome.counts?.ignored, outcome.sample?.items.map(({ row }) => row)];
    };
    expect(await failing("either_value_is_missing")).toEqual(["fail", 3, [1]]);
    expect(await failing("both_values_are_missing")).toEqual(["fail", 1, [1, 2, 3]]);
    expect(await failing("neither")).toEqual(["fail", 0, [1, 2, 3, 4]]);
  });

  it.each<[name: string, expectation: Expectation, good: string, bad: string]>([
    ["JSON", parsesAsJson("c"), "{}", "{"],
    ["JSON of a schema", meetsJsonSchema("c", { type: "object" }), "{}", "{"],
    ["a date of a format", parsesAsDate("c", "%Y-%m-%d"), "2024-02-29", "2023-02-29"],
    ["a moment", parsesAsMoment("c"), "2024-02-29T12:00:00Z", "noon"],
  ])("6: one value that is no %s fails its row; the others are judged", async (_, expectation, good, bad) => {
    const outcome = await outcomeOf(column("utf8", [good, bad, good, null, bad]), expectation);
    expect(outcome).toMatchObject({ status: "fail", counts: { judged: 4, failed: 2, nulls: 1 } });
    expect(outcome).not.toHaveProperty("error");
    expect(outcome.sample?.items.map(({ row }) => row)).toEqual([1, 4]);
  });

  it("7: an error is no failure: it has a status, a code, and no stack", async () => {
    const run = await validate(
      column("int32", [1, 2]),
      makeSuite("s", [notNull("x"), oneOf("c", [1]), satisfies(["c"], { function: "f" })], {}),
      {
        functions: {
          f: () => {
            throw new RangeError("no answer");
          },
        },
      },
    );
    expect(run.outcomes.map(({ status, error }) => [status, error?.code])).toEqual([
      ["error", "config/unknown-name"],
      ["fail", undefined],
      ["error", "engine/failed"],
    ]);
    expect(JSON.stringify(run.toJSON({ level: "full" }))).not.toMatch(
      /\bat .*\.[jt]s:\d+|node_modules|Traceback/,
    );
  });

  it("8: of a constant column no value is an outlier", async () => {
    for (const values of [[5, 5, 5], [5], [0.1, 0.1, 0.1, 0.1, 0.1, 0.1]]) {
      const outcome = await outcomeOf(column("float64", values), zScoreBelow("c", 3));
      expect(outcome.status).toBe("pass");
      expect(outcome.counts?.failed).toBe(0);
    }
  });

  it("9: bounds of quantiles are compared exactly", async () => {
    const table = column("float64", [100, 100, 100]);
    const median = (max: number) => outcomeOf(table, quantilesBetween("c", { "0.5": { max } }));
    expect((await median(100)).status).toBe("pass");
    expect((await median(99.999)).status).toBe("fail");
    expect((await median(100 - 2 ** -46)).status).toBe("fail");
  });

  it("10: no result holds all distinct values of a column", async () => {
    const values = Array.from({ length: 20_000 }, (_, i) => `value number ${i}`);
    const table = column("utf8", values);
    for (const expectation of [
      distinctValuesIn("c", ["a"]),
      distinctValuesContain("c", ["a"]),
      distinctValuesEqual("c", ["a"]),
      mostCommonValueIn("c", ["a"]),
      oneOf("c", ["a"]),
      unique("c", { when: { c: { ne: "a" } } }),
    ]) {
      const run = await validate(table, makeSuite("s", [expectation], {}));
      const { length } = JSON.stringify(run.toJSON({ level: "full" }));
      expect(length, expectation.type).toBeLessThan(12_000);
    }
  });
});
