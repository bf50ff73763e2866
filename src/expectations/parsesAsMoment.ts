import * as z from "zod";
import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import type { RowExpectation } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import type { NullsOption, RowOptions } from "./unit/options.js";
import { rowUnit } from "./unit/rowUnit.js";
import { columnRefSchema } from "./unit/wire.js";

const params = z.strictObject({ column: columnRefSchema });

/**
 * Every text is a date, or a date and a time: ISO 8601, or a common form with English names such as `31 Jan 2024`,
 * `January 31, 2024 9:30 PM` or `01/31/2024` (month first). A lone number or a lone time is none, and a day that isn't in
 * the calendar isn't either. Nulls are skipped unless `nulls: "fail"`.
 *
 * @example parsesAsMoment("signedAt")
 */
export function parsesAsMoment<const C extends ColumnRef>(
  column: C,
  options: RowOptions & NullsOption = {},
): RowExpectation<{ column: C; kind: "string" }> {
  return make(parsesAsMoment.unit, { column }, options);
}

parsesAsMoment.unit = rowUnit({
  type: "parsesAsMoment",
  params,
  honours: ["nulls"],
  columns: ({ column }) => [column],
  claim: ({ column }) => `${columnLabel(column)} is a date, or a date and a time`,
  rule: ({ column }) => ({ kind: "local", test: { op: "parses", column, as: { kind: "moment" } } }),
  about: {
    fits: ["string"],
    example: {
      params: { column: "text" },
      table: { text: { type: "utf8", values: ["2024-01-31", "31 Jan 2024", "2024-01-31T09:30:00Z", null] } },
    },
    violation: { table: { text: { type: "utf8", values: ["2024-01-31", "soon", "12"] } }, rows: [1, 2] },
    greatExpectations: [
      {
        type: "expect_column_values_to_be_dateutil_parseable",
        kwargs: { column: "column" },
        read: ({ column }, { note }) => {
          note('dateutil takes almost anything for a date, such as "12"; here a text has to be a whole date');
          return { column };
        },
      },
    ],
  },
});
