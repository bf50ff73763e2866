import * as z from "zod";
import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import { contingencyTable } from "../stats/contingencyTable.js";
import { aggregateUnit } from "./unit/aggregateUnit.js";
import { type Levelling, tableOfPairs } from "./unit/contingency.js";
import type { Expectation } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import type { AggregateOptions } from "./unit/options.js";
import { columnRefSchema, literalSchema } from "./unit/wire.js";

const levels = z.union([
  z.array(z.array(literalSchema).min(1)).min(1).max(1000),
  z.int().min(1).max(1000),
  z
    .array(z.number())
    .min(2)
    .max(1001)
    .refine(
      (edges) => edges.every((edge, i) => i === 0 || edge > edges[i - 1]!),
      "is not in ascending order",
    ),
]);

const params = z.strictObject({
  left: columnRefSchema,
  right: columnRefSchema,
  max: z.number().min(0).max(1),
  leftLevels: levels.optional(),
  rightLevels: levels.optional(),
  nullLevel: z.boolean().optional(),
  yates: z.boolean().optional(),
});

/** A number of levels, edges of intervals, or groups of values. */
type Levels = number | readonly number[] | readonly (readonly (number | string | boolean)[])[];

/** How the columns are put into levels. */
export interface LevelsOption {
  /**
   * Levels of the left column at most, default 10: equal intervals of numbers, else the most common values and one for
   * all others. Or the edges of the intervals of numbers; or groups of values that are one level each.
   */
  readonly leftLevels?: Levels;
  /** The same for the right column. */
  readonly rightLevels?: Levels;
  /** Whether rows without a value, NaN among them, are a level of their own; else they are left out. Default false. */
  readonly nullLevel?: boolean;
  /** Yates' continuity correction of 2 × 2 tables; default false. */
  readonly yates?: boolean;
}

/**
 * The association of two columns, Cramér's V of their table of counts, is at most `max`: 0 is none, 1 is the strongest.
 * A column of one level has no association that is defined, and counts as having no value. Rows with a null in either
 * column are left out, unless `nullLevel` makes null a level.
 *
 * @example cramersVBelow("country", "defect", 0.1)
 */
export function cramersVBelow<const L extends ColumnRef, const R extends ColumnRef>(
  left: L,
  right: R,
  max: number,
  options: AggregateOptions & LevelsOption = {},
): Expectation<{ column: L | R; kind: "number" | "string" | "bool" | "temporal" | "binary" }> {
  return make(cramersVBelow.unit, { left, right, max }, options);
}

function levelling(given: z.output<typeof levels> | undefined, nulls: boolean): Levelling {
  if (typeof given !== "object") return { most: given ?? 10, nulls };
  const most = given.length - 1;
  return Array.isArray(given[0])
    ? { most, nulls, groups: given as (number | string | boolean)[][] }
    : { most, nulls, edges: given as number[] };
}

cramersVBelow.unit = aggregateUnit({
  type: "cramersVBelow",
  params,
  honours: [],
  columns: ({ left, right }) => [left, right],
  claim: ({ left, right, max }) =>
    `Cramér's V of ${columnLabel(left)} and ${columnLabel(right)} is at most ${max}`,
  metrics: ({ left, right }, where) => [{ state: "pairCounts", column: left, beside: right, ...where }],
  measure(findings, stored, [request]) {
    const state = findings.metric({ ...request!, state: "pairCounts" });
    const nulls = stored.nullLevel ?? false;
    const table = tableOfPairs(
      state,
      levelling(stored.leftLevels, nulls),
      levelling(stored.rightLevels, nulls),
    );
    const { cramersV, statistic, dof, n } = contingencyTable(table, { yates: stored.yates ?? false });
    if (cramersV === null) return { empty: "a column of one level, or of none, has no association" };
    return { observed: cramersV, holds: cramersV <= stored.max, details: { statistic, dof, rows: n } };
  },
  about: {
    fits: ["number", "string", "bool", "temporal", "binary"],
    example: {
      params: { left: "a", right: "b", max: 0.1 },
      table: {
        a: { type: "int32", values: [1, 1, 2, 2, null] },
        b: { type: "int32", values: [1, 2, 1, 2, 1] },
      },
    },
    violation: {
      table: { a: { type: "int32", values: [1, 1, 2, 2] }, b: { type: "int32", values: [1, 1, 2, 2] } },
    },
    greatExpectations: [
      {
        type: "expect_column_pair_cramers_phi_value_to_be_less_than",
        kwargs: {
          column_A: "left",
          column_B: "right",
          bins_A: null,
          bins_B: null,
          n_bins_A: null,
          n_bins_B: null,
          threshold: "max",
        },
        read: (kwargs) => ({
          left: kwargs.column_A,
          right: kwargs.column_B,
          max: kwargs.threshold ?? 0.1,
          leftLevels: kwargs.bins_A ?? kwargs.n_bins_A,
          rightLevels: kwargs.bins_B ?? kwargs.n_bins_B,
          nullLevel: true,
          // scipy corrects 2 x 2 tables unless it is told not to.
          yates: true,
        }),
      },
    ],
  },
});
