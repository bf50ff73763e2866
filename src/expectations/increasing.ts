import * as z from "zod";
import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import type { Expectation } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import type { NanOption, NullsOption, OrderOption, ReportingRowOptions } from "./unit/options.js";
import { nanTruth, rowUnit } from "./unit/rowUnit.js";
import { columnRefSchema } from "./unit/wire.js";

const params = z.strictObject({ column: columnRefSchema, strict: z.boolean().optional() });

/**
 * No value is less than the one before it, in the order of the rows; with `strict`, each is greater. A row is compared
 * with the last row that held a value, and the first can't fail. Text is ordered by code point.
 *
 * Nulls are skipped unless `nulls: "fail"`; NaN stands in no order and fails, unless `nan` says otherwise. Failing rows
 * are reported and can't be quarantined: what is left need not be in order.
 *
 * @example increasing("createdAt")
 */
export function increasing<const C extends ColumnRef>(
  column: C,
  options: ReportingRowOptions & NullsOption & NanOption & OrderOption = {},
): Expectation<{ column: C; kind: "number" | "temporal" | "string" }> {
  return make(increasing.unit, { column }, options);
}

increasing.unit = rowUnit({
  type: "increasing",
  params,
  honours: ["nulls", "nan"],
  quarantines: false,
  columns: ({ column }) => [column],
  claim: ({ column, strict }) => `${columnLabel(column)} is ${strict ? "strictly " : ""}increasing`,
  rule: ({ column, strict }, options) => ({
    kind: "ordered",
    column,
    direction: "increasing",
    strict: strict ?? false,
    nan: nanTruth(options),
  }),
  about: {
    fits: ["number", "temporal", "string"],
    example: { params: { column: "at" }, table: { at: { type: "int64", values: [1, 2, 2, null, 5] } } },
    violation: { table: { at: { type: "int64", values: [1, 3, null, 2, 4] } }, rows: [3] },
    greatExpectations: [
      {
        type: "expect_column_values_to_be_increasing",
        kwargs: { column: "column", strictly: "strict" },
      },
    ],
  },
});
