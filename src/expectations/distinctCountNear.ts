import * as z from "zod";
import { exampleProfile } from "../drift/exampleProfile.js";
import type { ColumnProfile } from "../drift/profile.js";
import { aggregateUnit } from "./unit/aggregateUnit.js";
import type { Expectation } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import { type Near, nearProblem, nearShape, nearText, reachOf } from "./unit/near.js";
import type { AggregateOptions } from "./unit/options.js";

const params = z.strictObject({ column: z.string(), ...nearShape });

/**
 * The number of distinct values is near that of the baseline: no further from it than `within`, or than `relative` times
 * it. Nulls are left out. A baseline that doesn't tell the number exactly is an error.
 *
 * @example distinctCountNear("country", { baseline: "orders", within: 2 })
 */
export function distinctCountNear<const C extends string>(
  column: C,
  near: Near,
  options: AggregateOptions = {},
): Expectation<{ column: C; kind: "number" | "string" | "bool" | "temporal" }> {
  return make(distinctCountNear.unit, { column, ...near }, options);
}

/** The distinct values of a profiled column; undefined where they aren't told exactly. */
function distinctOf({ numbers, levels, nans, plusInfinities, minusInfinities }: ColumnProfile) {
  const found = levels ?? numbers;
  if (!found?.distinctExact) return undefined;
  const others = [nans, plusInfinities, minusInfinities].filter((rows) => rows > 0).length;
  return found.distinct + others;
}

distinctCountNear.unit = aggregateUnit({
  type: "distinctCountNear",
  params,
  refine: ({ within, relative }) => nearProblem({ within, relative }),
  honours: [],
  columns: ({ column }) => [[column]],
  claim: (stored) => `number of distinct values of ${stored.column} is ${nearText(stored)}`,
  baseline: ({ baseline, column }) => ({ name: baseline, column }),
  metrics: ({ column }, where) => [{ state: "distinct", column: [column], ...where }],
  measure(findings, stored, [request]) {
    const { distinct, values } = findings.metric({ ...request!, state: "distinct" });
    if (values === 0) return { empty: `no value of ${stored.column}` };
    const before = findings.baseline(stored.baseline).columns.find(({ name }) => name === stored.column)!;
    const usual = distinctOf(before);
    if (usual === undefined) return { error: "the baseline doesn't tell the distinct values exactly" };
    return {
      observed: { value: distinct, baseline: usual },
      holds: Math.abs(distinct - usual) <= reachOf(stored, usual),
    };
  },
  about: {
    fits: ["number", "string", "bool", "temporal"],
    example: {
      params: { column: "country", baseline: "orders", within: 1 },
      table: { country: { type: "utf8", values: ["FR", "US", "FR", null] } },
    },
    violation: { table: { country: { type: "utf8", values: ["FR", "FR", null] } } },
    baselines: { orders: exampleProfile({ country: { type: "utf8", values: ["FR", "US", "DE"] } }) },
  },
});
