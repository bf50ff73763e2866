import * as z from "zod";
import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import { chiSquareGoodnessOfFit } from "../stats/powerDivergence.js";
import { aggregateUnit } from "./unit/aggregateUnit.js";
import { hasNan } from "./unit/distinctValues.js";
import type { Expectation } from "./unit/expectation.js";
import { compareWith, countsBeyond } from "./unit/frequencyReadouts.js";
import { make } from "./unit/make.js";
import type { AggregateOptions, NanOption } from "./unit/options.js";
import { gxShares, sharesProblem, type ValueShares, valueSharesShape } from "./unit/partitions.js";
import { inShares } from "./unit/samples.js";
import { columnRefSchema } from "./unit/wire.js";

const params = z.strictObject({
  column: columnRefSchema,
  expected: valueSharesShape,
  p: z.number().min(0).max(1),
  holdout: z.number().min(0).lt(1).optional(),
});

/** What is left for values that aren't expected. */
export interface HoldoutOption {
  /** The share of rows they may have together, taken from the others where there are any; default 0. */
  readonly holdout?: number;
}

/**
 * The p-value of Pearson's chi-square test that the column's values have the expected shares is above `p`. What is
 * observed is the p-value. A value that isn't expected is impossible, and makes it 0, unless `holdout` leaves it a share.
 *
 * Nulls are left out. NaN is a value that isn't expected, unless `nan` leaves it out.
 *
 * @example chiSquarePValueAbove("coin", { values: ["heads", "tails"], weights: [0.5, 0.5] }, 0.05)
 */
export function chiSquarePValueAbove<const C extends ColumnRef>(
  column: C,
  expected: ValueShares,
  p: number,
  options: AggregateOptions & NanOption & HoldoutOption = {},
): Expectation<{ column: C; kind: "number" | "string" | "bool" | "temporal" | "binary" }> {
  return make(chiSquarePValueAbove.unit, { column, expected, p }, options);
}

chiSquarePValueAbove.unit = aggregateUnit({
  type: "chiSquarePValueAbove",
  params,
  refine: ({ expected }) => sharesProblem(expected),
  honours: ["nan"],
  columns: ({ column }) => [column],
  claim: ({ column, p }) =>
    `the chi-square p-value of ${columnLabel(column)} against its expected shares is above ${p}`,
  metrics: ({ column }, where) => [{ state: "frequencies", column, ...where }],
  measure(findings, stored, [request]) {
    const state = findings.metric({ ...request!, state: "frequencies" });
    const nans = hasNan(state, stored.nan) ? state.nans : 0;
    const total = state.total + nans;
    if (total === 0) return { empty: `no value of ${columnLabel(stored.column)}` };
    const { values, weights } = stored.expected;
    const { counts, distinctBeyond, rowsBeyond } = compareWith(state, values);
    const unexpectedValues = distinctBeyond + (nans > 0 ? 1 : 0);
    const holdout = unexpectedValues > 0 ? (stored.holdout ?? 0) : 0;
    // Without a share for them, values that aren't expected are as impossible together as each of them.
    const beyond = holdout > 0 ? countsBeyond(state, values) : rowsBeyond > 0 ? [rowsBeyond] : [];
    const others = nans > 0 ? [...beyond, nans] : beyond;
    const shares = [
      ...weights.map((weight) => weight * (1 - holdout)),
      ...others.map(() => holdout / others.length),
    ];
    const result = chiSquareGoodnessOfFit(shares, [...counts, ...others]);
    const isImpossible = result.reason === "impossible-level" || result.reason === "overflow";
    const pValue = isImpossible ? 0 : (result.pValue ?? (result.reason === "one-level" ? 1 : null));
    return {
      observed: pValue,
      holds: pValue !== null && pValue > stored.p,
      details: {
        statistic: result.statistic,
        dof: result.dof + unexpectedValues - others.length,
        unexpectedValues,
      },
    };
  },
  sample: ({ column, expected: { values, weights } }) => ({
    [columnLabel(column)]: inShares(values, weights),
  }),
  about: {
    fits: ["number", "string", "bool", "temporal", "binary"],
    example: {
      params: { column: "side", expected: { values: [0, 1], weights: [0.5, 0.5] }, p: 0.05 },
      table: { side: { type: "int32", values: [0, 1, 1, 0, null, 1] } },
    },
    violation: { table: { side: { type: "int32", values: [0, 1, 2] } } },
    greatExpectations: [
      {
        type: "expect_column_chisquare_test_p_value_to_be_greater_than",
        kwargs: { column: "column", partition_object: null, p: "p", tail_weight_holdout: "holdout" },
        read: (kwargs) => ({
          column: kwargs.column,
          expected: gxShares(kwargs),
          p: kwargs.p ?? 0.05,
          holdout: kwargs.tail_weight_holdout,
        }),
      },
    ],
  },
});
