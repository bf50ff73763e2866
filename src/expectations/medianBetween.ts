import * as z from "zod";
import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import { shownNumber } from "../columns/shown.js";
import { aggregateUnit } from "./unit/aggregateUnit.js";
import {
  type Bounds,
  boundsText,
  type NumberBound,
  numberBoundsProblem,
  numberBoundsShape,
  numberWithin,
} from "./unit/bounds.js";
import type { Expectation } from "./unit/expectation.js";
import { GX_BOUNDS, gxOpenBounds } from "./unit/greatExpectations.js";
import { make } from "./unit/make.js";
import type { AggregateOptions, NanOption } from "./unit/options.js";
import { quantilesOf } from "./unit/valueReadouts.js";
import { columnRefSchema } from "./unit/wire.js";

const params = z.strictObject({ column: columnRefSchema, ...numberBoundsShape });

/**
 * The median of the values lies within bounds: the middle one, or the mean of the two in the middle. Exact, for integers
 * up to 2^53.
 *
 * Nulls are left out. A NaN makes the median NaN, which fails, unless `nan` is `"skip"` or `"null"`.
 *
 * @example medianBetween("price", { min: 9.5, max: 12 })
 */
export function medianBetween<const C extends ColumnRef>(
  column: C,
  bounds: Bounds<NumberBound>,
  options: AggregateOptions & NanOption = {},
): Expectation<{ column: C; kind: "number" }> {
  return make(medianBetween.unit, { column, ...bounds }, options);
}

medianBetween.unit = aggregateUnit({
  type: "medianBetween",
  params,
  refine: numberBoundsProblem,
  honours: ["nan"],
  columns: ({ column }) => [column],
  claim: (stored) => `median of ${columnLabel(stored.column)} is ${boundsText(stored)}`,
  metrics: ({ column }, where) => [{ state: "values", column, ...where }],
  measure(findings, stored, [request]) {
    const state = findings.metric({ ...request!, state: "values" });
    const [median] = quantilesOf(state, [0.5], "linear", stored.nan) ?? [];
    if (median === undefined)
      return { empty: `no value of ${columnLabel(stored.column)} to take a median of` };
    return { observed: shownNumber(median), holds: numberWithin(median, stored) };
  },
  about: {
    fits: ["number"],
    example: {
      params: { column: "price", min: 9.5, max: 12 },
      table: { price: { type: "float64", values: [9, 11, null, 12, 10] } },
    },
    violation: { table: { price: { type: "float64", values: [1, 2, 100] } } },
    greatExpectations: [
      {
        type: "expect_column_median_to_be_between",
        kwargs: { column: "column", ...GX_BOUNDS },
        read: (kwargs) => ({ column: kwargs.column, ...gxOpenBounds(kwargs) }),
      },
    ],
  },
});
