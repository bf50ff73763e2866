import * as z from "zod";
import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import { formatProblem } from "../predicates/text/strftime.js";
import type { RowExpectation } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import type { NullsOption, RowOptions } from "./unit/options.js";
import { rowUnit } from "./unit/rowUnit.js";
import { columnRefSchema } from "./unit/wire.js";

const formatSchema = z.string().check((context) => {
  const problem = formatProblem(context.value);
  if (problem !== undefined) context.issues.push({ code: "custom", message: problem, input: context.value });
});

const params = z.strictObject({ column: columnRefSchema, format: formatSchema });

/**
 * Every text is a date or a time of one form, written as for `strftime`: `%Y-%m-%d`, `%d/%m/%y %H:%M`. It is parsed as
 * Python's `strptime` does, whole, in English and case-insensitively; a day that isn't in the calendar is none. Directives
 * that can't be parsed (`%D`, `%e`, `%s`) are refused. Nulls are skipped unless `nulls: "fail"`.
 *
 * @example parsesAsDate("day", "%Y-%m-%d")
 */
export function parsesAsDate<const C extends ColumnRef>(
  column: C,
  format: string,
  options: RowOptions & NullsOption = {},
): RowExpectation<{ column: C; kind: "string" }> {
  return make(parsesAsDate.unit, { column, format }, options);
}

parsesAsDate.unit = rowUnit({
  type: "parsesAsDate",
  params,
  honours: ["nulls"],
  columns: ({ column }) => [column],
  claim: ({ column, format }) => `${columnLabel(column)} is a date of the form ${format}`,
  rule: ({ column, format }) => ({
    kind: "local",
    test: { op: "parses", column, as: { kind: "strftime", format } },
  }),
  about: {
    fits: ["string"],
    example: {
      params: { column: "text", format: "%Y-%m-%d" },
      table: { text: { type: "utf8", values: ["2024-02-29", "1999-12-31", null] } },
    },
    violation: {
      table: { text: { type: "utf8", values: ["2024-02-29", "2023-02-29", "31/12/1999"] } },
      rows: [1, 2],
    },
    greatExpectations: [
      {
        type: "expect_column_values_to_match_strftime_format",
        kwargs: { column: "column", strftime_format: "format" },
      },
    ],
  },
});
