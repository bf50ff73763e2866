import {
  anyOf,
  between,
  distinctCount,
  type Expectation,
  lint,
  meanBetween,
  noDriftAll,
  notNull,
  nullFraction,
  oneOf,
  pairGreater,
  quantilesBetween,
  rowCount,
  satisfies,
  suite,
  suiteFromJson,
  suiteToJson,
  unique,
  validate,
} from "veritable";
import { compare, profile } from "veritable/drift";
import { describe, expect, it } from "vitest";
import { resolveColumn } from "../../src/columns/address.js";
import { RowGroupEvidence } from "../../src/engines/arrow/rowGroupEvidence.js";
import { bind } from "../../src/predicates/bind.js";
import type { Predicate } from "../../src/predicates/predicate.js";
import { CAN_BE_FALSE, CAN_BE_TRUE, UNDECIDED } from "../../src/predicates/truth.js";
import { makeSuite } from "../../src/suite/suite.js";
import { tableOf } from "../../src/testing/plainTable.js";

const CODES = ["N/A", -999] as const;

const table = tableOf({
  id: { type: "int64", values: [1, 2, -999, -999, null] },
  city: { type: "dictionary<int8, utf8>", values: ["Rome", "N/A", "Oslo", "N/A", "Bern"] },
  temp: { type: "float32", values: [20.5, -999, 3, "NaN", 7] },
  note: { type: "utf8", values: ["-999", "n/a", "N/A", "", null] },
});

async function outcomeOf(expectation: Expectation, of = table) {
  return (await validate(of, makeSuite("s", [expectation], {}))).outcomes[0]!;
}

describe("missing", () => {
  it("makes the listed values fail notNull, and says how many they are", async () => {
    const outcome = await outcomeOf(notNull("id", { missing: CODES }));
    expect(outcome).toMatchObject({ status: "fail", missing: 2, counts: { judged: 5, failed: 3, nulls: 0 } });
    expect(outcome.message).toBe("broken by 3 of 5 rows, 60 % (2 missing)");
    expect(outcome.sample!.items.map(({ values }) => values.id)).toEqual([-999, -999, null]);
  });

  it("skips them as nulls elsewhere, or fails them with nulls: fail", async () => {
    const skipped = await outcomeOf(between("temp", { min: 0 }, { missing: CODES, nan: "skip" }));
    expect(skipped).toMatchObject({ status: "pass", missing: 1, counts: { nulls: 1, nan: 1, judged: 3 } });
    const failed = await outcomeOf(
      oneOf("city", ["Rome", "Oslo", "Bern"], { missing: CODES, nulls: "fail" }),
    );
    expect(failed).toMatchObject({ status: "fail", missing: 2, counts: { failed: 2, judged: 5 } });
  });

  it("leaves them out of keys, means, quantiles, distinct values and null shares", async () => {
    expect((await outcomeOf(unique("id"))).status).toBe("fail");
    expect((await outcomeOf(unique("id", { missing: CODES }))).status).toBe("pass");
    const options = { missing: CODES, nan: "skip" } as const;
    const mean = await outcomeOf(meanBetween("temp", { min: 10, max: 10.5 }, options));
    expect(mean).toMatchObject({ status: "pass", missing: 1, message: "within bounds (1 value missing)" });
    const least = await outcomeOf(quantilesBetween("temp", [{ q: 0, min: 3, max: 3 }], options));
    expect(least.status).toBe("pass");
    const distinct = await outcomeOf(distinctCount("city", { min: 3, max: 3 }, { missing: CODES }));
    expect(distinct).toMatchObject({ status: "pass", missing: 2 });
    const share = await outcomeOf(nullFraction("id", { max: 0.5 }, { missing: CODES }));
    expect(share).toMatchObject({ status: "fail", observed: 0.6, evidence: "summary" });
  });

  it("takes each value in a column's own terms, and leaves out what doesn't fit it", async () => {
    const text = await outcomeOf(notNull("note", { missing: CODES }));
    expect(text.sample!.items.map(({ row }) => row)).toEqual([2, 4]);
    expect(await outcomeOf(notNull("temp", { missing: ["N/A"] }))).toMatchObject({
      status: "pass",
      missing: 0,
    });
  });

  it("counts them only where the condition holds, which sees them as null too", async () => {
    const when = { city: { ne: "Bern" } };
    const outcome = await outcomeOf(notNull("id", { missing: CODES, when }));
    expect(outcome).toMatchObject({ missing: 1, counts: { excluded: 3, judged: 2, failed: 1 } });
    const mean = await outcomeOf(
      meanBetween("temp", { max: 3 }, { missing: CODES, when: { id: { isNull: true } }, nan: "skip" }),
    );
    expect(mean).toMatchObject({ observed: 5, missing: 0 });
  });

  it("reaches every column of a rule, and each function", async () => {
    const pair = await outcomeOf(
      pairGreater("temp", "id", { missing: CODES, ignoreRowIf: "either_value_is_missing", nan: "skip" }),
    );
    expect(pair).toMatchObject({ missing: 3, counts: { ignored: 4, judged: 1 } });
    const seen: unknown[] = [];
    const look = satisfies(["id", "city"], { function: "look", missing: CODES });
    await validate(table, suite("s", [look]), { functions: { look: (...values) => seen.push(values) > 0 } });
    expect(seen).toEqual([
      [1n, "Rome"],
      [2n, null],
      [null, "Oslo"],
      [null, "Bern"],
    ]);
  });

  it("is a member's own first, and the whole's for members that have none", async () => {
    const either = (missing: readonly string[]) =>
      anyOf([notNull("city", { missing }), notNull("note", { missing: ["", "N/A"] })], { missing: CODES });
    expect((await outcomeOf(either(["Rome"]))).counts!.failed).toBe(0);
    expect((await outcomeOf(either(["N/A"]))).sample!.items.map(({ row }) => row)).toEqual([3]);
    const whole = anyOf([notNull("city"), notNull("id")], { missing: CODES });
    expect((await outcomeOf(whole)).sample!.items.map(({ row }) => row)).toEqual([3]);
  });

  it("leaves quarantined rows as they were", async () => {
    const run = await validate(table, suite("s", [notNull("id", { missing: CODES, onFail: "quarantine" })]));
    const moved = await run.quarantined.table();
    expect([...moved.getChild("id")!]).toEqual([-999n, -999n, null]);
    expect(await (await run.accepted.table()).numRows).toBe(2);
  });

  it("is told apart from other readings of the same column in one run", async () => {
    const run = await validate(
      table,
      suite("s", [
        distinctCount("city", { min: 4, max: 4 }),
        distinctCount("city", { min: 3, max: 3 }, { missing: CODES }),
        distinctCount("city", { min: 2, max: 2 }, { missing: ["N/A", "Rome"] }),
        notNull("city"),
      ]),
    );
    expect(run.outcomes.map(({ status }) => status)).toEqual(["pass", "pass", "pass", "pass"]);
  });
});

describe("a suite's missing", () => {
  const expectations = [notNull("id"), notNull("city", { missing: [] }), rowCount({ min: 5 })] as const;

  it("is for every expectation that has none of its own and reads values", async () => {
    const run = await validate(table, suite("s", expectations, { missing: CODES }));
    expect(run.outcomes.map(({ status, missing }) => [status, missing])).toEqual([
      ["fail", 2],
      ["pass", 0],
      ["pass", undefined],
    ]);
  });

  it("is stored with the suite, and not in its expectations", () => {
    const made = suite("s", expectations, { missing: ["N/A", 10n ** 18n] });
    const json = suiteToJson(made);
    expect(json).toMatchObject({
      missing: ["N/A", "1000000000000000000"],
      expectations: [{ type: "notNull" }, {}, {}],
    });
    expect(json.expectations[0]).not.toHaveProperty("missing");
    expect(suiteToJson(suiteFromJson(json))).toEqual(json);
  });

  it("refuses what is no list of values", () => {
    expect(() => suite("s", expectations, { missing: "N/A" as never })).toThrow(
      expect.objectContaining({ name: "ConfigError", message: expect.stringContaining("missing") }),
    );
  });
});

describe("a baseline", () => {
  const temps = (code: number | null) => {
    // More distinct numbers than a baseline lists one by one.
    const values = Array.from({ length: 5000 }, (_, i) => (i % 10 === 0 ? code : (i * 7) % 5000));
    return tableOf({ temp: { type: "float64", values } });
  };

  it("is held against a table without its codes", async () => {
    const baselines = { before: await profile(temps(null)) };
    const held = async (missing: readonly number[]) => {
      const settings = { baseline: "before" };
      const of = suite("s", [noDriftAll(settings, { missing })]);
      return (await validate(temps(-999), of, { baselines })).outcomes[0]!;
    };
    expect(await held([-999])).toMatchObject({ status: "pass", missing: 500 });
    expect(await held([])).toMatchObject({ status: "fail", missing: 0 });
  });

  it("is made without them, and compared without them", async () => {
    const plain = await profile(temps(null));
    expect(await profile(temps(-999), { missing: ["N/A", -999] })).toEqual(plain);
    expect((await compare(temps(-999), plain, { missing: [-999] })).verdict).toBe("stable");
    expect((await compare(temps(-999), plain)).verdict).toBe("drift");
    await expect(compare(plain, plain, { missing: [-999] })).rejects.toMatchObject({
      code: "config/unsupported-option",
    });
    await expect(profile(temps(null), { missing: -999 as never })).rejects.toMatchObject({
      code: "config/bad-value",
      message: expect.stringContaining("profile: missing"),
    });
  });
});

describe("evidence without rows", () => {
  const { schema } = tableOf({ n: { type: "int32", values: [1] } });
  const columns = new Map([[0, { nulls: 0, min: 0, max: 5, exact: true }]]);
  const footer = new RowGroupEvidence({ rows: 10, bytes: [], columns });
  const context = { schema, functions: new Map(), onThrow: () => {}, compilePattern: undefined };
  const decided = (predicate: Predicate) => bind(predicate, context).decide(footer);
  const read = (missing: readonly number[]) => ({ column: "n", missing });

  it("proves nothing of a column in which some value may count as null", () => {
    expect(resolveColumn(schema, read([3]))).toHaveProperty("mask");
    expect(decided({ op: "isNull", column: read([3]) })).toEqual(UNDECIDED);
    expect(decided({ op: "range", column: read([3]), min: 0, nan: "false" })).toEqual(UNDECIDED);
  });

  it("proves as ever where none of the values can be there", () => {
    expect(decided({ op: "isNull", column: read([-999, 6]) }).can).toBe(CAN_BE_FALSE);
    expect(decided({ op: "range", column: read([-999]), min: 0, nan: "false" }).can).toBe(CAN_BE_TRUE);
  });
});

it("decides a dictionary by its distinct values still", async () => {
  const cities = oneOf("city", ["Rome", "Oslo", "Bern"], { missing: CODES });
  expect(await outcomeOf(cities)).toMatchObject({ status: "pass", evidence: "dictionary", missing: 2 });
});

describe("lint", () => {
  it("says where no value of a list fits", async () => {
    const own = await lint(
      suite("s", [notNull("id", { missing: ["N/A", "none"] }), notNull("city", { missing: CODES })]),
      table,
    );
    expect(own).toContainEqual({
      level: "warning",
      id: "notNull(id)",
      message: 'missing ["N/A", "none"]: no value fits "id" (int64), so none counts as null',
    });
    expect(own.filter(({ message }) => message.startsWith("missing"))).toHaveLength(1);
    const whole = await lint(suite("s", [notNull("id")], { missing: CODES }), table);
    expect(whole).toContainEqual({
      level: "warning",
      message: 'missing ["N/A"]: fits no column that an expectation names',
    });
  });
});
