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
 * Every distinct value of the column is one of a set; not each of the set need occur. What is observed are the distinct
 * values, the first 100 of them. Nulls are left out; NaN is in no set, unless `nan` leaves it out.
 *
 * @example distinctValuesIn("country", ["FR", "US", "DE"])
 */
export function distinctValuesIn<const C extends ColumnRef>(
  column: C,
  values: readonly Literal[],
  options: AggregateOptions & NanOption = {},
): Expectation<{ column: C; kind: "number" | "string" | "bool" | "temporal" | "binary" }> {
  return make(distinctValuesIn.unit, { column, values }, options);
}

distinctValuesIn.unit = aggregateUnit({
  type: "distinctValuesIn",
  params: valueSetParams,
  honours: ["nan"],
  columns: ({ column }) => [column],
  claim: ({ column, values }) => `the distinct values of ${columnLabel(column)} are among ${setText(values)}`,
  metrics: ({ column }, where) => [{ state: "frequencies", column, ...where }],
  measure: (findings, stored, [request]) =>
    measureDistinct(findings, stored, request!, { nothingBeyond: true, nothingMissing: false }),
  about: {
    fits: ["number", "string", "bool", "temporal", "binary"],
    example: {
      params: { column: "size", values: [1, 2] },
      table: { size: { type: "int32", values: [1, 2, 1, null] } },
    },
    violation: { table: { size: { type: "int32", values: [1, 3, null] } } },
    greatExpectations: [
      {
        type: "expect_column_distinct_values_to_be_in_set",
        kwargs: { column: "column", value_set: "values" },
        // GX takes an empty set for no set.
        read: (kwargs) =>
          kwargs.value_set === undefined || gxSet(kwargs, "value_set").length === 0
            ? undefined
            : { column: kwargs.column, values: gxSet(kwargs, "value_set"), onEmpty: "pass" },
        observedOfNothing: [],
      },
    ],
  },
});
