import * as z from "zod";
import type { Expectation } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import type { TableOptions } from "./unit/options.js";
import { tableUnit } from "./unit/tableUnit.js";
import { columnNamesSchema, setText } from "./unit/wire.js";

const params = z.strictObject({
  columns: columnNamesSchema,
  match: z.enum(["exact", "subset", "superset"]).optional(),
});

/** How the table's columns lie to the list. */
export interface MatchOption {
  /**
   * `"exact"` (the default): the table has the listed columns and no other. `"subset"`: the table's columns are a subset
   * of the list, so some may be missing and none may be added. `"superset"`: the table's columns are a superset of the
   * list, so none may be missing and others may be added.
   */
  readonly match?: "exact" | "subset" | "superset";
}

/**
 * The table's columns are these, in any order. With `match: "subset"` the table may lack some of them; with
 * `match: "superset"` it may have others besides.
 *
 * @example columnSet(["id", "email"], { match: "superset" })
 */
export function columnSet(
  columns: readonly string[],
  options: TableOptions & MatchOption = {},
): Expectation<{ column: never; kind: never }> {
  return make(columnSet.unit, { columns }, options);
}

const WORDS = { exact: "exactly", subset: "a subset of", superset: "a superset of" } as const;

columnSet.unit = tableUnit({
  type: "columnSet",
  params,
  claim: ({ columns, match }) => `the columns are ${WORDS[match ?? "exact"]} ${setText(columns)}`,
  inspect(schema, { columns, match }) {
    const found = schema.fields.map((field) => field.name);
    const missing = match === "subset" ? [] : columns.filter((name) => !found.includes(name));
    const unexpected = match === "superset" ? [] : found.filter((name) => !columns.includes(name));
    const faults = [
      ...(missing.length > 0 ? [`missing: ${setText(missing)}`] : []),
      ...(unexpected.length > 0 ? [`not expected: ${setText(unexpected)}`] : []),
    ];
    return { faults, observed: found, details: { missing, unexpected } };
  },
  about: {
    fits: [],
    example: {
      params: { columns: ["id", "name"] },
      table: { name: { type: "utf8", values: ["a"] }, id: { type: "int64", values: [1] } },
    },
    violation: {
      table: { name: { type: "utf8", values: ["a"] }, extra: { type: "int64", values: [1] } },
    },
    greatExpectations: [
      {
        type: "expect_table_columns_to_match_set",
        kwargs: { column_set: "columns", exact_match: null },
        read: ({ column_set, exact_match }) => ({
          columns: column_set ?? [],
          match: exact_match === true ? "exact" : "superset",
        }),
        result: (observed, details) => ({
          observed_value: observed,
          details: { mismatched: details ?? null },
        }),
      },
      // Without a list any order will do.
      {
        type: "expect_table_columns_to_match_ordered_list",
        kwargs: { column_list: null },
        read: ({ column_list }) =>
          column_list === undefined ? { columns: [], match: "superset" } : undefined,
        result: (observed) => ({ observed_value: observed }),
      },
    ],
  },
});
