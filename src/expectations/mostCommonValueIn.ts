import * as z from "zod";
import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import type { Literal } from "../columns/literal.js";
import { aggregateUnit } from "./unit/aggregateUnit.js";
import { hasNan, valueSetParams } from "./unit/distinctValues.js";
import type { Expectation } from "./unit/expectation.js";
import { compareWith, modesOf, shownValue } from "./unit/frequencyReadouts.js";
import { gxSet } from "./unit/greatExpectations.js";
import { make } from "./unit/make.js";
import type { AggregateOptions, NanOption } from "./unit/options.js";
import { setText } from "./unit/wire.js";

const params = valueSetParams.extend({ tie: z.enum(["fail", "any"]).optional() });

/** What it means that several values are the most common ones. */
export interface TieOption {
  /** `"fail"` (the default), or `"any"`: one of them in the set will do. */
  readonly tie?: "fail" | "any";
}

/**
 * The column's most common value (its mode) is one of a set. Of several that are equally common none is the mode, unless
 * `tie: "any"`. What is observed is their list, ascending, the first 100 of them.
 *
 * Nulls are left out. NaN is a value and in no set, unless `nan` leaves it out.
 *
 * @example mostCommonValueIn("currency", ["EUR"])
 */
export function mostCommonValueIn<const C extends ColumnRef>(
  column: C,
  values: readonly Literal[],
  options: AggregateOptions & NanOption & TieOption = {},
): Expectation<{ column: C; kind: "number" | "string" | "bool" | "temporal" | "binary" }> {
  return make(mostCommonValueIn.unit, { column, values }, options);
}

mostCommonValueIn.unit = aggregateUnit({
  type: "mostCommonValueIn",
  params,
  honours: ["nan"],
  columns: ({ column }) => [column],
  claim: ({ column, values }) =>
    `the most common value of ${columnLabel(column)} is one of ${setText(values)}`,
  metrics: ({ column }, where) => [{ state: "frequencies", column, ...where }],
  measure(findings, stored, [request]) {
    const state = findings.metric({ ...request!, state: "frequencies" });
    const nans = hasNan(state, stored.nan) ? state.nans : 0;
    const { first, modes, rows } = modesOf(state);
    if (rows === 0 && nans === 0) return { empty: `no value of ${columnLabel(stored.column)}` };
    const most = Math.max(rows, nans);
    const isWithin = compareWith(state, stored.values).counts.includes(most);
    const tied = (rows === most ? modes : 0) + (nans === most ? 1 : 0);
    const shown = rows === most ? first.map((mode) => shownValue(state, mode)) : [];
    return {
      observed: nans === most ? [...shown, "NaN"] : shown,
      holds: isWithin && (tied === 1 || stored.tie === "any"),
      details: { rows: most, modes: tied },
    };
  },
  about: {
    fits: ["number", "string", "bool", "temporal", "binary"],
    example: {
      params: { column: "size", values: [1, 2] },
      table: { size: { type: "int32", values: [1, 2, 1, 3, null] } },
    },
    violation: { table: { size: { type: "int32", values: [1, 2, 1, 2, 3] } } },
    greatExpectations: [
      {
        type: "expect_column_most_common_value_to_be_in_set",
        kwargs: { column: "column", value_set: "values", ties_okay: null },
        read: (kwargs) => ({
          column: kwargs.column,
          values: kwargs.value_set === undefined ? [] : gxSet(kwargs, "value_set"),
          tie: kwargs.ties_okay === true ? "any" : "fail",
        }),
        observedOfNothing: [],
      },
    ],
  },
});
