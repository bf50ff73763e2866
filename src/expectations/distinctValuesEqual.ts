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
 * The column's distinct values are a set, no more and no less. What is observed are the distinct values, the first 100 of
 * them. Nulls are left out; NaN is in no set, unless `nan` leaves it out.
 *
 * @example distinctValuesEqual("grade", [1, 2, 3])
 */
export function distinctValuesEqual<const C extends ColumnRef>(
  column: C,
  values: readonly Literal[],
  options: AggregateOptions & NanOption = {},
): Expectation<{ column: C; kind: "number" | "string" | "bool" | "temporal" | "binary" }> {
  return make(distinctValuesEqual.unit, { column, values }, options);
}

distinctValuesEqual.unit = aggregateUnit({
  type: "distinctValuesEqual",
  params: valueSetParams,
  honours: ["nan"],
  columns: ({ column }) => [column],
  claim: ({ column, values }) => `the distinct values of ${columnLabel(column)} are ${setText(values)}`,
  metrics: ({ column }, where) => [{ state: "frequencies", column, ...where }],
  measure: (findings, stored, [request]) =>
    measureDistinct(findings, stored, request!, { nothingBeyond: true, nothingMissing: true }),
  about: {
    fits: ["number", "string", "bool", "temporal", "binary"],
    example: {
      params: { column: "size", values: [1, 2] },
      table: { size: { type: "int32", values: [1, 2, 1, null] } },
    },
    violation: { table: { size: { type: "int32", values: [1, 2, 3] } } },
    greatExpectations: [
      {
        type: "expect_column_distinct_values_to_equal_set",
        kwargs: { column: "column", value_set: "values" },
        read: (kwargs) => {
          const values = gxSet(kwargs, "value_set");
          return { column: kwargs.column, values, onEmpty: values.length === 0 ? "pass" : "fail" };
        },
        observedOfNothing: [],
      },
    ],
  },
});
