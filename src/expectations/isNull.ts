import * as z from "zod";
import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import type { Kind } from "../columns/typeName.js";
import type { RowExpectation } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import { isMissing } from "./unit/missing.js";
import type { NanIsNullOption, RowOptions } from "./unit/options.js";
import { rowUnit } from "./unit/rowUnit.js";
import { ANY_KIND } from "./unit/unit.js";
import { columnRefSchema } from "./unit/wire.js";

const params = z.strictObject({ column: columnRefSchema, nanIsNull: z.boolean().optional() });

/**
 * No row holds a value. NaN is a value unless `nanIsNull`. All rows are counted, so `mostly` is a share of all rows.
 *
 * @example isNull("deletedAt", { when: { status: { eq: "open" } } })
 */
export function isNull<const C extends ColumnRef>(
  column: C,
  options: RowOptions & NanIsNullOption = {},
): RowExpectation<{ column: C; kind: Kind }> {
  return make(isNull.unit, { column }, options);
}

isNull.unit = rowUnit({
  type: "isNull",
  params,
  honours: [],
  columns: ({ column }) => [column],
  claim: ({ column }) => `${columnLabel(column)} is null`,
  rule: ({ column, nanIsNull }) => ({
    kind: "local",
    test: isMissing(column, nanIsNull ? "null" : undefined),
  }),
  about: {
    fits: ANY_KIND,
    example: {
      params: { column: "deletedAt" },
      table: { deletedAt: { type: "timestamp[us]", values: [null, null] } },
    },
    violation: {
      table: { deletedAt: { type: "timestamp[us]", values: [null, "2024-01-31T09:30:00"] } },
      rows: [1],
    },
    greatExpectations: [
      {
        type: "expect_column_values_to_be_null",
        kwargs: { column: "column" },
        read: ({ column }) => ({ column, nanIsNull: true }),
        countsNulls: true,
      },
    ],
  },
});
