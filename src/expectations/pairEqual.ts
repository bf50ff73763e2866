import * as z from "zod";
import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import type { RowExpectation } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import type { NanOption, RowOptions } from "./unit/options.js";
import { type IgnorePairOption, pairRule, pairShape } from "./unit/pairs.js";
import { rowUnit } from "./unit/rowUnit.js";

const params = z.strictObject(pairShape);

/**
 * Two columns hold the same value in each row. Numbers of different types and moments of different units are compared
 * exactly.
 *
 * A row in which both are null is ignored, unless `ignoreRowIf` says otherwise. In a row that is kept a null fails, on
 * one side or on both: no null equals another. NaN fails too, unless `nan` leaves it out or makes it a null.
 *
 * @example pairEqual("shippedQty", "orderedQty")
 */
export function pairEqual<const L extends ColumnRef, const R extends ColumnRef>(
  left: L,
  right: R,
  options: RowOptions & NanOption & IgnorePairOption = {},
): RowExpectation<{ column: L | R; kind: "number" | "string" | "bool" | "temporal" | "binary" }> {
  return make(pairEqual.unit, { left, right }, options);
}

pairEqual.unit = rowUnit({
  type: "pairEqual",
  params,
  honours: ["nan"],
  columns: ({ left, right }) => [left, right],
  claim: ({ left, right }) => `${columnLabel(left)} equals ${columnLabel(right)}`,
  rule: (stored, options) => pairRule({ ...options, ...stored }, "eq"),
  about: {
    fits: ["number", "string", "bool", "temporal", "binary"],
    example: {
      params: { left: "shipped", right: "ordered" },
      table: {
        shipped: { type: "int32", values: [1, 2, null] },
        ordered: { type: "int32", values: [1, 2, null] },
      },
    },
    violation: {
      table: {
        shipped: { type: "int32", values: [1, 2, null, 3] },
        ordered: { type: "int32", values: [1, 3, null, null] },
      },
      rows: [1, 3],
    },
    greatExpectations: [
      {
        type: "expect_column_pair_values_to_be_equal",
        kwargs: { column_A: "left", column_B: "right", ignore_row_if: "ignoreRowIf" },
      },
    ],
  },
});
