import * as z from "zod";
import type { Kind } from "../columns/typeName.js";
import { exampleProfile } from "../drift/exampleProfile.js";
import { aggregateUnit } from "./unit/aggregateUnit.js";
import type { Expectation } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import { type Near, nearProblem, nearShape, nearText, reachOf } from "./unit/near.js";
import type { AggregateOptions } from "./unit/options.js";
import { ANY_KIND } from "./unit/unit.js";

const params = z.strictObject({ column: z.string(), ...nearShape });

/**
 * The share of rows without a value is near that of the baseline: no further from it than `within` (a share of rows), or
 * than `relative` times the baseline's share.
 *
 * @example nullFractionNear("phone", { baseline: "orders", within: 0.02 })
 */
export function nullFractionNear<const C extends string>(
  column: C,
  near: Near,
  options: AggregateOptions = {},
): Expectation<{ column: C; kind: Kind }> {
  return make(nullFractionNear.unit, { column, ...near }, options);
}

nullFractionNear.unit = aggregateUnit({
  type: "nullFractionNear",
  params,
  refine: ({ within, relative }) => nearProblem({ within, relative }),
  honours: [],
  columns: ({ column }) => [[column]],
  claim: (stored) => `share of nulls in ${stored.column} is ${nearText(stored)}`,
  baseline: ({ baseline, column }) => ({ name: baseline, column }),
  metrics: ({ column }, where) => [{ state: "count", column: [column], ...where }],
  measure(findings, stored, [request]) {
    const { rows, nulls } = findings.metric({ ...request!, state: "count" });
    if (rows === 0) return { empty: "no rows" };
    const before = findings.baseline(stored.baseline).columns.find(({ name }) => name === stored.column)!;
    if (before.rows === 0) return { error: "the baseline has no rows" };
    const [share, usual] = [nulls / rows, before.nulls / before.rows];
    return {
      observed: { value: share, baseline: usual },
      holds: Math.abs(share - usual) <= reachOf(stored, usual),
    };
  },
  about: {
    fits: ANY_KIND,
    example: {
      params: { column: "phone", baseline: "orders", within: 0.05 },
      table: { phone: { type: "utf8", values: ["1", "2", null, "3"] } },
    },
    violation: { table: { phone: { type: "utf8", values: ["1", null, null, "3"] } } },
    baselines: { orders: exampleProfile({ phone: { type: "utf8", values: ["5", null, "6", "7"] } }) },
  },
});
