import * as z from "zod";
import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import { aggregateUnit } from "./unit/aggregateUnit.js";
import { type Bounds, boundsProblem, boundsShape, boundsText } from "./unit/bounds.js";
import type { Expectation } from "./unit/expectation.js";
import { measureExtreme } from "./unit/extremeReadouts.js";
import { GX_BOUNDS, gxBounds, gxExtreme } from "./unit/greatExpectations.js";
import { make } from "./unit/make.js";
import type { AggregateOptions, NanOption } from "./unit/options.js";
import { columnRefSchema } from "./unit/wire.js";

const params = z.strictObject({ column: columnRefSchema, ...boundsShape });

/**
 * The greatest value lies within bounds: numbers, moments (bounds as ISO 8601 text or Date, read as UTC), or text by code
 * point. It is compared and shown exactly.
 *
 * Nulls are left out. A NaN fails it, unless `nan` is `"skip"` or `"null"`.
 *
 * @example maxBetween("qty", { min: 90, max: 100 })
 */
export function maxBetween<const C extends ColumnRef>(
  column: C,
  bounds: Bounds,
  options: AggregateOptions & NanOption = {},
): Expectation<{ column: C; kind: "number" | "temporal" | "string" }> {
  return make(maxBetween.unit, { column, ...bounds }, options);
}

maxBetween.unit = aggregateUnit({
  type: "maxBetween",
  params,
  refine: boundsProblem,
  honours: ["nan"],
  columns: ({ column }) => [column],
  claim: (stored) => `greatest ${columnLabel(stored.column)} is ${boundsText(stored)}`,
  metrics: ({ column }, where) => [{ state: "extremes", column, ...where }],
  measure: (findings, stored, [request]) =>
    measureExtreme(findings.metric({ ...request!, state: "extremes" }), "max", stored),
  about: {
    fits: ["number", "temporal", "string"],
    example: {
      params: { column: "qty", min: 90, max: 100 },
      table: { qty: { type: "int32", values: [5, 95, null] } },
    },
    violation: { table: { qty: { type: "int32", values: [5, 101, null] } } },
    greatExpectations: [
      {
        type: "expect_column_max_to_be_between",
        kwargs: { column: "column", ...GX_BOUNDS },
        read: (kwargs) => ({ column: kwargs.column, ...gxBounds(kwargs) }),
        result: gxExtreme,
      },
    ],
  },
});
