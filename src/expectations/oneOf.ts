import * as z from "zod";
import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import type { Literal } from "../columns/literal.js";
import type { RowExpectation } from "./unit/expectation.js";
import { gxSet } from "./unit/greatExpectations.js";
import { make } from "./unit/make.js";
import type { NanOption, NullsOption, RowOptions } from "./unit/options.js";
import { nanTruth, rowUnit } from "./unit/rowUnit.js";
import { columnRefSchema, literalSchema, setText } from "./unit/wire.js";

const params = z.strictObject({ column: columnRefSchema, values: z.array(literalSchema).max(100_000) });

/**
 * Every value is one of a set, compared in the column's own type. Of an empty set nothing is.
 *
 * Nulls are skipped unless `nulls: "fail"`; NaN is in no set.
 *
 * @example oneOf("country", ["FR", "US"])
 */
export function oneOf<const C extends ColumnRef>(
  column: C,
  values: readonly Literal[],
  options: RowOptions & NullsOption & NanOption = {},
): RowExpectation<{ column: C; kind: "number" | "string" | "bool" | "temporal" | "binary" }> {
  return make(oneOf.unit, { column, values }, options);
}

oneOf.unit = rowUnit({
  type: "oneOf",
  params,
  honours: ["nulls", "nan"],
  columns: ({ column }) => [column],
  claim: ({ column, values }) => `${columnLabel(column)} is one of ${setText(values)}`,
  rule: ({ column, values }, options) => ({
    kind: "local",
    test: { op: "in", column, values, nan: nanTruth(options) },
  }),
  about: {
    fits: ["number", "string", "bool", "temporal", "binary"],
    example: {
      params: { column: "country", values: ["FR", "US"] },
      table: { country: { type: "utf8", values: ["FR", "US", null] } },
    },
    violation: { table: { country: { type: "utf8", values: ["FR", "XX"] } }, rows: [1] },
    greatExpectations: [
      {
        type: "expect_column_values_to_be_in_set",
        kwargs: { column: "column", value_set: "values" },
        read: (kwargs) =>
          kwargs.value_set === undefined
            ? undefined
            : { column: kwargs.column, values: gxSet(kwargs, "value_set") },
      },
    ],
  },
});
