import type { Ruling, Verdict } from "./judge.js";

/** What is wanted of a table: that it meets a suite, or breaks one rule of it and no other. */
export interface Goal {
  /** The rule to break. */
  readonly target?: string;
  /** Rules that may be skipped; others have to pass. */
  readonly maySkip: (id: string) => boolean;
}

const LARGEST = 1e300;

function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value)))
    return Number(value);
  const inner = (value as { value?: unknown } | null | undefined)?.value;
  return inner === undefined ? undefined : numberOf(inner);
}

/** True when what was observed for a rule is a number below its bounds. */
export function isShort(outcomes: readonly Ruling[], id: string): boolean {
  const found = outcomes.find((outcome) => outcome.id === id);
  const { min, minExclusive } = (found?.expectation ?? {}) as Record<string, unknown>;
  const [seen, low] = [numberOf(found?.observed), numberOf(min ?? minExclusive)];
  return seen !== undefined && low !== undefined && seen < low;
}

/** How far a number is from its bounds, as a share of their size, up to 1. */
function gapOf({ observed, expectation }: Ruling): number | undefined {
  const { min, minExclusive, max, maxExclusive } = expectation as Record<string, unknown>;
  const seen = numberOf(observed);
  const [low, high] = [numberOf(min ?? minExclusive), numberOf(max ?? maxExclusive)];
  if (seen === undefined || (low === undefined && high === undefined)) return undefined;
  const below = low === undefined ? 0 : low - seen;
  const above = high === undefined ? 0 : seen - high;
  const off = Math.min(Math.max(below, above, 0), LARGEST);
  return off / (off + 1 + Math.max(Math.abs(low ?? 0), Math.abs(high ?? 0)));
}

/** How far a number within its bounds is from the nearer one, as a share of their distance, below 1. */
function marginOf({ observed, expectation }: Ruling): number | undefined {
  const { min, minExclusive, max, maxExclusive } = expectation as Record<string, unknown>;
  const seen = numberOf(observed);
  const bounds = [numberOf(min ?? minExclusive), numberOf(max ?? maxExclusive)];
  if (seen === undefined) return undefined;
  const margins = bounds.flatMap((bound) => (bound === undefined ? [] : [Math.abs(seen - bound)]));
  if (margins.length === 0) return undefined;
  const margin = Math.min(...margins, LARGEST);
  return margin / (margin + 1 + Math.max(...bounds.map((bound) => Math.abs(bound ?? 0))));
}

/** How far an outcome is from passing: 0 when it does. */
function costOf(outcome: Ruling): number {
  if (outcome.status === "error") return 4;
  const { counts } = outcome;
  if (counts && counts.judged > 0) return 1 + counts.failed / counts.judged;
  return 1 + (gapOf(outcome) ?? 1);
}

const isBroken = ({ status }: Ruling) => status === "warn" || status === "fail";

/** The rules that are not as the goal wants them. */
export function unmetBy(verdict: Verdict, { target, maySkip }: Goal): Ruling[] {
  return verdict.outcomes.filter((outcome) => {
    if (outcome.id === target) return !isBroken(outcome);
    return outcome.status !== "pass" && !(outcome.status === "skipped" && maySkip(outcome.id));
  });
}

/** How far a table is from the goal: 0 when it is there. */
export function distanceTo(verdict: Verdict, goal: Goal): number {
  const unmet = unmetBy(verdict, goal);
  const costs = unmet.map((outcome) => {
    if (outcome.id !== goal.target) return costOf(outcome);
    // A rule that some rows break already, though too few, is nearer to being broken.
    const { counts } = outcome;
    if (counts && counts.judged > 0) return 2 - counts.failed / counts.judged;
    return 1 + (marginOf(outcome) ?? 1);
  });
  const isRefused = goal.target === undefined && unmet.length === 0 && verdict.status !== "pass";
  return costs.reduce((sum, cost) => sum + cost, isRefused ? 3 : 0);
}
