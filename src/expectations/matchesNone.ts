import * as z from "zod";
import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import type { RowExpectation } from "./unit/expectation.js";
import { gxPatterns } from "./unit/greatExpectations.js";
import { make } from "./unit/make.js";
import type { NullsOption, RowOptions } from "./unit/options.js";
import { rowUnit } from "./unit/rowUnit.js";
import { columnRefSchema, patternSchema, patternText } from "./unit/wire.js";

const params = z.strictObject({
  column: columnRefSchema,
  patterns: z.array(patternSchema).min(1, "needs a pattern").max(1000),
});

/**
 * No text matches any of the patterns, each as in `matches`. Nulls are skipped unless `nulls: "fail"`.
 *
 * @example matchesNone("comment", [/<script/i, /javascript:/i])
 */
export function matchesNone<const C extends ColumnRef>(
  column: C,
  patterns: readonly (RegExp | string)[],
  options: RowOptions & NullsOption = {},
): RowExpectation<{ column: C; kind: "string" }> {
  return make(matchesNone.unit, { column, patterns }, options);
}

matchesNone.unit = rowUnit({
  type: "matchesNone",
  params,
  honours: ["nulls"],
  columns: ({ column }) => [column],
  claim: ({ column, patterns }) =>
    `${columnLabel(column)} matches none of ${patterns.map(patternText).join(", ")}`,
  rule: ({ column, patterns }) => ({
    kind: "local",
    test: { op: "not", of: { op: "matches", column, patterns, require: "any" } },
  }),
  about: {
    fits: ["string"],
    example: {
      params: { column: "code", patterns: ["^[A-Z]", "[0-9]$"] },
      table: { code: { type: "utf8", values: ["a", "b-", null] } },
    },
    violation: { table: { code: { type: "utf8", values: ["a", "A", "x1"] } }, rows: [1, 2] },
    greatExpectations: [
      {
        type: "expect_column_values_to_not_match_regex_list",
        kwargs: { column: "column", regex_list: "patterns" },
        read: (kwargs, { python }) => ({
          column: kwargs.column,
          patterns: gxPatterns(kwargs, "regex_list", python),
        }),
      },
      {
        type: "expect_column_values_to_not_match_like_pattern_list",
        kwargs: { column: "column", like_pattern_list: "patterns" },
        read: (kwargs, { like }) => ({
          column: kwargs.column,
          patterns: gxPatterns(kwargs, "like_pattern_list", like),
        }),
      },
    ],
  },
});
