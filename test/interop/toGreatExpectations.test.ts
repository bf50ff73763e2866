import { describe, expect, it } from "vitest";
import {
  fromGreatExpectations,
  type GxResultFormat,
  toGreatExpectations,
} from "../../src/entries/interop.js";
import {
  between,
  increasing,
  pairEqual,
  quantilesBetween,
  uniqueTogether,
} from "../../src/expectations/index.js";
import { parseRun } from "../../src/results/codec.js";
import { suite } from "../../src/suite/suite.js";
import { validate } from "../../src/validate/validate.js";
import { tableOf } from "../expectations/tables.js";

const table = tableOf({
  id: { type: "int64", values: [10, 11, 12, 13] },
  x: { type: "int64", values: [1, 500, 500, null] },
  y: { type: "int64", values: [1, 2, 2, null] },
});

const ranged = {
  name: "orders",
  expectations: [
    {
      type: "expect_column_values_to_be_between",
      kwargs: { column: "x", max_value: 9 },
      meta: { owner: "me" },
      id: "11-22",
    },
  ],
};

async function result(format: GxResultFormat, options = {}) {
  const run = await validate(table, fromGreatExpectations(ranged).suite, options);
  return toGreatExpectations(run, { resultFormat: format });
}

describe("toGreatExpectations", () => {
  it("writes GX's fields at each of its formats", async () => {
    const basic = {
      element_count: 4,
      unexpected_count: 2,
      unexpected_percent: (2 / 3) * 100,
      partial_unexpected_list: [500, 500],
      missing_count: 1,
      missing_percent: 25,
      unexpected_percent_total: 50,
      unexpected_percent_nonmissing: (2 / 3) * 100,
    };
    const summary = {
      ...basic,
      partial_unexpected_counts: [{ value: 500, count: 2 }],
      partial_unexpected_index_list: [1, 2],
    };
    const complete = { ...summary, unexpected_list: [500, 500], unexpected_index_list: [1, 2] };
    expect((await result("BOOLEAN_ONLY")).results[0]!.result).toEqual({});
    expect((await result("BASIC")).results[0]!.result).toEqual(basic);
    expect((await result("SUMMARY")).results[0]!.result).toEqual(summary);
    expect((await result("COMPLETE")).results[0]!.result).toEqual(complete);
  });

  it("gives back the config that was read, and what GX says around it", async () => {
    const written = await result("SUMMARY");
    expect(written).toMatchObject({
      success: false,
      suite_name: "orders",
      statistics: {
        evaluated_expectations: 1,
        successful_expectations: 0,
        unsuccessful_expectations: 1,
        success_percent: 0,
      },
    });
    const [first] = written.results;
    expect(first!.expectation_config).toEqual(ranged.expectations[0]);
    expect(first!.exception_info.raised_exception).toBe(false);
  });

  it("names rows by their keys where there are some", async () => {
    const { results } = await result("COMPLETE", { keys: ["id"] });
    expect(results[0]!.result).toMatchObject({
      unexpected_index_column_names: ["id"],
      unexpected_index_list: [{ id: 11 }, { id: 12 }],
    });
  });

  it("says when its lists are cut", async () => {
    const { results } = await result("COMPLETE", { sample: 1 });
    expect(results[0]!.result).toMatchObject({ unexpected_count: 2, unexpected_list: [500] });
    expect(results[0]!.meta).toEqual({ truncated: { listed: 1, total: 2 } });
  });

  it("counts nothing as missing where nulls are what is asked for", async () => {
    const type = "expect_column_values_to_not_be_null";
    const asked = { name: "s", expectations: [{ type, kwargs: { column: "x" } }] };
    const run = await validate(table, fromGreatExpectations(asked).suite);
    expect(toGreatExpectations(run, { resultFormat: "BASIC" }).results[0]!.result).toEqual({
      element_count: 4,
      unexpected_count: 1,
      unexpected_percent: 25,
      partial_unexpected_list: [null],
    });
  });

  it("tells an error from a failure", async () => {
    const type = "expect_column_max_to_be_between";
    const asked = { name: "s", expectations: [{ type, kwargs: { column: "nobody", max_value: 1 } }] };
    const run = await validate(table, fromGreatExpectations(asked).suite);
    expect(toGreatExpectations(run).results[0]).toMatchObject({
      success: false,
      result: {},
      exception_info: { raised_exception: true, exception_message: expect.stringContaining("nobody") },
    });
  });

  it("writes what was never GX's under GX's names, as far as it has them", async () => {
    const native = suite("native", [
      between("x", { minExclusive: 0, max: 9 }, { mostly: 0.5, onFail: "warn" }),
      pairEqual("x", "y"),
      uniqueTogether(["x", "y"]),
      quantilesBetween("x", { "0.5": { max: 500 } }),
      increasing("x"),
    ]);
    const { results, success } = toGreatExpectations(await validate(table, native), {
      resultFormat: "COMPLETE",
    });
    expect(success).toBe(false);
    expect(results[0]!.expectation_config).toMatchObject({
      type: "expect_column_values_to_be_between",
      kwargs: { column: "x", min_value: 0, strict_min: true, max_value: 9, mostly: 0.5 },
      severity: "warning",
    });
    expect(results[1]!.expectation_config.kwargs).toEqual({ column_A: "x", column_B: "y" });
    expect(results[1]!.result).toMatchObject({
      missing_count: 1,
      unexpected_list: [
        [500, 2],
        [500, 2],
      ],
    });
    expect(results[2]!.result).toMatchObject({
      unexpected_list: [
        { x: 500, y: 2 },
        { x: 500, y: 2 },
      ],
    });
    expect(results[3]!.result).toMatchObject({ observed_value: { quantiles: [0.5], values: [500] } });
    expect(results[4]!.success).toBe(true);
  });

  it("reads a saved run as well", async () => {
    const run = await validate(table, fromGreatExpectations(ranged).suite);
    const saved = parseRun(JSON.parse(JSON.stringify(run.toJSON({ level: "full" }))));
    expect(toGreatExpectations(saved)).toEqual(toGreatExpectations(run));
  });
});
