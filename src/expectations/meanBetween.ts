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
import { meanOf } from "./unit/momentReadouts.js";
import type { AggregateOptions, NanOption } from "./unit/options.js";
import { columnRefSchema } from "./unit/wire.js";

const params = z.strictObject({ column: columnRefSchema, ...numberBoundsShape });

/**
 * The arithmetic mean of the values lies within bounds. The sum behind it is exact for integers and decimals and
 * compensated for floats. The mean of booleans is the share of true.
 *
 * Nulls are left out. A NaN makes the mean NaN, which fails, unless `nan` is `"skip"` or `"null"`.
 *
 * @example meanBetween("price", { min: 9.5, max: 12 })
 */
export function meanBetween<const C extends ColumnRef>(
  column: C,
  bounds: Bounds<NumberBound>,
  options: AggregateOptions & NanOption = {},
): Expectation<{ column: C; kind: "number" | "bool" }> {
  return make(meanBetween.unit, { column, ...bounds }, options);
}

meanBetween.unit = aggregateUnit({
  type: "meanBetween",
  params,
  refine: numberBoundsProblem,
  honours: ["nan"],
  columns: ({ column }) => [column],
  claim: (stored) => `mean of ${columnLabel(stored.column)} is ${boundsText(stored)}`,
  metrics: ({ column }, where) => [{ state: "moments", column, ...where }],
  measure(findings, stored, [request]) {
    const mean = meanOf(findings.metric({ ...request!, state: "moments" }), stored.nan);
    if (mean === undefined) return { empty: `no value of ${columnLabel(stored.column)} to take a mean of` };
    return { observed: shownNumber(mean), holds: numberWithin(mean, stored) };
  },
  about: {
    fits: ["number", "bool"],
    example: {
      params: { column: "price", min: 9.5, max: 12 },
      table: { price: { type: "float64", values: [9, 11, null, 12] } },
    },
    violation: { table: { price: { type: "float64", values: [1, 2, 3] } } },
    greatExpectations: [
      {
        type: "expect_column_mean_to_be_between",
        kwargs: { column: "column", ...GX_BOUNDS },
        read: (kwargs) => ({ column: kwargs.column, ...gxOpenBounds(kwargs) }),
      },
    ],
  },
});
