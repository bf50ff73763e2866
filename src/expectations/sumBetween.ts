import * as z from "zod";
import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import { shownNumber, shownStored } from "../columns/shown.js";
import { aggregateUnit } from "./unit/aggregateUnit.js";
import {
  type Bounds,
  boundsText,
  type NumberBound,
  numberBoundsProblem,
  numberBoundsShape,
  numberWithin,
  storedWithin,
} from "./unit/bounds.js";
import type { Expectation } from "./unit/expectation.js";
import { GX_BOUNDS, gxOpenBounds, zeroPasses } from "./unit/greatExpectations.js";
import { make } from "./unit/make.js";
import { exactSumType, floatSumOf, valuesIn } from "./unit/momentReadouts.js";
import type { AggregateOptions, NanOption } from "./unit/options.js";
import { columnRefSchema } from "./unit/wire.js";

const params = z.strictObject({ column: columnRefSchema, ...numberBoundsShape });

/**
 * The sum of the values lies within bounds. Of integers and decimals it is exact, never wrapped or rounded, and compared
 * exactly with bounds that may be bigint or decimal text; of floats it is compensated.
 *
 * Nulls are left out, and of no value at all there is no sum to judge. A NaN makes the sum NaN, which fails, unless
 * `nan` is `"skip"` or `"null"`.
 *
 * @example sumBetween("price", { min: 0, max: 100 })
 */
export function sumBetween<const C extends ColumnRef>(
  column: C,
  bounds: Bounds<NumberBound>,
  options: AggregateOptions & NanOption = {},
): Expectation<{ column: C; kind: "number" }> {
  return make(sumBetween.unit, { column, ...bounds }, options);
}

sumBetween.unit = aggregateUnit({
  type: "sumBetween",
  params,
  refine: numberBoundsProblem,
  honours: ["nan"],
  columns: ({ column }) => [column],
  claim: (stored) => `sum of ${columnLabel(stored.column)} is ${boundsText(stored)}`,
  metrics: ({ column }, where) => [{ state: "moments", column, ...where }],
  measure(findings, stored, [request]) {
    const state = findings.metric({ ...request!, state: "moments" });
    if (valuesIn(state, stored.nan) === 0)
      return { empty: `no value of ${columnLabel(stored.column)} to add up` };
    const sum = floatSumOf(state, stored.nan);
    if (sum !== undefined) return { observed: shownNumber(sum), holds: numberWithin(sum, stored) };
    const type = exactSumType(state);
    return {
      observed: shownStored(type, state.integerSum),
      holds: storedWithin(type, state.integerSum, stored),
    };
  },
  about: {
    fits: ["number"],
    example: {
      params: { column: "price", min: 0, max: 100 },
      table: { price: { type: "float64", values: [9, 11, null, 12] } },
    },
    violation: { table: { price: { type: "float64", values: [90, 11] } } },
    greatExpectations: [
      {
        type: "expect_column_sum_to_be_between",
        kwargs: { column: "column", ...GX_BOUNDS },
        read: (kwargs) => {
          const bounds = gxOpenBounds(kwargs);
          return { column: kwargs.column, ...bounds, onEmpty: zeroPasses(bounds) };
        },
        observedOfNothing: 0,
      },
    ],
  },
});
