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
 * No text holds a match of the pattern, anywhere unless it is anchored. Patterns are those of `matches`. Nulls are
 * skipped unless `nulls: "fail"`.
 *
 * @example notMatches("comment", /<script/i)
 */
export function notMatches<const C extends ColumnRef>(
  column: C,
  pattern: RegExp | string,
  options: RowOptions & NullsOption = {},
): RowExpectation<{ column: C; kind: "string" }> {
  return make(notMatches.unit, { column, pattern }, options);
}

notMatches.unit = rowUnit({
  type: "notMatches",
  params,
  honours: ["nulls"],
  columns: ({ column }) => [column],
  claim: ({ column, pattern }) => `${columnLabel(column)} doesn't match ${patternText(pattern)}`,
  rule: ({ column, pattern }) => ({
    kind: "local",
    test: { op: "not", of: { op: "matches", column, patterns: [pattern], require: "any" } },
  }),
  about: {
    fits: ["string"],
    example: {
      params: { column: "comment", pattern: { source: "<script", flags: "i" } },
      table: { comment: { type: "utf8", values: ["fine", "", null] } },
    },
    violation: { table: { comment: { type: "utf8", values: ["fine", "a <SCRIPT>"] } }, rows: [1] },
    greatExpectations: [
      {
        type: "expect_column_values_to_not_match_regex",
        kwargs: { column: "column", regex: "pattern" },
        read: (kwargs, { python }) => ({
          column: kwargs.column,
          pattern: python(gxText(kwargs, "regex")),
        }),
      },
      {
        type: "expect_column_values_to_not_match_like_pattern",
        kwargs: { column: "column", like_pattern: null },
        read: (kwargs, { like }) => ({
          column: kwargs.column,
          pattern: like(gxText(kwargs, "like_pattern")),
        }),
      },
    ],
  },
});
