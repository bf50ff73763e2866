import * as z from "zod";
import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import { aggregateUnit } from "./unit/aggregateUnit.js";
import {
  type Bounds,
  boundsText,
  fractionBoundsShape,
  numberBoundsProblem,
  numberWithin,
} from "./unit/bounds.js";
import type { Expectation } from "./unit/expectation.js";
import { GX_BOUNDS, gxShareBounds, zeroPasses } from "./unit/greatExpectations.js";
import { make } from "./unit/make.js";
import { withoutNan } from "./unit/missing.js";
import type { AggregateOptions, NanIsNullOption } from "./unit/options.js";
import { columnRefSchema } from "./unit/wire.js";

const params = z.strictObject({
  column: columnRefSchema,
  nanIsNull: z.boolean().optional(),
  ...fractionBoundsShape,
});

/**
 * The number of distinct values, divided by the number of rows that hold one, lies within bounds: 1 when no value comes
 * twice. Exact. Nulls are left out; NaN equals NaN and
 * -0 equals 0; with `nanIsNull` NaN is left out too.
 *
 * @example distinctFraction("country", { min: 0.5 })
 */
export function distinctFraction<const C extends ColumnRef>(
  column: C,
  bounds: Bounds<number>,
  options: AggregateOptions & NanIsNullOption = {},
): Expectation<{ column: C; kind: "number" | "string" | "bool" | "temporal" | "binary" }> {
  return make(distinctFraction.unit, { column, ...bounds }, options);
}

distinctFraction.unit = aggregateUnit({
  type: "distinctFraction",
  params,
  refine: numberBoundsProblem,
  honours: [],
  columns: ({ column }) => [column],
  claim: (stored) => `share of distinct values of ${columnLabel(stored.column)} is ${boundsText(stored)}`,
  metrics: ({ column, nanIsNull }, where) => [
    { state: "distinct", column, ...(nanIsNull ? withoutNan(column, where) : where) },
  ],
  measure(findings, stored, [request]) {
    const { distinct, values } = findings.metric({ ...request!, state: "distinct" });
    if (values === 0) return { empty: `no value of ${columnLabel(stored.column)}` };
    const share = distinct / values;
    return { observed: share, holds: numberWithin(share, stored) };
  },
  about: {
    fits: ["number", "string", "bool", "temporal", "binary"],
    example: {
      params: { column: "country", min: 0.5 },
      table: { country: { type: "utf8", values: ["FR", "US", "FR", null] } },
    },
    violation: { table: { country: { type: "utf8", values: ["FR", "FR", "FR"] } } },
    greatExpectations: [
      {
        type: "expect_column_proportion_of_unique_values_to_be_between",
        kwargs: { column: "column", ...GX_BOUNDS },
        read: (kwargs) => {
          const bounds = gxShareBounds(kwargs);
          return { column: kwargs.column, ...bounds, nanIsNull: true, onEmpty: zeroPasses(bounds) };
        },
        observedOfNothing: 0,
      },
    ],
  },
});
