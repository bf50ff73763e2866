import { Field, Int32, List, Table, vectorFromArray } from "apache-arrow";
import fc from "fast-check";
import {
  between,
  ConfigError,
  type Expectation,
  maxBetween,
  meanBetween,
  minBetween,
  notNull,
  oneOf,
  parseRun,
  rowCount,
  schema,
  sumBetween,
  unique,
  uniqueTogether,
  validate,
} from "veritable";
import { describe, expect, it } from "vitest";
import { makeSuite } from "../../src/suite/suite.js";
import { anyTable } from "../../src/testing/arbitraries.js";
import { tableOf } from "../../src/testing/plainTable.js";

const of = (...expectations: Expectation[]) => makeSuite("s", expectations, {});
const column = (type: string, values: (string | number | null)[]) => tableOf({ c: { type, values } });

describe("samples", () => {
  const table = tableOf({
    id: { type: "int64", values: Array.from({ length: 100 }, (_, row) => row) },
    half: { type: "int32", values: Array.from({ length: 100 }, (_, row) => row % 2) },
  });
  const odd = of(between("half", { max: 0 }));

  it.each([[0], [1], [7], [49], [50], [51], [10_000]])(
    "hold %i rows at most, of 50 that failed",
    async (sample) => {
      const [outcome] = (await validate(table, odd, { sample })).outcomes;
      const items = Array.from({ length: Math.min(50, sample) }, (_, i) => ({
        row: 2 * i + 1,
        values: { half: 1 },
      }));
      expect(outcome?.sample).toEqual({ items, total: 50, truncated: sample < 50 });
      expect(outcome?.counts?.failed).toBe(50);
    },
  );

  it("hold 20 rows unless the caller says otherwise", async () => {
    const [outcome] = (await validate(table, odd)).outcomes;
    expect([outcome?.sample?.items.length, outcome?.sample?.truncated]).toEqual([20, true]);
  });

  it("are absent where nothing failed", async () => {
    expect((await validate(table, of(between("half", { max: 1 })))).outcomes[0]).not.toHaveProperty("sample");
  });

  it("show the keys beside each row, and count rows over all batches", async () => {
    const batches = [table.batches[0]!.slice(0, 2), table.batches[0]!.slice(2, 100)];
    const [outcome] = (await validate(batches, odd, { sample: 2, keys: ["id"] })).outcomes;
    expect(outcome?.sample?.items).toEqual([
      { row: 1, values: { half: 1 }, keys: { id: 1 } },
      { row: 3, values: { half: 1 }, keys: { id: 3 } },
    ]);
  });

  it("show every member of a group of equal keys, in the order of the rows", async () => {
    const [outcome] = (await validate(column("int32", [1, 2, 3, 2, 1]), of(unique("c")))).outcomes;
    expect(outcome?.sample?.items.map(({ row }) => row)).toEqual([0, 1, 3, 4]);
  });

  it("cut a long value, and say of a nested one only that it is there", async () => {
    const [long] = (await validate(column("utf8", ["x".repeat(5000)]), of(oneOf("c", ["y"])))).outcomes;
    expect(long?.sample?.items[0]?.values.c).toBe(`${"x".repeat(1000)}...`);
    const lists = vectorFromArray([[1], null], new List(new Field("item", new Int32(), true)));
    const [nested] = (await validate(new Table({ c: lists }), of(notNull("c")), { keys: ["c"] })).outcomes;
    expect(nested?.sample?.items).toEqual([{ row: 1, values: { c: null }, keys: { c: null } }]);
  });

  it.each([[-1], [1.5], [10_001], [Number.NaN], ["20" as never]])("can't be %j rows", async (sample) => {
    await expect(validate(table, odd, { sample })).rejects.toThrow(/validate: sample/);
    await expect(validate(table, odd, { sample })).rejects.toThrow(ConfigError);
  });
});

describe("outcomes", () => {
  const table = tableOf({ a: { type: "int32", values: [1, 2] }, b: { type: "int32", values: [1, 1] } });

  it("stand in the suite's order, under ids of their own", async () => {
    const run = await validate(
      table,
      of(
        rowCount({ min: 1 }),
        notNull("b"),
        schema({ a: "int32", b: "int32" }),
        notNull("a"),
        notNull("b"),
        uniqueTogether(["a", "b"]),
        notNull("b", { id: "mine" }),
        notNull("b"),
        notNull(["b"]),
        rowCount({ max: 9 }),
      ),
    );
    expect(run.outcomes.map(({ id }) => id)).toEqual([
      "rowCount",
      "notNull(b)",
      "schema",
      "notNull(a)",
      "notNull(b)#2",
      "uniqueTogether(a, b)",
      "mine",
      "notNull(b)#3",
      "notNull(b)#4",
      "rowCount#2",
    ]);
    expect(run.toJSON().outcomes.map(({ id }) => id)).toEqual(run.outcomes.map(({ id }) => id));
  });

  it("give way to ids that an author chose", async () => {
    const run = await validate(
      table,
      of(
        notNull("a"),
        notNull("a", { id: "notNull(a)" }),
        notNull("a", { id: "notNull(a)#3" }),
        notNull("a"),
      ),
    );
    const ids = run.outcomes.map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
    expect(ids.slice(1, 3)).toEqual(["notNull(a)", "notNull(a)#3"]);
  });

  it("can't have one id twice", () => {
    expect(() => of(notNull("a", { id: "x" }), notNull("b", { id: "x" }))).toThrow(/id "x" comes twice/);
    expect(() => of(notNull("a", { id: "x" }), notNull("b", { id: "x" }))).toThrow(ConfigError);
  });

  it("say which policy on nulls, NaN and emptiness they were judged by", async () => {
    const run = await validate(
      table,
      of(
        between("a", { min: 0 }),
        between("a", { min: 0 }, { nulls: "fail", nan: "skip", onEmpty: "fail" }),
        meanBetween("a", { min: 0 }),
        rowCount({ min: 0 }),
      ),
    );
    expect(run.outcomes.map(({ policy }) => policy)).toEqual([
      { nulls: "skip", nan: "fail", onEmpty: "pass" },
      { nulls: "fail", nan: "skip", onEmpty: "fail" },
      { nan: "fail", onEmpty: "fail" },
      undefined,
    ]);
  });
});

describe("values survive to JSON as they are", () => {
  // What is shown of a value that fails, of a key, and of the extremes, after a trip through text.
  async function through(type: string, values: (string | number)[], bound: string | number) {
    const table = column(type, values);
    const suite = of(
      between("c", { max: bound }),
      minBetween("c", { max: bound }),
      maxBetween("c", { max: bound }),
    );
    const run = await validate(table, suite, { keys: ["c"] });
    const { outcomes } = parseRun(JSON.parse(JSON.stringify(run)));
    const items = outcomes[0]!.sample?.items ?? [];
    expect(items.map(({ keys }) => keys?.c)).toEqual(items.map(({ values }) => values.c));
    return {
      values: items.map(({ values }) => values.c),
      extremes: outcomes.slice(1).map(({ observed }) => observed),
    };
  }

  it.each<[type: string, values: (string | number)[], bound: string | number, shown: (string | number)[]]>([
    [
      "int64",
      ["9007199254740993", "9223372036854775807", 7],
      5,
      ["9007199254740993", "9223372036854775807", 7],
    ],
    ["int64", ["-9007199254740993"], "-9223372036854775808", ["-9007199254740993"]],
    ["uint64", ["18446744073709551615"], 0, ["18446744073709551615"]],
    [
      "decimal128(38, 4)",
      ["12345678901234567890123456789012.3456", "0.1000"],
      0,
      ["12345678901234567890123456789012.3456", "0.1000"],
    ],
    ["timestamp[ns]", ["2024-01-31T09:30:00.123456789"], "2000-01-01", ["2024-01-31T09:30:00.123456789"]],
    ["timestamp[us, UTC]", ["2024-01-31T09:30:00.123456Z"], "2000-01-01", ["2024-01-31T09:30:00.123456Z"]],
    ["timestamp[ms]", ["1969-12-31T23:59:59.999"], "1900-01-01", ["1969-12-31T23:59:59.999"]],
    ["timestamp[s]", ["2024-01-31T09:30:00"], "2000-01-01", ["2024-01-31T09:30:00"]],
    ["date32", ["2024-02-29"], "2000-01-01", ["2024-02-29"]],
    ["time64[ns]", ["23:59:59.999999999"], "00:00:00", ["23:59:59.999999999"]],
    ["float64", [0.1, "Infinity", 1e300], -1, [0.1, "Infinity", 1e300]],
    ["float64", ["NaN"], -1, ["NaN"]],
  ])("%s %j", async (type, values, bound, shown) => {
    const seen = await through(type, values, bound);
    expect(seen.values).toEqual(shown);
    for (const value of seen.extremes) expect(shown).toContain(value);
  });

  it.each<[type: string, values: (string | number)[], sum: `${number}`]>([
    ["int64", ["9223372036854775807", "9223372036854775807", 1], "18446744073709551615"],
    ["uint64", ["18446744073709551615", 2], "18446744073709551617"],
    ["decimal128(20, 2)", ["99999999999999999.99", "0.01"], "100000000000000000.00"],
  ])("the sum of %s is neither wrapped nor rounded", async (type, values, sum) => {
    const run = await validate(
      column(type, values),
      of(sumBetween("c", { min: sum, max: sum }), sumBetween("c", { minExclusive: sum })),
    );
    expect(run.outcomes.map(({ status, observed }) => [status, observed])).toEqual([
      ["pass", sum],
      ["fail", sum],
    ]);
  });
});

describe("a run as JSON", () => {
  const table = tableOf({ a: { type: "int32", values: [1, 2, 2] } });
  const suite = makeSuite(
    "s",
    [unique("a", { id: "u", meta: { x: 1 } }), schema({ b: "utf8" }), meanBetween("a", { min: 0 })],
    {
      description: "of three",
    },
  );

  it("holds as much as its level says", async () => {
    const run = await validate(table, suite);
    const at = (level: "status" | "counts" | "sample" | "full") => run.toJSON({ level });
    expect(at("status").outcomes).toEqual([
      { id: "u", type: "unique", status: "fail" },
      { id: "schema", type: "schema", status: "fail" },
      { id: "meanBetween(a)", type: "meanBetween", status: "pass" },
    ]);
    expect(at("status")).not.toHaveProperty("accepted");
    expect(at("counts").outcomes[0]).toMatchObject({ counts: { failed: 2 }, meta: { x: 1 } });
    expect(JSON.stringify(at("counts"))).not.toMatch(/"sample":|"details":|"expectation":/);
    expect(at("sample").outcomes[0]).toMatchObject({ sample: { total: 2 } });
    expect(at("sample").outcomes[1]).toMatchObject({ details: { b: { expected: "utf8", actual: null } } });
    expect(JSON.stringify(at("sample"))).not.toMatch(/"expectation":|"metrics":/);
    expect(at("full").outcomes[0]!.expectation).toEqual(suite.expectations[0]);
    expect(at("full").metrics).toMatchObject({ a: ["moments"] });
    expect(run.toJSON()).toEqual(at("sample"));
    expect(JSON.parse(JSON.stringify({ run }))).toEqual({ run: JSON.parse(JSON.stringify(at("sample"))) });
  });

  it("says when, by what and on what it was made", async () => {
    const json = (await validate(table, suite)).toJSON({ level: "status" });
    expect(json).toMatchObject({
      format: "veritable/run",
      version: 1,
      engine: "arrow",
      rows: 3,
      source: { kind: "memory" },
      suite: { name: "s", description: "of three" },
      summary: { expectations: 3, pass: 1, fail: 2, warn: 0, error: 0, skipped: 0 },
    });
    expect(json.suite.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(Date.parse(json.startedAt)).toBeLessThanOrEqual(Date.now());
  });

  it("has one hash for one suite, whatever the order of its keys", async () => {
    const hash = async (expectation: Expectation) =>
      (await validate(table, of(expectation))).toJSON().suite.hash;
    expect(await hash(between("a", { min: 0, max: 9 }))).toBe(await hash(between("a", { max: 9, min: 0 })));
    expect(await hash(between("a", { min: 0, max: 9 }))).not.toBe(
      await hash(between("a", { min: 0, max: 8 })),
    );
  });

  it("is read back as it was, whatever the columns are called", async () => {
    await fc.assert(
      fc.asyncProperty(anyTable(), async (table) => {
        const names = table.schema.fields.map(({ name }) => [name]);
        const run = await validate(table, of(...names.map((name) => notNull(name)), unique(names[0]!)), {
          keys: names,
        });
        for (const level of ["status", "counts", "sample", "full"] as const) {
          const json = run.toJSON({ level });
          expect(parseRun(JSON.parse(JSON.stringify(json)))).toEqual(json);
        }
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ["nothing", undefined],
    ["another format", { format: "x" }],
    ["another version", { format: "veritable/run", version: 2 }],
    ["half of it", { format: "veritable/run", version: 1, level: "full" }],
  ])("is not read from %s", (_, value) => {
    expect(() => parseRun(value)).toThrow(/run/);
  });
});

describe("rules that were broken together", () => {
  it("are counted by the rows that broke exactly them", async () => {
    const table = tableOf({ a: { type: "int32", values: [1, 2, 3, 4, null] } });
    const run = await validate(
      table,
      of(
        between("a", { max: 2 }, { id: "x" }),
        between("a", { max: 3 }, { id: "y" }),
        notNull("a", { id: "z" }),
        between("a", { max: 9 }),
      ),
    );
    expect(run.cooccurrence).toEqual([
      { rules: ["x"], rows: 1 },
      { rules: ["x", "y"], rows: 1 },
      { rules: ["z"], rows: 1 },
    ]);
  });
});
