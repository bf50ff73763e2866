import * as z from "zod";
import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import type { Expectation } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import type { NanIsNullOption, NullsOption, RowOptions } from "./unit/options.js";
import { rowUnit } from "./unit/rowUnit.js";
import { columnRefSchema } from "./unit/wire.js";

const params = z.strictObject({
  column: columnRefSchema,
  keep: z.enum(["none", "first"]).optional(),
  nanIsNull: z.boolean().optional(),
});

/** Which member of a group of equal values is spared. */
export interface KeepOption {
  /** `"none"` (the default) fails every member of a group; `"first"` spares the first, as a quarantine usually wants. */
  readonly keep?: "none" | "first";
}

/**
 * No value comes twice. Every member of a group of equal values fails, or all but the first with `keep: "first"`.
 *
 * Nulls are no duplicates of each other: they are skipped, unless `nulls: "fail"`. NaN equals NaN, unless
 * `nanIsNull` leaves it out, and -0 equals 0.
 * With `keep: "none"` the failing rows are told by a second look at the key, so a source that can't be read again
 * can't be quarantined by it.
 *
 * @example unique("id")
 */
export function unique<const C extends ColumnRef>(
  column: C,
  options: RowOptions & NullsOption & NanIsNullOption & KeepOption = {},
): Expectation<{ column: C; kind: "number" | "string" | "bool" | "temporal" | "binary" }> {
  return make(unique.unit, { column }, options);
}

unique.unit = rowUnit({
  type: "unique",
  params,
  honours: ["nulls"],
  columns: ({ column }) => [column],
  claim: ({ column }) => `${columnLabel(column)} is unique`,
  rule: ({ column, keep, nanIsNull }) => ({
    kind: "keyed",
    columns: [column],
    keep: keep ?? "none",
    nullKeys: "unknown",
    ...(nanIsNull ? { ignore: { op: "isNaN", column } as const } : {}),
  }),
  about: {
    fits: ["number", "string", "bool", "temporal", "binary"],
    example: { params: { column: "id" }, table: { id: { type: "int64", values: [3, 1, 2, null, null] } } },
    violation: { table: { id: { type: "int64", values: [1, 2, 1, null] } }, rows: [0, 2] },
    greatExpectations: [
      {
        type: "expect_column_values_to_be_unique",
        kwargs: { column: "column" },
        read: ({ column }) => ({ column, nanIsNull: true }),
      },
    ],
  },
});
