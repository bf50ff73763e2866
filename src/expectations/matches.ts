import * as z from "zod";
import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import type { RowExpectation } from "./unit/expectation.js";
import { gxText } from "./unit/greatExpectations.js";
import { make } from "./unit/make.js";
import type { NullsOption, RowOptions } from "./unit/options.js";
import { rowUnit } from "./unit/rowUnit.js";
import { columnRefSchema, patternSchema, patternText } from "./unit/wire.js";

const params = z.strictObject({ column: columnRefSchema, pattern: patternSchema });

/**
 * Every text holds a match of the pattern, anywhere unless it is anchored. A RegExp works in code points, with its
 * flags i, m, s and u; a string is RE2 syntax as it stands. It runs in linear time: look-around and back-references are
 * refused. Nulls are skipped unless `nulls: "fail"`.
 *
 * @example matches("email", /^[^@\s]+@[^@\s]+$/)
 */
export function matches<const C extends ColumnRef>(
  column: C,
  pattern: RegExp | string,
  options: RowOptions & NullsOption = {},
): RowExpectation<{ column: C; kind: "string" }> {
  return make(matches.unit, { column, pattern }, options);
}

matches.unit = rowUnit({
  type: "matches",
  params,
  honours: ["nulls"],
  columns: ({ column }) => [column],
  claim: ({ column, pattern }) => `${columnLabel(column)} matches ${patternText(pattern)}`,
  rule: ({ column, pattern }) => ({
    kind: "local",
    test: { op: "matches", column, patterns: [pattern], require: "any" },
  }),
  about: {
    fits: ["string"],
    example: {
      params: { column: "email", pattern: { source: "^[^@]+@[^@]+$", flags: "" } },
      table: { email: { type: "utf8", values: ["ada@example.com", null] } },
    },
    violation: { table: { email: { type: "utf8", values: ["ada@example.com", "ada"] } }, rows: [1] },
    greatExpectations: [
      {
        type: "expect_column_values_to_match_regex",
        kwargs: { column: "column", regex: "pattern" },
        read: (kwargs, { python }) => ({
          column: kwargs.column,
          pattern: python(gxText(kwargs, "regex")),
        }),
      },
      {
        type: "expect_column_values_to_match_like_pattern",
        kwargs: { column: "column", like_pattern: null },
        read: (kwargs, { like }) => ({
          column: kwargs.column,
          pattern: like(gxText(kwargs, "like_pattern")),
        }),
      },
    ],
  },
});
