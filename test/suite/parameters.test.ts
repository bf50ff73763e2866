import {
  allOf,
  anyOf,
  between,
  distinctCount,
  explain,
  inTable,
  lint,
  matches,
  meanBetween,
  oneOf,
  pairIn,
  param,
  percent,
  quantilesBetween,
  rows,
  satisfies,
  suite,
  suiteFromJson,
  suiteToJson,
  uniqueTogether,
  validate,
} from "veritable";
import { describe, expect, it } from "vitest";
import "veritable/vitest";
import { resolveParameters } from "../../src/suite/resolveParameters.js";
import { makeSuite } from "../../src/suite/suite.js";
import { tableOf } from "../../src/testing/plainTable.js";

const orders = tableOf({
  qty: { type: "int64", values: [0, 1, 5, "9007199254740993"] },
  country: { type: "utf8", values: ["FR", "US", "XX", null] },
  at: { type: "timestamp[ms]", values: ["2024-01-01T00:00:00", "2024-02-01T00:00:00", null, null] },
});

const open = suite("orders", [
  between("qty", { min: param("least"), max: param("most") }, { onFail: "quarantine" }),
  oneOf("country", param("countries"), { mostly: param("share") }),
  between("qty", { max: 5 }, { when: { country: { eq: param("home") } } }),
  anyOf([between("at", { min: param("since") }), matches("country", param("pattern"))]),
]);
const params = {
  least: 1,
  most: 9007199254740993n,
  countries: ["FR", "US"],
  share: 0.5,
  home: "FR",
  since: new Date("2024-01-15T00:00:00Z"),
  pattern: /^f/i,
};

describe("parameters of a suite", () => {
  it("mean what the values would mean in their place", async () => {
    const written = suite("orders", [
      between("qty", { min: 1, max: 9007199254740993n }, { onFail: "quarantine" }),
      oneOf("country", ["FR", "US"], { mostly: 0.5 }),
      between("qty", { max: 5 }, { when: { country: { eq: "FR" } } }),
      anyOf([between("at", { min: new Date("2024-01-15T00:00:00Z") }), matches("country", /^f/i)]),
    ]);
    expect(resolveParameters(open, params)).toEqual(written);
    const [run, wanted] = [await validate(orders, open, { params }), await validate(orders, written)];
    expect(run.outcomes).toEqual(wanted.outcomes);
    expect(run.outcomes.map(({ status }) => status)).toEqual(["warn", "pass", "pass", "pass"]);
    expect(run.toJSON().suite).toEqual(wanted.toJSON().suite);
    await expect(orders).toMeet(open, { params });
    await expect(orders).not.toMeet(open, { params: { ...params, share: 1 } });
  });

  it("are plain values that JSON holds, there and back", async () => {
    const json = JSON.parse(JSON.stringify(suiteToJson(open)));
    expect(json.expectations[0]).toEqual({
      type: "between",
      column: "qty",
      min: { $param: "least" },
      max: { $param: "most" },
      onFail: "quarantine",
    });
    const read = suiteFromJson(json);
    expect(suiteToJson(read)).toEqual(suiteToJson(open));
    expect(Object.isFrozen(read.expectations[0])).toBe(true);
    const run = await validate(orders, read, { params });
    expect(run.status).toBe("warn");
  });

  it("stand in bounds of failures, and in lists inside of expectations", async () => {
    const bounded = suite("s", [
      between("qty", { max: 5 }, { tolerate: { warn: rows(param("few")), fail: percent(param("share")) } }),
      quantilesBetween("qty", { 0.5: { min: param("low") } }),
      distinctCount("qty", { min: param("low") }),
      pairIn("qty", "country", param("pairs")),
      allOf([pairIn("qty", "country", param("pairs"))]),
    ]);
    const given = {
      few: 1,
      share: 50,
      low: 1,
      pairs: [
        [0, "FR"],
        [1, "US"],
        [5, "XX"],
      ],
    };
    const run = await validate(orders, bounded, { params: given });
    expect(run.outcomes.map(({ status }) => status)).toEqual(["warn", "pass", "pass", "fail", "fail"]);
  });

  it("are missed before any data is read, with the nearest name", async () => {
    let taken = 0;
    async function* batches() {
      taken++;
      yield* orders.batches;
    }
    const { least: _, ...others } = params;
    for (const given of [
      { ...others, leest: 1 },
      { ...others, leest: 1, least: undefined },
    ]) {
      await expect(validate(batches(), open, { params: given })).rejects.toMatchObject({
        name: "ConfigError",
        code: "config/missing-runtime-input",
        message: expect.stringContaining(
          'between names the parameter "least", which wasn\'t given; did you mean "leest"?',
        ),
      });
    }
    await expect(validate(batches(), open)).rejects.toThrow("validate takes it as params");
    await expect(explain(orders, open)).rejects.toThrow('"least", which wasn\'t given');
    await expect(lint(open, orders)).rejects.toThrow('"least", which wasn\'t given');
    expect(taken).toBe(0);
  });

  it.each([
    [{ least: null }, "min: "],
    [{ least: [1] }, "min: "],
    [{ least: { $param: "other" } }, "a parameter can't stand for a parameter"],
    [{ share: 2 }, "mostly: "],
    [{ countries: "FR" }, "values: "],
    [{ pattern: "(?=x)" }, "look-ahead"],
    [{ least: 5, most: 1 }, "min 5 is above max 1"],
    [{ home: Number.NaN }, "when"],
  ])("are checked where they stand: %j", async (given, message) => {
    const error = await validate(orders, open, { params: { ...params, ...given } }).catch((thrown) => thrown);
    expect(error).toMatchObject({ name: "ConfigError" });
    expect(error.message).toContain("(with params ");
    expect(error.message).toContain(message);
  });

  it("leave everything else to be checked when the expectation is made", () => {
    const some = { min: param<number>("least") };
    expect(() => between("qty", some, { onFial: "warn" } as object)).toThrow('did you mean "onFail"?');
    expect(() => between("qty", { ...some, max: [] as never })).toThrow(/max: /);
    expect(() => meanBetween("qty", some, { onFail: "quarantine" as never })).toThrow("can't quarantine");
    expect(() => between("qty", some, { mostly: 0.5, tolerate: {} })).toThrow("not both");
    expect(() => anyOf([{ type: "between", column: "qty", ...some, mostly: 1 } as never])).not.toThrow();
    expect(() => param("")).toThrow("a name is text");
    expect(() => param(3 as never)).toThrow("a name is text");
  });

  it("are no names of columns", () => {
    expect(() => between(param<string>("column"), { min: 1 })).toThrow("can't stand for a column's name");
    expect(() => uniqueTogether(param<string[]>("columns"))).toThrow("can't stand for a column's name");
    expect(() => uniqueTogether(["qty", param<string>("column")])).toThrow("can't stand for a column's name");
    expect(() => anyOf(param<[]>("members"))).toThrow("can't stand for a column's name");
  });

  it("stay as they are in what an author says", async () => {
    const meta = { kwargs: { $param: "least" } };
    const said = suite("s", [between("qty", { min: 0 }, { meta, tags: ["a"] })]);
    const run = await validate(orders, said);
    expect(run.outcomes[0]!.meta).toEqual(meta);
    expect(() => between("qty", { min: 0 }, { id: param("id") })).toThrow(/id: /);
  });

  it("are listed by lint, with all that a run has to be given", async () => {
    const others = [
      inTable("country", { table: "countries", column: "code" }),
      satisfies("qty", { function: "isFine" }),
    ];
    const wanting = makeSuite("s", [...open.expectations, ...others], {});
    expect(await lint(wanting)).toEqual([
      {
        level: "note",
        message:
          'a run has to be given params: "least", "most", "countries", "share", "home", "since", "pattern"',
      },
      { level: "note", message: 'a run has to be given tables: "countries"' },
      { level: "note", message: 'a run has to be given functions: "isFine"' },
    ]);
    expect(await lint(makeSuite("s", [between("qty", { min: 0 })], {}))).toEqual([]);
  });
});
