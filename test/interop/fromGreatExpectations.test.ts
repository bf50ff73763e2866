import { describe, expect, it } from "vitest";
import { fromGreatExpectations, type GxNote } from "../../src/entries/interop.js";
import { registry } from "../../src/expectations/unit/registry.js";
import { suiteFromJson, suiteToJson } from "../../src/suite/codec.js";
import { validate } from "../../src/validate/validate.js";
import { tableOf } from "../expectations/tables.js";

function suiteOf(...expectations: object[]) {
  return { name: "orders", expectations };
}

function only(type: string, kwargs: object, options = {}) {
  return fromGreatExpectations(suiteOf({ type, kwargs }), options);
}

const reasons = (notes: readonly GxNote[]) => notes.map(({ reason }) => reason).join("\n");

describe("fromGreatExpectations", () => {
  it("reads 1.x and 0.18 alike, in order", () => {
    const kwargs = { column: "x", min_value: 1, strict_min: true, max_value: null, mostly: 0.9 };
    const type = "expect_column_values_to_be_between";
    const now = fromGreatExpectations({
      name: "orders",
      expectations: [{ type, kwargs, meta: { owner: "me" } }],
    });
    const then = fromGreatExpectations({
      expectation_suite_name: "orders",
      ge_cloud_id: null,
      data_asset_type: null,
      expectations: [{ expectation_type: type, kwargs, meta: { owner: "me" } }],
    });
    expect(now).toEqual(then);
    expect(now.notes).toEqual([]);
    expect(now.suite).toMatchObject({ name: "orders", allowEmpty: true });
    expect(now.suite.expectations[0]).toMatchObject({
      type: "between",
      column: "x",
      minExclusive: 1,
      mostly: 0.9,
      nan: "null",
      meta: { owner: "me" },
    });
  });

  it("knows every mapping by one name, and reads only kwargs it lists", () => {
    const mappings = [...registry().values()].flatMap(({ about }) => about.greatExpectations ?? []);
    expect(new Set(mappings.map(({ type }) => type)).size).toBeGreaterThanOrEqual(50);
    for (const { type, kwargs } of mappings) {
      expect(type).toMatch(/^expect_[a-z0-9_]+$/i);
      expect(Object.keys(kwargs).length, type).toBeGreaterThan(0);
    }
  });

  it("makes a suite that can be stored", () => {
    const { suite } = fromGreatExpectations(
      suiteOf(
        {
          type: "expect_column_values_to_match_regex",
          kwargs: { column: "x", regex: "^\\d{3}$", row_condition: "y > 1", condition_parser: "pandas" },
        },
        { type: "expect_column_values_to_be_in_set", kwargs: { column: "x", value_set: null } },
        {
          type: "expect_column_values_to_be_unique",
          kwargs: { column: "x" },
          id: "a-b-c",
          severity: "warning",
        },
      ),
    );
    expect(suiteFromJson(JSON.parse(JSON.stringify(suiteToJson(suite))))).toEqual(suite);
    expect(suite.expectations[2]).toMatchObject({ onFail: "warn" });
  });

  it("puts parameters in, with arithmetic and defaults", () => {
    const kwargs = {
      min_value: { $PARAMETER: "rows * 0.9 - (1 + 1)" },
      max_value: { $PARAMETER: "limit", "$PARAMETER.limit": 7000 },
    };
    const { suite } = only("expect_table_row_count_to_be_between", kwargs, { parameters: { rows: 100 } });
    expect(suite.expectations[0]).toMatchObject({ min: 88, max: 7000 });
    const list = only(
      "expect_column_values_to_be_in_set",
      { column: "x", value_set: { $PARAMETER: "allowed" } },
      {
        parameters: { allowed: ["a", "b"] },
      },
    );
    expect(list.suite.expectations[0]).toMatchObject({ values: ["a", "b"] });
    expect(() =>
      only("expect_table_row_count_to_equal", { value: { $PARAMETER: "row" } }, { parameters: { rows: 1 } }),
    ).toThrow(
      expect.objectContaining({
        code: "config/missing-runtime-input",
        message: expect.stringMatching(/expectations\[0\].*did you mean "rows"/),
      }),
    );
  });

  it("leaves out what can't be carried over, and says why", () => {
    const { suite, notes } = fromGreatExpectations(
      suiteOf(
        { type: "expect_column_values_to_be_nul", kwargs: { column: "x" } },
        { type: "expect_column_values_to_match_regex", kwargs: { column: "x", regex: "(?=a)" } },
        { type: "expect_column_values_to_not_be_null", kwargs: { column: "x", row_condition: "f(x) > 1" } },
        {
          type: "expect_column_values_to_be_between",
          kwargs: { column: "x", min_value: 1, parse_strings_as_datetimes: true },
        },
        { type: "expect_column_values_to_not_be_null", kwargs: { column: "x" } },
      ),
    );
    expect(suite.expectations.map(({ type }) => type)).toEqual(["notNull"]);
    expect(notes.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
    expect(notes[0]!.reason).toContain('did you mean "expect_column_values_to_be_null"');
    expect(reasons(notes)).toMatch(/look-ahead[\s\S]*f\(\) is not known[\s\S]*parse_strings_as_datetimes/);
  });

  it("says what it carries over with another meaning", () => {
    const { suite, notes } = only("expect_table_row_count_to_equal", {
      value: 1,
      row_condition: "x > 1",
      condition_parser: "pandas",
    });
    expect(suite.expectations[0]).toHaveProperty("when");
    expect(reasons(notes)).toMatch(/ignores it; it is honoured/);
  });

  it.each([
    [
      "expect_column_values_to_be_between",
      { column: "x", min_value: 2, max_value: 1 },
      /min 2 is above max 1/,
    ],
    ["expect_column_values_to_be_between", { column: "x" }, /needs min/],
    ["expect_column_values_to_not_be_null", { column: "x", mostly: 2 }, /mostly/],
    ["expect_column_max_to_be_between", { column: "x", max_value: 1, mostly: 1 }, /can't honour "mostly"/],
    [
      "expect_column_values_to_not_be_null",
      { column: "x", row_condition: "x > 1", condition_parser: "perl" },
      /condition_parser/,
    ],
    ["expect_column_values_to_match_strftime_format", { column: "x", strftime_format: "%D" }, /directive %D/],
    [
      "expect_column_values_to_not_be_in_set",
      { column: "x", value_set: null },
      /value_set is missing, not a list/,
    ],
  ])("refuses what GX refuses: %s %j", (type, kwargs, why) => {
    expect(() => only(type, kwargs)).toThrow(
      expect.objectContaining({ name: "ConfigError", message: expect.stringMatching(why) }),
    );
  });

  it("refuses what is no suite, and mends a name that can't be one here", () => {
    expect(() => fromGreatExpectations([])).toThrow(/no suite of Great Expectations/);
    expect(() => fromGreatExpectations({ expectations: [{ kwargs: {} }] })).toThrow(/neither type nor/);
    const { suite } = fromGreatExpectations({ name: "my orders!", expectations: [] });
    expect(suite).toMatchObject({ name: "my_orders_", description: 'Great Expectations suite "my orders!"' });
  });

  it("judges tables without rows as GX does: rows pass, aggregates fail, sums and counts are 0", async () => {
    const bounds = { column: "x", min_value: 0, max_value: 1 };
    const types = ["values", "max", "sum", "unique_value_count", "proportion_of_unique_values"];
    const suiteJson = suiteOf(
      ...types.map((name) => ({ type: `expect_column_${name}_to_be_between`, kwargs: bounds })),
    );
    const { suite } = fromGreatExpectations(suiteJson);
    const run = await validate(tableOf({ x: { type: "int64", values: [] } }), suite);
    expect(run.reasons).toEqual([]);
    expect(run.outcomes.map(({ status }) => status)).toEqual(["pass", "fail", "pass", "pass", "pass"]);
  });

  it("takes NaN for a null everywhere", async () => {
    const column = "x";
    const { suite } = fromGreatExpectations(
      suiteOf(
        { type: "expect_column_values_to_not_be_null", kwargs: { column } },
        { type: "expect_column_values_to_be_unique", kwargs: { column } },
        { type: "expect_column_values_to_be_between", kwargs: { column, min_value: 0 } },
        { type: "expect_column_mean_to_be_between", kwargs: { column, min_value: 1, max_value: 1 } },
        {
          type: "expect_column_unique_value_count_to_be_between",
          kwargs: { column, min_value: 1, max_value: 1 },
        },
      ),
    );
    const run = await validate(
      tableOf({ x: { type: "float64", values: [1, Number.NaN, Number.NaN] } }),
      suite,
    );
    expect(run.outcomes.map(({ status }) => status)).toEqual(["fail", "pass", "pass", "pass", "pass"]);
  });
});
