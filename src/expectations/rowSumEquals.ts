import * as z from "zod";
import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import { numberSchema } from "./unit/bounds.js";
import type { RowExpectation } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import { ignoring } from "./unit/missing.js";
import type { NanOption, RowOptions } from "./unit/options.js";
import { IGNORED_ROWS, type IgnoreRowOption, rowSetShape } from "./unit/rowSets.js";
import { nanTruth, rowUnit } from "./unit/rowUnit.js";
import { columnRefSchema } from "./unit/wire.js";

const params = z.strictObject({
  ...rowSetShape,
  columns: z.array(columnRefSchema).min(1, "needs a column"),
  total: numberSchema,
});

/**
 * In each row the columns add up to a total. Integers and decimals are added exactly; where a float is among them the
 * sum is the double nearest to the exact one, and equals the total to the last bit: 0.1 and 0.2 don't make 0.3.
 *
 * A row whose columns are all null is ignored, unless `ignoreRowIf` says otherwise; in a row that is kept a null fails.
 * NaN fails too, unless `nan` leaves it out or makes it a null.
 *
 * @example rowSumEquals(["net", "tax", "discount"], 100)
 */
export function rowSumEquals<const C extends ColumnRef>(
  columns: readonly C[],
  total: number | bigint | string,
  options: RowOptions & NanOption & IgnoreRowOption = {},
): RowExpectation<{ column: C; kind: "number" }> {
  return make(rowSumEquals.unit, { columns, total }, options);
}

rowSumEquals.unit = rowUnit({
  type: "rowSumEquals",
  params,
  honours: ["nan"],
  columns: ({ columns }) => columns,
  claim: ({ columns, total }) => `${columns.map(columnLabel).join(" + ")} is ${total}`,
  rule: ({ columns, total, ignoreRowIf }, options) => ({
    kind: "local",
    test: { op: "known", of: { op: "rowSum", columns, total, nan: nanTruth(options) }, as: false },
    ...ignoring(IGNORED_ROWS[ignoreRowIf ?? "all_values_are_missing"], columns, options.nan),
  }),
  about: {
    fits: ["number"],
    example: {
      params: { columns: ["a", "b"], total: 1 },
      table: {
        a: { type: "float64", values: [-1, 1, null] },
        b: { type: "int32", values: [2, 0, null] },
      },
    },
    violation: {
      table: { a: { type: "float64", values: [1, 0.5, null] }, b: { type: "int32", values: [0, 1, 1] } },
      rows: [1, 2],
    },
    greatExpectations: [
      {
        type: "expect_multicolumn_sum_to_equal",
        kwargs: { column_list: "columns", sum_total: "total", ignore_row_if: "ignoreRowIf" },
      },
    ],
  },
});
