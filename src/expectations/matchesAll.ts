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
 * Every text matches all of the patterns, each as in `matches`. Nulls are skipped unless `nulls: "fail"`.
 *
 * @example matchesAll("password", [/[A-Z]/, /[0-9]/])
 */
export function matchesAll<const C extends ColumnRef>(
  column: C,
  patterns: readonly (RegExp | string)[],
  options: RowOptions & NullsOption = {},
): RowExpectation<{ column: C; kind: "string" }> {
  return make(matchesAll.unit, { column, patterns }, options);
}

matchesAll.unit = rowUnit({
  type: "matchesAll",
  params,
  honours: ["nulls"],
  columns: ({ column }) => [column],
  claim: ({ column, patterns }) =>
    `${columnLabel(column)} matches all of ${patterns.map(patternText).join(", ")}`,
  rule: ({ column, patterns }) => ({
    kind: "local",
    test: { op: "matches", column, patterns, require: "all" },
  }),
  about: {
    fits: ["string"],
    example: {
      params: { column: "code", patterns: ["^[A-Z]", "[0-9]$"] },
      table: { code: { type: "utf8", values: ["A1", "Bc2", null] } },
    },
    violation: { table: { code: { type: "utf8", values: ["A1", "A", "x1"] } }, rows: [1, 2] },
    greatExpectations: [
      {
        type: "expect_column_values_to_match_regex_list",
        kwargs: { column: "column", regex_list: "patterns", match_on: null },
        read: (kwargs, { python }) =>
          kwargs.match_on === "all"
            ? { column: kwargs.column, patterns: gxPatterns(kwargs, "regex_list", python) }
            : undefined,
      },
      {
        type: "expect_column_values_to_match_like_pattern_list",
        kwargs: { column: "column", like_pattern_list: "patterns", match_on: null },
        read: (kwargs, { like }) =>
          kwargs.match_on === "all"
            ? { column: kwargs.column, patterns: gxPatterns(kwargs, "like_pattern_list", like) }
            : undefined,
      },
    ],
  },
});
