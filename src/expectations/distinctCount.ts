import * as z from "zod";
import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import { aggregateUnit } from "./unit/aggregateUnit.js";
import {
  type Bounds,
  boundsText,
  numberBoundsProblem,
  numberBoundsShape,
  numberWithin,
} from "./unit/bounds.js";
import type { Expectation } from "./unit/expectation.js";
import { GX_BOUNDS, gxOpenBounds, zeroPasses } from "./unit/greatExpectations.js";
import { make } from "./unit/make.js";
import { withoutNan } from "./unit/missing.js";
import type { AggregateOptions, NanIsNullOption } from "./unit/options.js";
import { columnRefSchema } from "./unit/wire.js";

const params = z.strictObject({
  column: columnRefSchema,
  nanIsNull: z.boolean().optional(),
  ...numberBoundsShape,
});

/**
 * The number of distinct values lies within bounds. Exact. Nulls are left out; NaN equals NaN and
 * -0 equals 0; with `nanIsNull` NaN is left out too.
 *
 * @example distinctCount("country", { min: 2, max: 3 })
 */
export function distinctCount<const C extends ColumnRef>(
  column: C,
  bounds: Bounds<number>,
  options: AggregateOptions & NanIsNullOption = {},
): Expectation<{ column: C; kind: "number" | "string" | "bool" | "temporal" | "binary" }> {
  return make(distinctCount.unit, { column, ...bounds }, options);
}

distinctCount.unit = aggregateUnit({
  type: "distinctCount",
  params,
  refine: numberBoundsProblem,
  honours: [],
  columns: ({ column }) => [column],
  claim: (stored) => `number of distinct values of ${columnLabel(stored.column)} is ${boundsText(stored)}`,
  metrics: ({ column, nanIsNull }, where) => [
    { state: "distinct", column, ...(nanIsNull ? withoutNan(column, where) : where) },
  ],
  measure(findings, stored, [request]) {
    const { distinct, values } = findings.metric({ ...request!, state: "distinct" });
    if (values === 0) return { empty: `no value of ${columnLabel(stored.column)}` };
    return { observed: distinct, holds: numberWithin(distinct, stored) };
  },
  about: {
    fits: ["number", "string", "bool", "temporal", "binary"],
    example: {
      params: { column: "country", min: 2, max: 3 },
      table: { country: { type: "utf8", values: ["FR", "US", "FR", null] } },
    },
    violation: { table: { country: { type: "utf8", values: ["FR", "FR", null] } } },
    greatExpectations: [
      {
        type: "expect_column_unique_value_count_to_be_between",
        kwargs: { column: "column", ...GX_BOUNDS },
        read: (kwargs) => {
          const bounds = gxOpenBounds(kwargs, 0);
          return { column: kwargs.column, ...bounds, nanIsNull: true, onEmpty: zeroPasses(bounds) };
        },
        observedOfNothing: 0,
      },
      // Without a partition GX compares the data with themselves, which can't fail.
      {
        type: "expect_column_kl_divergence_to_be_less_than",
        kwargs: {
          column: "column",
          partition_object: null,
          threshold: null,
          bucketize_data: null,
          tail_weight_holdout: null,
          internal_weight_holdout: null,
        },
        read: ({ column, partition_object }, { note }) => {
          if (partition_object !== undefined) return undefined;
          note(
            "without a partition there is nothing to compare with; only that there are values is expected",
          );
          return { column, min: 0 };
        },
      },
    ],
  },
});
