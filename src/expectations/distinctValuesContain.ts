import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import type { Literal } from "../columns/literal.js";
import { aggregateUnit } from "./unit/aggregateUnit.js";
import { measureDistinct, valueSetParams } from "./unit/distinctValues.js";
import type { Expectation } from "./unit/expectation.js";
import { gxSet } from "./unit/greatExpectations.js";
import { make } from "./unit/make.js";
import type { AggregateOptions, NanOption } from "./unit/options.js";
import { setText } from "./unit/wire.js";

/**
 * Each value of a set occurs in the column; others may occur besides. What is observed are the distinct values, the first
 * 100 of them. Nulls are left out.
 *
 * @example distinctValuesContain("status", ["open", "closed"])
 */
export function distinctValuesContain<const C extends ColumnRef>(
  column: C,
  values: readonly Literal[],
  options: AggregateOptions & NanOption = {},
): Expectation<{ column: C; kind: "number" | "string" | "bool" | "temporal" | "binary" }> {
  return make(distinctValuesContain.unit, { column, values }, options);
}

distinctValuesContain.unit = aggregateUnit({
  type: "distinctValuesContain",
  params: valueSetParams,
  honours: ["nan"],
  columns: ({ column }) => [column],
  claim: ({ column, values }) => `the distinct values of ${columnLabel(column)} contain ${setText(values)}`,
  metrics: ({ column }, where) => [{ state: "frequencies", column, ...where }],
  measure: (findings, stored, [request]) =>
    measureDistinct(findings, stored, request!, { nothingBeyond: false, nothingMissing: true }),
  about: {
    fits: ["number", "string", "bool", "temporal", "binary"],
    example: {
      params: { column: "size", values: [1, 2] },
      table: { size: { type: "int32", values: [1, 2, 1, null] } },
    },
    violation: { table: { size: { type: "int32", values: [1, 1, 3] } } },
    greatExpectations: [
      {
        type: "expect_column_distinct_values_to_contain_set",
        kwargs: { column: "column", value_set: "values" },
        read: (kwargs) => {
          const values = gxSet(kwargs, "value_set");
          return { column: kwargs.column, values, onEmpty: values.length === 0 ? "pass" : "fail" };
        },
        observedOfNothing: [],
      },
      // Without a set every value is in it.
      {
        type: "expect_column_distinct_values_to_be_in_set",
        kwargs: { column: "column", value_set: null },
        read: (kwargs) =>
          kwargs.value_set === undefined || gxSet(kwargs, "value_set").length === 0
            ? { column: kwargs.column, values: [], onEmpty: "pass" }
            : undefined,
        observedOfNothing: [],
      },
    ],
  },
});
