import * as z from "zod";
import type { DriftReport } from "../../drift/comparison.js";
import { DECIDING } from "../../drift/settings.js";
import type { Json } from "../../metrics/state.js";
import { adjustments } from "../../stats/index.js";
import { inconclusiveLevel, levelOf } from "./level.js";
import type { StoredOptions } from "./options.js";
import type { Judgement } from "./unit.js";

const statistic = z.enum(DECIDING).optional();
const threshold = z.number().positive().optional();

/** The stored form of how a column's drift is judged. */
export const columnSettingsShape = { statistic, threshold };

/** The stored form of how drift is judged. */
export const driftShape = {
  baseline: z.string().min(1),
  ...columnSettingsShape,
  shift: z.number().gt(0).max(3).optional(),
  alpha: z.number().gt(0).lt(0.5).optional(),
  correction: z.enum(adjustments).optional(),
  inconclusive: z.enum(["pass", "warn", "fail"]).optional(),
};

/** What is wrong with settings: a threshold says nothing without its statistic. */
export function settingsProblem(
  settings: { readonly statistic?: unknown; readonly threshold?: unknown },
  where = "",
): string | undefined {
  return settings.threshold !== undefined && settings.statistic === undefined
    ? `${where}takes threshold only with the statistic it is meant for`
    : undefined;
}

/** A stored value without what is missing. */
export function present<T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}

const WORDS = {
  drift: "drift",
  stable: "stable",
  inconclusive: "inconclusive",
  notComparable: "not comparable",
} as const;

/** The outcome a comparison comes to: drift is what `onFail` says, what nobody can tell a warning, unless told otherwise. */
export function judgeDrift(
  report: DriftReport,
  stored: StoredOptions & { readonly inconclusive?: "pass" | "warn" | "fail" | undefined },
  why: string,
  observed: Json,
  details: Json,
): Judgement {
  const { verdict } = report;
  const status =
    verdict === "notComparable"
      ? "error"
      : verdict === "drift"
        ? levelOf(stored.onFail)
        : verdict === "stable"
          ? "pass"
          : inconclusiveLevel(stored.inconclusive, stored.onFail);
  return {
    status,
    message: `${WORDS[verdict]}: ${why}`,
    observed: { value: observed, columns: report.columns.map(({ column }) => [column]) },
    details,
  };
}
