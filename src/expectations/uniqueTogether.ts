import * as z from "zod";
import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import type { KeepOption } from "./unique.js";
import type { Expectation } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import { ignoring } from "./unit/missing.js";
import type { RowOptions } from "./unit/options.js";
import { IGNORED_ROWS, type IgnoreRowOption, rowSetShape } from "./unit/rowSets.js";
import { rowUnit } from "./unit/rowUnit.js";
import { columnRefSchema } from "./unit/wire.js";

const params = z.strictObject({
  columns: z.array(columnRefSchema).min(2, "takes two columns or more; for one there is unique"),
  keep: z.enum(["none", "first"]).optional(),
  ignoreRowIf: rowSetShape.ignoreRowIf,
});

/**
 * No combination of values comes twice. Every member of a group of equal keys fails, or all but the first with
 * `keep: "first"`.
 *
 * Nulls inside a key are equal to each other, and a row whose columns are all null is ignored, unless `ignoreRowIf`
 * says otherwise. NaN equals NaN and -0 equals 0. With `keep: "none"` the failing rows are told by a second look at the
 * keys, so a source that can't be read again can't be quarantined by it.
 *
 * @example uniqueTogether(["order", "line"])
 */
export function uniqueTogether<const C extends ColumnRef>(
  columns: readonly C[],
  options: RowOptions & KeepOption & IgnoreRowOption = {},
): Expectation<{ column: C; kind: "number" | "string" | "bool" | "temporal" | "binary" }> {
  return make(uniqueTogether.unit, { columns }, options);
}

uniqueTogether.unit = rowUnit({
  type: "uniqueTogether",
  params,
  honours: [],
  columns: ({ columns }) => columns,
  claim: ({ columns }) => `${columns.map(columnLabel).join(", ")} are unique together`,
  rule: ({ columns, keep, ignoreRowIf }) => ({
    kind: "keyed",
    columns,
    keep: keep ?? "none",
    nullKeys: "equal",
    ...ignoring(IGNORED_ROWS[ignoreRowIf ?? "all_values_are_missing"], columns),
  }),
  about: {
    fits: ["number", "string", "bool", "temporal", "binary"],
    example: {
      params: { columns: ["order", "line"] },
      table: {
        order: { type: "int64", values: [1, 1, 2, 2, null, null] },
        line: { type: "int32", values: [1, 2, 1, null, null, null] },
      },
    },
    violation: {
      table: {
        order: { type: "int64", values: [1, 1, 2, 1, 2] },
        line: { type: "int32", values: [1, 2, null, 1, null] },
      },
      rows: [0, 2, 3, 4],
    },
    greatExpectations: [
      {
        type: "expect_compound_columns_to_be_unique",
        kwargs: { column_list: "columns", ignore_row_if: "ignoreRowIf" },
      },
    ],
  },
});
