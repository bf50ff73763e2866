import * as z from "zod";
import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import type { Literal } from "../columns/literal.js";
import type { Predicate } from "../predicates/predicate.js";
import type { RowExpectation } from "./unit/expectation.js";
import { gxSet } from "./unit/greatExpectations.js";
import { make } from "./unit/make.js";
import type { NanOption, NullsOption, RowOptions } from "./unit/options.js";
import { nanTruth, rowUnit } from "./unit/rowUnit.js";
import { columnRefSchema, literalSchema, setText } from "./unit/wire.js";

const params = z.strictObject({ column: columnRefSchema, values: z.array(literalSchema).max(100_000) });

/**
 * No value is one of a set, compared in the column's own type. Of an empty set nothing is.
 *
 * Nulls are skipped unless `nulls: "fail"`. NaN is in no set, and fails all the same unless `nan` says otherwise: it is
 * no value to trust.
 *
 * @example notOneOf("qty", [-1, -999])
 */
export function notOneOf<const C extends ColumnRef>(
  column: C,
  values: readonly Literal[],
  options: RowOptions & NullsOption & NanOption = {},
): RowExpectation<{ column: C; kind: "number" | "string" | "bool" | "temporal" | "binary" }> {
  return make(notOneOf.unit, { column, values }, options);
}

notOneOf.unit = rowUnit({
  type: "notOneOf",
  params,
  honours: ["nulls", "nan"],
  columns: ({ column }) => [column],
  claim: ({ column, values }) => `${columnLabel(column)} is none of ${setText(values)}`,
  rule: ({ column, values }, options) => {
    const nan = nanTruth(options);
    const isOutside: Predicate = { op: "not", of: { op: "in", column, values, nan } };
    const isNumber: Predicate = { op: "not", of: { op: "isNaN", column } };
    return {
      kind: "local",
      test: nan === "unknown" ? isOutside : { op: "and", of: [isOutside, isNumber] },
    };
  },
  about: {
    fits: ["number", "string", "bool", "temporal", "binary"],
    example: {
      params: { column: "qty", values: [-1, -999] },
      table: { qty: { type: "int32", values: [1, 0, null, 999] } },
    },
    violation: { table: { qty: { type: "int32", values: [1, -999, null, -1] } }, rows: [1, 3] },
    greatExpectations: [
      {
        type: "expect_column_values_to_not_be_in_set",
        kwargs: { column: "column", value_set: "values" },
        read: (kwargs) => ({ column: kwargs.column, values: gxSet(kwargs, "value_set") }),
      },
      // Without a set every value is in it.
      {
        type: "expect_column_values_to_be_in_set",
        kwargs: { column: "column", value_set: null },
        read: (kwargs) =>
          kwargs.value_set === undefined ? { column: kwargs.column, values: [] } : undefined,
      },
    ],
  },
});
