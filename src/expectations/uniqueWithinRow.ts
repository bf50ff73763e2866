import * as z from "zod";
import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import type { Predicate } from "../predicates/predicate.js";
import type { RowExpectation } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import { ignoring, isMissing } from "./unit/missing.js";
import type { NanOption, RowOptions } from "./unit/options.js";
import { IGNORED_ROWS, type IgnoreRowOption, rowSetShape } from "./unit/rowSets.js";
import { nanTruth, rowUnit } from "./unit/rowUnit.js";

const params = z.strictObject(rowSetShape);

/**
 * In each row no two of the columns hold the same value. Columns are of one kind; numbers of different types and moments
 * of different units are compared exactly.
 *
 * Two nulls are the same, and a row whose columns are all null is ignored, unless `ignoreRowIf` says otherwise. So are
 * two NaN, unless `nan` leaves them out.
 *
 * @example uniqueWithinRow(["home", "work", "other"])
 */
export function uniqueWithinRow<const C extends ColumnRef>(
  columns: readonly C[],
  options: RowOptions & NanOption & IgnoreRowOption = {},
): RowExpectation<{ column: C; kind: "number" | "string" | "bool" | "temporal" | "binary" }> {
  return make(uniqueWithinRow.unit, { columns }, options);
}

uniqueWithinRow.unit = rowUnit({
  type: "uniqueWithinRow",
  params,
  honours: ["nan"],
  columns: ({ columns }) => columns,
  claim: ({ columns }) => `${columns.map(columnLabel).join(", ")} differ from each other`,
  rule: ({ columns, ignoreRowIf }, options) => {
    const missing = (column: ColumnRef) => isMissing(column, options.nan);
    const notNumber = (column: ColumnRef): Predicate => ({
      op: "known",
      of: { op: "isNaN", column },
      as: false,
    });
    const same = columns.flatMap((left, i) =>
      columns.slice(i + 1).flatMap((right): Predicate[] => {
        const equal: Predicate = { op: "pair", left, right, compare: "eq", nan: nanTruth(options) };
        return [
          { op: "known", of: equal, as: false },
          { op: "and", of: [missing(left), missing(right)] },
          { op: "and", of: [notNumber(left), notNumber(right)] },
        ];
      }),
    );
    return {
      kind: "local",
      test: { op: "not", of: { op: "or", of: same } },
      ...ignoring(IGNORED_ROWS[ignoreRowIf ?? "all_values_are_missing"], columns, options.nan),
    };
  },
  about: {
    fits: ["number", "string", "bool", "temporal", "binary"],
    example: {
      params: { columns: ["a", "b"] },
      table: {
        a: { type: "int32", values: [1, 2, null, null] },
        b: { type: "int64", values: [2, null, 1, null] },
      },
    },
    violation: {
      table: {
        a: { type: "int32", values: [1, 2, null, null] },
        b: { type: "int64", values: [2, 2, 3, null] },
      },
      rows: [1],
    },
    greatExpectations: [
      {
        type: "expect_select_column_values_to_be_unique_within_record",
        kwargs: { column_list: "columns", ignore_row_if: "ignoreRowIf" },
      },
    ],
  },
});
