import {
  fromGreatExpectations,
  type GxResultFormat,
  type GxValidationResult,
  toGreatExpectations,
} from "veritable/interop";
import { tableOf } from "veritable/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { type Run, validate } from "../../src/entries/index.js";

/** A suite as Great Expectations 1.x writes it. */
const stored = {
  name: "orders.critical",
  id: "5c1b0f6e-3a54-4d4c-9c40-1d6c5f2f6f6e",
  meta: { great_expectations_version: "1.2.0" },
  notes: null,
  expectations: [
    {
      type: "expect_column_values_to_not_be_null",
      kwargs: { column: "email", mostly: 0.8 },
      meta: {},
      id: "not-null",
      severity: "critical",
    },
    {
      type: "expect_column_values_to_be_between",
      kwargs: {
        column: "amount",
        min_value: 0,
        max_value: { $PARAMETER: "limit * 10" },
        mostly: 0.9,
        row_condition: 'country == "FR"',
        condition_parser: "pandas",
      },
      meta: { owner: "finance", ticket: 12 },
      id: "between",
      severity: "warning",
    },
    {
      type: "expect_column_values_to_be_in_set",
      kwargs: { column: "country", value_set: { $PARAMETER: "countries" } },
      meta: {},
      id: "in-set",
    },
    {
      type: "expect_column_mean_to_be_between",
      kwargs: { column: "amount", max_value: { $PARAMETER: "limit" } },
      meta: {},
      id: "mean",
      severity: "info",
    },
    { type: "expect_table_row_count_to_be_between", kwargs: { min_value: 1 }, meta: {}, id: "rows" },
    {
      type: "expect_column_max_to_be_between",
      kwargs: { column: "gone", min_value: 1 },
      meta: {},
      id: "error",
    },
  ],
};
const parameters = { limit: 10, countries: ["FR", "DE"], unused: "x" };

/** 30 rows: of the 25 French ones 23 too dear, and one without an amount; two countries nobody asked for. */
const ROWS = 30;
const country = Array.from({ length: ROWS }, (_, row) => (row < 25 ? "FR" : row < 28 ? "DE" : "XX"));
const table = tableOf({
  id: { type: "int64", values: Array.from({ length: ROWS }, (_, row) => 100 + row) },
  email: {
    type: "utf8",
    values: Array.from({ length: ROWS }, (_, row) => (row % 6 === 5 ? null : `u${row}@x.fr`)),
  },
  amount: {
    type: "float64",
    values: Array.from({ length: ROWS }, (_, row) => (row === 0 ? null : row === 1 ? 50 : 200 + (row % 2))),
  },
  country: { type: "utf8", values: country },
});

/** The keys of a row's result, at each format. */
const COMMON = ["element_count", "unexpected_count", "unexpected_percent", "partial_unexpected_list"];
const OF_VALUES = [
  "missing_count",
  "missing_percent",
  "unexpected_percent_total",
  "unexpected_percent_nonmissing",
];
const SUMMARY = ["partial_unexpected_counts", "partial_unexpected_index_list"];
const COMPLETE = ["unexpected_list", "unexpected_index_list"];
const MORE: Readonly<Record<GxResultFormat, readonly string[]>> = {
  BOOLEAN_ONLY: [],
  BASIC: [],
  SUMMARY,
  COMPLETE: [...SUMMARY, ...COMPLETE],
};
const FORMATS = Object.keys(MORE) as GxResultFormat[];

let run: Run;
beforeAll(async () => {
  const { suite, notes } = fromGreatExpectations(stored, { parameters });
  expect(notes).toEqual([]);
  run = await validate(table, suite, { sample: 200 });
});

const written = (resultFormat: GxResultFormat): GxValidationResult =>
  JSON.parse(JSON.stringify(toGreatExpectations(run, { resultFormat })));

describe.each(FORMATS)("Great Expectations' suite in and its result out, at %s", (format) => {
  it("has the fields of a validation result", () => {
    const result = written(format);
    expect(Object.keys(result).sort()).toEqual(
      ["success", "results", "suite_name", "suite_parameters", "statistics", "meta", "id"].sort(),
    );
    expect(result).toMatchObject({
      success: false,
      suite_name: "orders.critical",
      suite_parameters: { limit: 10, countries: ["FR", "DE"] },
      statistics: {
        evaluated_expectations: 6,
        successful_expectations: 2,
        unsuccessful_expectations: 4,
        success_percent: (2 / 6) * 100,
      },
    });
    expect(result.suite_parameters).not.toHaveProperty("unused");
    expect(result.results.map(({ success }) => success)).toEqual([true, false, false, false, true, false]);
  });

  it("has each expectation's config as it was, its parameters filled in", () => {
    const { results } = written(format);
    for (const [i, { type, kwargs, meta, id, ...rest }] of stored.expectations.entries()) {
      const filled: Record<string, unknown> = { ...kwargs };
      if (id === "between") filled.max_value = 100;
      if (id === "in-set") filled.value_set = ["FR", "DE"];
      if (id === "mean") filled.max_value = 10;
      expect(results[i]!.expectation_config).toEqual({ type, kwargs: filled, meta, id, ...rest });
      expect(Object.keys(results[i]!).sort()).toEqual(
        ["success", "expectation_config", "result", "meta", "exception_info"].sort(),
      );
      expect(results[i]!.meta).toEqual({});
      expect(results[i]!.exception_info).toEqual({
        raised_exception: id === "error",
        exception_message: id === "error" ? expect.stringContaining("gone") : null,
        exception_traceback: null,
      });
    }
  });

  it("has the keys of its format, and no other", () => {
    const [notNull, between, inSet, mean, rows, failed] = written(format).results.map(({ result }) => result);
    const keys = (of: readonly string[]) =>
      format === "BOOLEAN_ONLY" ? [] : [...of, ...MORE[format]].sort();
    expect(Object.keys(notNull!).sort()).toEqual(keys(COMMON));
    for (const of of [between!, inSet!])
      expect(Object.keys(of).sort()).toEqual(keys([...COMMON, ...OF_VALUES]));
    const observed =
      format === "BOOLEAN_ONLY" ? [{}, {}] : [{ observed_value: expect.any(Number) }, { observed_value: 30 }];
    expect([mean, rows]).toEqual(observed);
    expect(failed).toEqual({});
  });
});

describe("the values of Great Expectations' result", () => {
  it("count the rows of the condition, those without a value among them", () => {
    // 25 rows are asked, one of them has no amount, one is within 0 to 100.
    expect(written("BASIC").results[1]!.result).toMatchObject({
      element_count: 25,
      missing_count: 1,
      missing_percent: 4,
      unexpected_count: 23,
      unexpected_percent: (23 / 24) * 100,
      unexpected_percent_nonmissing: (23 / 24) * 100,
      unexpected_percent_total: (23 / 25) * 100,
    });
    expect(written("BASIC").results[0]!.result).toMatchObject({
      element_count: 30,
      unexpected_count: 5,
      unexpected_percent: (5 / 30) * 100,
    });
  });

  it("list 20 of the unexpected in part, and all in full", () => {
    const { result } = written("COMPLETE").results[1]!;
    const amounts = Array.from({ length: 23 }, (_, i) => 200 + ((i + 2) % 2));
    const rows = Array.from({ length: 23 }, (_, i) => i + 2);
    expect(result.unexpected_list).toEqual(amounts);
    expect(result.unexpected_index_list).toEqual(rows);
    expect(result.partial_unexpected_list).toEqual(amounts.slice(0, 20));
    expect(result.partial_unexpected_index_list).toEqual(rows.slice(0, 20));
    // Of all that are unexpected, not of the 20.
    expect(result.partial_unexpected_counts).toEqual([
      { value: 200, count: 12 },
      { value: 201, count: 11 },
    ]);
  });

  it("name rows by key columns where a run has them", async () => {
    const keyed = await validate(table, fromGreatExpectations(stored, { parameters }).suite, {
      keys: ["id"],
    });
    const { result } = toGreatExpectations(keyed, { resultFormat: "COMPLETE" }).results[2]!;
    expect(result).toMatchObject({
      unexpected_index_column_names: ["id"],
      unexpected_list: ["XX", "XX"],
      unexpected_index_list: [{ id: 128 }, { id: 129 }],
    });
  });

  it("have no percentage of nothing", async () => {
    const none = await validate(table.slice(0, 0), fromGreatExpectations(stored, { parameters }).suite);
    const [, between] = toGreatExpectations(none, { resultFormat: "BASIC" }).results;
    expect(between).toMatchObject({
      success: true,
      result: {
        element_count: 0,
        unexpected_count: 0,
        unexpected_percent: null,
        missing_percent: null,
        unexpected_percent_total: null,
        unexpected_percent_nonmissing: null,
        partial_unexpected_list: [],
      },
    });
  });

  it("are of summary length where nothing else is said", () => {
    expect(JSON.parse(JSON.stringify(toGreatExpectations(run)))).toEqual(written("SUMMARY"));
  });
});
