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
import { stdevOf } from "./unit/momentReadouts.js";
import type { AggregateOptions, NanOption } from "./unit/options.js";
import { middleOf } from "./unit/samples.js";
import { columnRefSchema } from "./unit/wire.js";

const params = z.strictObject({ column: columnRefSchema, ...numberBoundsShape });

/**
 * The sample standard deviation (n - 1 in the denominator) of the values lies within bounds. Of fewer than two values
 * there is none.
 *
 * Nulls are left out. A NaN makes it NaN, which fails, unless `nan` is `"skip"` or `"null"`.
 *
 * @example stdevBetween("price", { min: 0.5, max: 2 })
 */
export function stdevBetween<const C extends ColumnRef>(
  column: C,
  bounds: Bounds<NumberBound>,
  options: AggregateOptions & NanOption = {},
): Expectation<{ column: C; kind: "number" }> {
  return make(stdevBetween.unit, { column, ...bounds }, options);
}

stdevBetween.unit = aggregateUnit({
  type: "stdevBetween",
  params,
  refine: numberBoundsProblem,
  honours: ["nan"],
  columns: ({ column }) => [column],
  claim: (stored) => `standard deviation of ${columnLabel(stored.column)} is ${boundsText(stored)}`,
  metrics: ({ column }, where) => [{ state: "moments", column, ...where }],
  measure(findings, stored, [request]) {
    const stdev = stdevOf(findings.metric({ ...request!, state: "moments" }), stored.nan);
    if (stdev === undefined) return { empty: `fewer than two values of ${columnLabel(stored.column)}` };
    return { observed: shownNumber(stdev), holds: numberWithin(stdev, stored) };
  },
  sample: (stored) => ({ [columnLabel(stored.column)]: [0, 2 * middleOf(stored)] }),
  about: {
    fits: ["number"],
    example: {
      params: { column: "price", min: 0.5, max: 2 },
      table: { price: { type: "float64", values: [9, 11, null, 10] } },
    },
    violation: { table: { price: { type: "float64", values: [1, 50, 100] } } },
    greatExpectations: [
      {
        type: "expect_column_stdev_to_be_between",
        kwargs: { column: "column", ...GX_BOUNDS },
        read: (kwargs) => ({ column: kwargs.column, ...gxOpenBounds(kwargs) }),
      },
    ],
  },
});
