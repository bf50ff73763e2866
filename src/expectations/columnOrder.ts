import * as z from "zod";
import type { Json } from "../metrics/state.js";
import type { Expectation } from "./unit/expectation.js";
import type { GxParams, GxResult } from "./unit/greatExpectations.js";
import { make } from "./unit/make.js";
import type { TableOptions } from "./unit/options.js";
import { tableUnit } from "./unit/tableUnit.js";
import { columnNamesSchema, setText } from "./unit/wire.js";

const params = z.strictObject({ columns: columnNamesSchema });

/**
 * The table's columns are exactly these, in this order.
 *
 * The details name what is missing, what is there besides, and the fewest columns that would have to move: a column put
 * in front of others doesn't make them misplaced.
 *
 * @example columnOrder(["id", "email", "qty"])
 */
export function columnOrder(
  columns: readonly string[],
  options: TableOptions = {},
): Expectation<{ column: never; kind: never }> {
  return make(columnOrder.unit, { columns }, options);
}

/** Which of some distinct numbers stand outside one longest ascending run of them (patience sorting). */
function outOfOrder(numbers: readonly number[]): number[] {
  const piles: number[] = [];
  const before: (number | undefined)[] = [];
  for (const [i, number] of numbers.entries()) {
    const at = piles.findIndex((top) => numbers[top]! > number);
    const pile = at < 0 ? piles.length : at;
    before[i] = piles[pile - 1];
    piles[pile] = i;
  }
  const kept = new Set<number>();
  for (let i = piles.at(-1); i !== undefined; i = before[i]) kept.add(i);
  return numbers.filter((_, i) => !kept.has(i));
}

/** GX compares position by position. */
function gxPositions(observed: Json, _details: Json | undefined, { columns }: GxParams): GxResult {
  const [found, wanted] = [observed as readonly string[], columns as readonly string[]];
  const mismatched = Array.from({ length: Math.max(found.length, wanted.length) }, (_, at) => ({
    "Expected Column Position": at,
    Expected: wanted[at] ?? null,
    Found: found[at] ?? null,
  })).filter(({ Expected, Found }) => Expected !== Found);
  return { observed_value: observed, ...(mismatched.length > 0 ? { details: { mismatched } } : {}) };
}

columnOrder.unit = tableUnit({
  type: "columnOrder",
  params,
  claim: ({ columns }) => `the columns are ${setText(columns)}, in this order`,
  inspect(schema, { columns }) {
    const found = schema.fields.map((field) => field.name);
    const positions = new Map(columns.map((name, position) => [name, position]));
    const missing = columns.filter((name) => !found.includes(name));
    const shared = found.flatMap((name, at) =>
      found.indexOf(name) === at ? (positions.get(name) ?? []) : [],
    );
    const unexpected = found.filter((name, at) => !positions.has(name) || found.indexOf(name) !== at);
    const misplaced = outOfOrder(shared).map((expected) => {
      const column = columns[expected]!;
      return { column, expected, found: found.indexOf(column) };
    });
    const faults = [
      ...(missing.length > 0 ? [`missing: ${setText(missing)}`] : []),
      ...(unexpected.length > 0 ? [`not expected: ${setText(unexpected)}`] : []),
      ...(misplaced.length > 0 ? [`out of place: ${setText(misplaced.map(({ column }) => column))}`] : []),
    ];
    return { faults, observed: found, details: { missing, unexpected, misplaced } };
  },
  about: {
    fits: [],
    example: {
      params: { columns: ["id", "name"] },
      table: { id: { type: "int64", values: [1] }, name: { type: "utf8", values: ["a"] } },
    },
    violation: {
      table: { name: { type: "utf8", values: ["a"] }, id: { type: "int64", values: [1] } },
    },
    greatExpectations: [
      {
        type: "expect_table_columns_to_match_ordered_list",
        kwargs: { column_list: "columns" },
        read: ({ column_list }) => (column_list === undefined ? undefined : { columns: column_list }),
        result: gxPositions,
      },
    ],
  },
});
