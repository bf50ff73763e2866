import * as z from "zod";
import type { Kind } from "../columns/typeName.js";
import { exampleProfile } from "../drift/exampleProfile.js";
import type { DriftSettings } from "../drift/settings.js";
import type { MetricRequest } from "../plan/request.js";
import { conditionPredicate } from "./unit/condition.js";
import { driftShape, judgeDrift, present, settingsProblem } from "./unit/driftSettings.js";
import type { Expectation } from "./unit/expectation.js";
import { judgeEmpty } from "./unit/level.js";
import { make, storedSchema } from "./unit/make.js";
import { masking } from "./unit/masking.js";
import { type AggregateOptions, OPTIONS_OF } from "./unit/options.js";
import { refined } from "./unit/rowUnit.js";
import { ANY_KIND, type Stored, type Unit } from "./unit/unit.js";

const params = z.strictObject({ column: z.string(), ...driftShape });
type Params = z.output<typeof params>;

/** How a column is held against a baseline. */
export interface NoDrift extends DriftSettings {
  /** The name the baseline is given under at run time. */
  readonly baseline: string;
  /** What it means when nobody can tell; default `"warn"`. */
  readonly inconclusive?: "pass" | "warn" | "fail";
}

/**
 * The column is distributed as in the baseline: its share of nulls and of NaN, its levels, its range and its shape.
 *
 * Drift is a change that matters (`shift` standard deviations, or what that comes to on another scale) and is more than
 * chance (adjusted p-value at most `alpha`); stable is one that doesn't matter, with 95 % confidence. What is neither is
 * inconclusive, a warning unless `inconclusive` says otherwise. Another type than the baseline's is an error.
 *
 * @example noDrift("price", { baseline: "orders" })
 */
export function noDrift<const C extends string>(
  column: C,
  settings: NoDrift,
  options: AggregateOptions = {},
): Expectation<{ column: C; kind: Kind }> {
  return make(noDrift.unit, { column, ...settings }, options);
}

function selected(stored: Stored<Params>): MetricRequest & { readonly state: "count" } {
  return { state: "count", ...(stored.when ? { where: conditionPredicate(stored.when) } : {}) };
}

function settingsOf({ column, statistic, threshold, shift, alpha, correction }: Params) {
  return { columns: [column], ...present({ statistic, threshold, shift, alpha, correction }) };
}

noDrift.unit = masking({
  type: "noDrift",
  shape: "aggregate",
  params: Object.keys(params.shape),
  options: OPTIONS_OF.aggregate,
  schema: refined(storedSchema("noDrift", params, OPTIONS_OF.aggregate), settingsProblem),
  quarantines: false,
  columns: ({ column }) => [[column]],
  claim: ({ column, baseline }) => `${column} is distributed as in baseline ${baseline}`,
  needs: (stored) => {
    const { where } = selected(stored);
    return {
      metrics: [selected(stored)],
      drift: { baseline: stored.baseline, settings: settingsOf(stored), ...(where ? { where } : {}) },
    };
  },
  judge(findings, stored) {
    const { rows } = findings.metric(selected(stored));
    if (rows === 0 && findings.rows > 0) return judgeEmpty(stored, "skip", "no row met the condition");
    if (rows === 0) return judgeEmpty(stored, "fail", "no rows");
    const report = findings.drift!;
    const [column] = report.columns;
    const { verdict, decidedBy, findings: found, statistics, explanation } = column!;
    const finding = found.find(({ kind }) => kind === decidedBy);
    const seen = finding ?? { verdict };
    return judgeDrift(
      report,
      stored,
      verdict === "stable" ? "nothing that matters" : (finding?.message ?? decidedBy),
      JSON.parse(JSON.stringify(seen)),
      JSON.parse(JSON.stringify({ findings: found, statistics, explanation })),
    );
  },
  about: {
    fits: ANY_KIND,
    example: {
      params: { column: "price", baseline: "orders", shift: 2 },
      table: { price: { type: "float64", values: [6, 18, 31, 43, 56, 68, 81, 93] } },
    },
    violation: { table: { price: { type: "float64", values: [600, 601, 602, 603, 604, 605, 606, 607] } } },
    baselines: {
      orders: exampleProfile({
        price: { type: "float64", values: Array.from({ length: 1000 }, (_, i) => i % 100) },
      }),
    },
  },
} as Unit<Params>);
