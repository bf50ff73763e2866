import * as z from "zod";
import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import type { RowExpectation } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import type { NanOption, RowOptions } from "./unit/options.js";
import { type IgnorePairOption, pairRule, pairShape } from "./unit/pairs.js";
import { rowUnit } from "./unit/rowUnit.js";

const params = z.strictObject({ ...pairShape, orEqual: z.boolean().optional() });

/** Whether equal values will do. */
export interface OrEqualOption {
  /** Default false. */
  readonly orEqual?: boolean;
}

/**
 * The left column is greater than the right one in each row, or equal to it with `orEqual`. Numbers of different types
 * and moments of different units are compared exactly, text by code point.
 *
 * A row in which both are null is ignored, unless `ignoreRowIf` says otherwise. In a row that is kept a null fails, on
 * one side or on both. NaN fails too, unless `nan` leaves it out or makes it a null.
 *
 * @example pairGreater("deliveredAt", "orderedAt", { orEqual: true })
 */
export function pairGreater<const L extends ColumnRef, const R extends ColumnRef>(
  left: L,
  right: R,
  options: RowOptions & NanOption & IgnorePairOption & OrEqualOption = {},
): RowExpectation<{ column: L | R; kind: "number" | "temporal" | "string" }> {
  return make(pairGreater.unit, { left, right }, options);
}

pairGreater.unit = rowUnit({
  type: "pairGreater",
  params,
  honours: ["nan"],
  columns: ({ left, right }) => [left, right],
  claim: ({ left, right, orEqual }) =>
    `${columnLabel(left)} is ${orEqual ? "at least" : "greater than"} ${columnLabel(right)}`,
  rule: (stored, options) => pairRule({ ...options, ...stored }, stored.orEqual ? "ge" : "gt"),
  about: {
    fits: ["number", "temporal", "string"],
    example: {
      params: { left: "delivered", right: "ordered" },
      table: {
        delivered: { type: "int32", values: [2, 5, null] },
        ordered: { type: "int32", values: [1, 4, null] },
      },
    },
    violation: {
      table: {
        delivered: { type: "int32", values: [2, 4, null, null] },
        ordered: { type: "int32", values: [1, 4, 3, null] },
      },
      rows: [1, 2],
    },
    greatExpectations: [
      {
        type: "expect_column_pair_values_a_to_be_greater_than_b",
        kwargs: { column_A: "left", column_B: "right", ignore_row_if: "ignoreRowIf", or_equal: "orEqual" },
      },
    ],
  },
});
