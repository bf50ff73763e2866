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
 * Every text is JSON (RFC 8259): no NaN, no infinity, no comment. Nulls are skipped unless `nulls: "fail"`.
 *
 * @example parsesAsJson("payload")
 */
export function parsesAsJson<const C extends ColumnRef>(
  column: C,
  options: RowOptions & NullsOption = {},
): RowExpectation<{ column: C; kind: "string" }> {
  return make(parsesAsJson.unit, { column }, options);
}

parsesAsJson.unit = rowUnit({
  type: "parsesAsJson",
  params,
  honours: ["nulls"],
  columns: ({ column }) => [column],
  claim: ({ column }) => `${columnLabel(column)} is JSON`,
  rule: ({ column }) => ({ kind: "local", test: { op: "parses", column, as: { kind: "json" } } }),
  about: {
    fits: ["string"],
    example: {
      params: { column: "text" },
      table: { text: { type: "utf8", values: ['{"a": 1}', "[]", null] } },
    },
    violation: { table: { text: { type: "utf8", values: ['{"a": 1}', "{a: 1}", ""] } }, rows: [1, 2] },
    greatExpectations: [
      {
        type: "expect_column_values_to_be_json_parseable",
        kwargs: { column: "column" },
      },
    ],
  },
});
