import * as z from "zod";
import { shownNumber } from "../columns/shown.js";
import { exampleProfile } from "../drift/exampleProfile.js";
import { aggregateUnit } from "./unit/aggregateUnit.js";
import type { Expectation } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import { meanOf } from "./unit/momentReadouts.js";
import { type Near, nearProblem, nearShape, nearText, reachOf } from "./unit/near.js";
import type { AggregateOptions, NanOption } from "./unit/options.js";

const params = z.strictObject({
  column: z.string(),
  ...nearShape,
  deviations: z.number().min(0).optional(),
});

/** How near a mean is to a baseline's. */
export interface MeanNear extends Near {
  /** The largest distance in standard deviations of the baseline's values. */
  readonly deviations?: number;
}

/**
 * The arithmetic mean is near that of the baseline: no further from it than `within`, than `relative` times the
 * baseline's mean, or than so many `deviations` of the baseline's values.
 *
 * Nulls are left out. A NaN makes the mean NaN, which fails, unless `nan` is `"skip"` or `"null"`.
 *
 * @example meanNear("price", { baseline: "orders", deviations: 0.1 })
 */
export function meanNear<const C extends string>(
  column: C,
  near: MeanNear,
  options: AggregateOptions & NanOption = {},
): Expectation<{ column: C; kind: "number" }> {
  return make(meanNear.unit, { column, ...near }, options);
}

meanNear.unit = aggregateUnit({
  type: "meanNear",
  params,
  refine: ({ within, relative, deviations }) => nearProblem({ within, relative, deviations }),
  honours: ["nan"],
  columns: ({ column }) => [[column]],
  claim: ({ column, deviations, ...near }) =>
    deviations === undefined
      ? `mean of ${column} is ${nearText(near)}`
      : `mean of ${column} is within ${deviations} standard deviations of baseline ${near.baseline}`,
  baseline: ({ baseline, column }) => ({ name: baseline, column }),
  metrics: ({ column }, where) => [{ state: "moments", column: [column], ...where }],
  measure(findings, stored, [request]) {
    const mean = meanOf(findings.metric({ ...request!, state: "moments" }), stored.nan);
    if (mean === undefined) return { empty: `no value of ${stored.column} to take a mean of` };
    const before = findings.baseline(stored.baseline).columns.find(({ name }) => name === stored.column)!;
    const moments = before.numbers?.moments;
    if (!moments) return { error: "the baseline doesn't tell the mean" };
    const reach =
      stored.deviations === undefined ? reachOf(stored, moments.mean) : stored.deviations * moments.deviation;
    return {
      observed: { value: shownNumber(mean), baseline: moments.mean },
      holds: Math.abs(mean - moments.mean) <= reach,
    };
  },
  about: {
    fits: ["number"],
    example: {
      params: { column: "price", baseline: "orders", relative: 0.1 },
      table: { price: { type: "float64", values: [9, 11, null, 12] } },
    },
    violation: { table: { price: { type: "float64", values: [1, 2, 3] } } },
    baselines: { orders: exampleProfile({ price: { type: "float64", values: [9, 10, 11, 12] } }) },
  },
});
