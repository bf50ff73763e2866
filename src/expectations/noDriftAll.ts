import * as z from "zod";
import type { CompareSettings } from "../drift/compareColumns.js";
import { exampleProfile } from "../drift/exampleProfile.js";
import {
  columnSettingsShape,
  driftShape,
  judgeDrift,
  present,
  settingsProblem,
} from "./unit/driftSettings.js";
import type { Expectation } from "./unit/expectation.js";
import { levelOf } from "./unit/level.js";
import { make, storedSchema } from "./unit/make.js";
import { masking } from "./unit/masking.js";
import { type MissingOption, OPTIONS_OF, type TableOptions } from "./unit/options.js";
import { refined } from "./unit/rowUnit.js";
import type { Stored, Unit } from "./unit/unit.js";
import { columnNamesSchema } from "./unit/wire.js";

const params = z.strictObject({
  ...driftShape,
  columns: columnNamesSchema.optional(),
  exclude: columnNamesSchema.optional(),
  perColumn: z.record(z.string(), z.strictObject(columnSettingsShape)).optional(),
  maxShare: z.number().min(0).lt(1).optional(),
  weights: z.record(z.string(), z.number().min(0)).optional(),
  mustNotDrift: columnNamesSchema.optional(),
});
type Params = z.output<typeof params>;

/** How a table is held against a baseline. */
export interface NoDriftAll extends CompareSettings {
  /** The name the baseline is given under at run time. */
  readonly baseline: string;
  /** What it means when nobody can tell; default `"warn"`. */
  readonly inconclusive?: "pass" | "warn" | "fail";
}

/**
 * The columns are distributed as in the baseline, each judged as by `noDrift`. A weighted share of drifted columns up to
 * `maxShare` (none by default) is let pass, unless one of `mustNotDrift` is among them. A column that the baseline has and
 * the table hasn't, or has with another type, is an error.
 *
 * @example noDriftAll({ baseline: "orders", exclude: ["id"] })
 */
export function noDriftAll(
  settings: NoDriftAll,
  options: TableOptions & MissingOption = {},
): Expectation<{ column: never; kind: never }> {
  return make(noDriftAll.unit, settings, options);
}

function settingsOf(stored: Stored<Params>): CompareSettings {
  const { statistic, threshold, shift, alpha, correction } = stored;
  const { columns, exclude, perColumn, maxShare, weights, mustNotDrift } = stored;
  const table = { columns, exclude, maxShare, weights, mustNotDrift };
  const single = Object.entries(perColumn ?? {}).map(([name, one]) => [name, present(one)] as const);
  return {
    ...present({ statistic, threshold, shift, alpha, correction, ...table }),
    ...(perColumn ? { perColumn: Object.fromEntries(single) } : {}),
  };
}

const OPTIONS = [...OPTIONS_OF.table, "missing"] as const;

function problemOf(stored: Params): string | undefined {
  const single = Object.entries(stored.perColumn ?? {}).map(([name, one]) =>
    settingsProblem(one, `perColumn.${name} `),
  );
  return settingsProblem(stored) ?? single.find((problem) => problem !== undefined);
}

noDriftAll.unit = masking({
  type: "noDriftAll",
  shape: "table",
  params: Object.keys(params.shape),
  options: OPTIONS,
  schema: refined(storedSchema("noDriftAll", params, OPTIONS), problemOf),
  quarantines: false,
  columns: ({ columns = [] }) => columns.map((name) => [name]),
  claim: ({ columns, baseline }) =>
    `${columns ? columns.join(", ") : "every column"} is distributed as in baseline ${baseline}`,
  needs: (stored) => ({ drift: { baseline: stored.baseline, settings: settingsOf(stored) } }),
  judge(findings, stored) {
    if (findings.rows === 0) return { status: levelOf(stored.onFail), message: "no rows" };
    const report = findings.drift!;
    const { drifted, share, weightedShare, broken, unknown } = report;
    const columns = report.columns.map(({ column, verdict, decidedBy }) => ({ column, verdict, decidedBy }));
    return judgeDrift(
      report,
      stored,
      report.message,
      { verdict: report.verdict, drifted: [...drifted], share, weightedShare },
      { columns, broken: [...broken], unknown: [...unknown] },
    );
  },
  about: {
    fits: [],
    example: {
      params: { baseline: "orders", shift: 2 },
      table: {
        price: { type: "float64", values: [6, 18, 31, 43, 56, 68, 81, 93] },
        country: { type: "utf8", values: ["FR", "US", "FR", "US", "FR", "US", "FR", "US"] },
      },
    },
    violation: {
      table: {
        price: { type: "float64", values: [600, 601, 602, 603, 604, 605, 606, 607] },
        country: { type: "utf8", values: ["FR", "US", "FR", "US", "FR", "US", "FR", "US"] },
      },
    },
    baselines: {
      orders: exampleProfile({
        price: { type: "float64", values: Array.from({ length: 1000 }, (_, i) => i % 100) },
        country: { type: "utf8", values: Array.from({ length: 1000 }, (_, i) => (i % 2 ? "FR" : "US")) },
      }),
    },
  },
} as Unit<Params>);
