import { shownNumber } from "../../../columns/shown.js";
import type { Json } from "../../../metrics/state.js";
import type { Interval, Reason, ScoreResult } from "../../../stats/index.js";

/** A score of some rows: its value, or why there is none; NaN is a value that meets no bound. */
export type Score =
  | { readonly none: string }
  | {
      readonly value: number;
      /** Bounds at a confidence; null where the rows are too few for them. */
      readonly bounds?: (confidence: number) => Interval | null;
    };

const REASONS: Partial<Record<Reason, string>> = {
  "one-level": "labels or predictions of one class only",
  "zero-total": "no row to divide by",
  "zero-variance": "all labels are equal",
};

/** A statistic as a score: without a value it has a reason, and one that isn't finite is NaN. */
export function scored({ value, reason }: ScoreResult): Score {
  if (value !== null) return { value };
  const none = reason && REASONS[reason];
  return none === undefined ? { value: Number.NaN } : { none };
}

/** Which way a score is better: bias is best at 0. */
export type Better = "higher" | "lower" | "zero";

/** What one score has to meet. */
export interface Limits {
  readonly atLeast?: number | undefined;
  readonly atMost?: number | undefined;
  readonly minRows: number;
  readonly confidence?: number | undefined;
}

/** What became of one score. */
export interface Verdict {
  readonly verdict: "holds" | "broken" | "inconclusive";
  /** Why nobody can tell. */
  readonly why?: string;
  /** The score with its bounds and limits, as a result shows it. */
  readonly seen: Readonly<Record<string, Json>>;
}

/** Limits made narrower by what a baseline scored. */
export function limitsOf(
  bounds: Limits,
  before: number,
  { by = 0, relative }: { readonly by?: number | undefined; readonly relative?: number | undefined },
  better: Better,
): Limits {
  const reach = relative === undefined ? by : relative * Math.abs(before);
  const low = better === "zero" ? -Math.abs(before) - reach : before - reach;
  const high = better === "zero" ? Math.abs(before) + reach : before + reach;
  return {
    ...bounds,
    ...(better === "lower" ? {} : { atLeast: Math.max(bounds.atLeast ?? low, low) }),
    ...(better === "higher" ? {} : { atMost: Math.min(bounds.atMost ?? high, high) }),
  };
}

function shown(parts: Readonly<Record<string, number | undefined>>): Record<string, Json> {
  const given = Object.entries(parts).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, shownNumber(value!)]));
}

/** True when a number meets both limits; NaN meets none. */
export function within(value: number, { atLeast, atMost }: Pick<Limits, "atLeast" | "atMost">): boolean {
  return value >= (atLeast ?? Number.NEGATIVE_INFINITY) && value <= (atMost ?? Number.POSITIVE_INFINITY);
}

/** True when no value of an interval lies within the limits. */
function beyond([low, high]: Interval, { atLeast, atMost }: Limits): boolean {
  return high < (atLeast ?? Number.NEGATIVE_INFINITY) || low > (atMost ?? Number.POSITIVE_INFINITY);
}

/** Holds the score of so many rows against its limits. */
export function judgeScore(score: Score, rows: number, limits: Limits): Verdict {
  const { atLeast, atMost, minRows, confidence } = limits;
  const told = shown({ atLeast, atMost });
  if ("none" in score)
    return { verdict: "inconclusive", why: score.none, seen: { value: null, rows, ...told } };
  const { value, bounds } = score;
  const seen = { ...shown({ value }), rows, ...told };
  if (Number.isNaN(value)) return { verdict: "broken", seen };
  if (rows < minRows) return { verdict: "inconclusive", why: `fewer than ${minRows} rows`, seen };
  if (confidence === undefined) return { verdict: within(value, limits) ? "holds" : "broken", seen };
  const interval = bounds?.(confidence) ?? null;
  if (!interval) return { verdict: "inconclusive", why: "too few rows for confidence bounds", seen };
  const [lower, upper] = interval;
  const bounded = { ...shown({ value, lower, upper }), rows, ...told };
  if (beyond(interval, limits)) return { verdict: "broken", seen: bounded };
  if (within(lower, limits) && within(upper, limits)) return { verdict: "holds", seen: bounded };
  return { verdict: "inconclusive", why: "the rows can't tell", seen: bounded };
}
