import * as z from "zod";
import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import { type Bounds, boundsOf, boundsProblem, boundsShape, boundsText } from "./unit/bounds.js";
import type { RowExpectation } from "./unit/expectation.js";
import { GX_BOUNDS, gxBounds } from "./unit/greatExpectations.js";
import { make } from "./unit/make.js";
import type { NanOption, NullsOption, RowOptions } from "./unit/options.js";
import { nanTruth, rowUnit } from "./unit/rowUnit.js";
import { columnRefSchema } from "./unit/wire.js";

const params = z.strictObject({ column: columnRefSchema, ...boundsShape });

/**
 * Every value lies within bounds: numbers, moments (bounds as ISO 8601 text or Date, read as UTC), or text by code
 * point. Bounds are inclusive; `minExclusive` and `maxExclusive` leave the bound itself out.
 *
 * Nulls are skipped and NaN fails, unless `nulls` or `nan` says otherwise. Bounds that a double can't hold are written
 * as text or bigint and compared exactly.
 *
 * @example between("qty", { min: 1, max: 100 })
 */
export function between<const C extends ColumnRef>(
  column: C,
  bounds: Bounds,
  options: RowOptions & NullsOption & NanOption = {},
): RowExpectation<{ column: C; kind: "number" | "temporal" | "string" }> {
  return make(between.unit, { column, ...bounds }, options);
}

between.unit = rowUnit({
  type: "between",
  params,
  refine: boundsProblem,
  honours: ["nulls", "nan"],
  columns: ({ column }) => [column],
  claim: (stored) => `${columnLabel(stored.column)} is ${boundsText(stored)}`,
  rule: (stored, options) => ({
    kind: "local",
    test: { op: "range", column: stored.column, nan: nanTruth(options), ...boundsOf(stored) },
  }),
  about: {
    fits: ["number", "temporal", "string"],
    example: {
      params: { column: "qty", min: 1, max: 100 },
      table: { qty: { type: "int32", values: [1, 50, null, 100] } },
    },
    violation: { table: { qty: { type: "int32", values: [1, 101, 0, 100] } }, rows: [1, 2] },
    greatExpectations: [
      {
        type: "expect_column_values_to_be_between",
        kwargs: { column: "column", ...GX_BOUNDS },
        read: (kwargs) => ({ column: kwargs.column, ...gxBounds(kwargs) }),
      },
    ],
  },
});
