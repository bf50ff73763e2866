import * as z from "zod";
import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import type { Kind } from "../columns/typeName.js";
import type { RowExpectation } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import { isMissing } from "./unit/missing.js";
import type { NanIsNullOption, RowOptions } from "./unit/options.js";
import { rowUnit } from "./unit/rowUnit.js";
import { columnRefSchema } from "./unit/wire.js";

const params = z.strictObject({ column: columnRefSchema, nanIsNull: z.boolean().optional() });

/**
 * Every row holds a value. NaN is a value unless `nanIsNull`. All rows are counted, so `mostly` is a share of all rows.
 *
 * @example notNull("id")
 */
export function notNull<const C extends ColumnRef>(
  column: C,
  options: RowOptions & NanIsNullOption = {},
): RowExpectation<{ column: C; kind: Kind }> {
  return make(notNull.unit, { column }, options);
}

notNull.unit = rowUnit({
  type: "notNull",
  params,
  honours: [],
  columns: ({ column }) => [column],
  claim: ({ column }) => `${columnLabel(column)} is not null`,
  rule: ({ column, nanIsNull }) => ({
    kind: "local",
    test: { op: "not", of: isMissing(column, nanIsNull ? "null" : undefined) },
  }),
  about: {
    fits: ["number", "string", "bool", "temporal", "binary", "null", "nested"],
    example: { params: { column: "id" }, table: { id: { type: "int64", values: [1, 2, 3] } } },
    violation: { table: { id: { type: "int64", values: [1, null, 3] } }, rows: [1] },
    greatExpectations: [
      {
        type: "expect_column_values_to_not_be_null",
        kwargs: { column: "column" },
        read: ({ column }) => ({ column, nanIsNull: true }),
        countsNulls: true,
      },
    ],
  },
});
