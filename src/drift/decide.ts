import { adjustPValues } from "../stats/index.js";
import type { Bin, ColumnComparison, Finding, FindingKind, Verdict } from "./comparison.js";
import type { Assessed, Measured, Stated } from "./draft.js";
import type { Settled } from "./settings.js";

const MOST_ROWS = 1e9;
const EXPLAINED = 5;

/** About how many current rows would settle a finding, to two digits; null when no number would. */
function rowsNeeded(settles: (rows: number) => boolean, now: number): number | null {
  let high = Math.max(2, now);
  while (!settles(high)) {
    high *= 2;
    if (high > MOST_ROWS) return null;
  }
  let low = Math.max(1, now);
  while (high - low > low / 50) {
    const middle = Math.ceil((low + high) / 2);
    if (middle >= high) break;
    if (settles(middle)) high = middle;
    else low = middle;
  }
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(high)) - 1);
  return Math.ceil(Math.max(high, now + 1) / unit) * unit;
}

const percent = (share: number): string => `${Number((share * 100).toPrecision(3))} %`;
const short = (value: number): string => String(Number(value.toPrecision(3)));

function verdictOf({ effect, threshold, upper }: Measured, adjusted: number, alpha: number): Verdict {
  if (effect >= threshold && adjusted <= alpha) return "drift";
  return upper < threshold ? "stable" : "inconclusive";
}

function messageOf(draft: Measured, verdict: Verdict, needed: number | null | undefined): string {
  const { subject, shares, effect, threshold, upper } = draft;
  const seen = shares
    ? `${subject}: ${percent(shares.baseline)} before, ${percent(shares.current)} now`
    : `${subject} ${short(effect)}, and ${short(threshold)} matters`;
  if (verdict === "stable") return seen;
  if (verdict === "drift") return `${seen}: more than chance`;
  const more =
    needed === null
      ? "the baseline has too few rows to tell"
      : `about ${needed?.toLocaleString("en-US")} rows would tell`;
  return `${seen}: it may be up to ${short(upper)}; ${more}`;
}

function findingOf(draft: Measured | Stated, rows: number, adjusted: number | null, alpha: number): Finding {
  if ("stated" in draft) return { kind: draft.kind, verdict: draft.stated, message: draft.message };
  const { kind, statistic, shares, effect, threshold, upper, pValue, settles } = draft;
  const verdict = verdictOf(draft, adjusted ?? 1, alpha);
  const needed = verdict === "inconclusive" ? rowsNeeded((of) => settles(of, alpha), rows) : undefined;
  return {
    kind,
    verdict,
    statistic,
    ...(shares ? { shares } : {}),
    effect,
    threshold,
    upper,
    pValue,
    adjusted: adjusted ?? 1,
    ...(needed === undefined ? {} : { rowsNeeded: needed }),
    message: messageOf(draft, verdict, needed),
  };
}

const SEVERITY: readonly Verdict[] = ["drift", "notComparable", "inconclusive", "stable"];

/** The gravest of some verdicts: drift, not comparable, inconclusive, stable. */
export function gravest(verdicts: readonly Verdict[]): Verdict {
  return SEVERITY.find((verdict) => verdicts.includes(verdict)) ?? "stable";
}

/** The bins that changed most; those that didn't are left out. */
function explain(bins: readonly Bin[]): Bin[] {
  const change = ({ baseline, current }: Bin): number => Math.abs(current - baseline);
  return [...bins]
    .sort((a, b) => change(b) - change(a))
    .filter((bin) => change(bin) > 0)
    .slice(0, EXPLAINED);
}

/** The finding that set a column's verdict: for a stable one its shape, for an inconclusive one what needs most rows. */
function decisive(findings: readonly Finding[], verdict: Verdict): Finding | undefined {
  const set = findings.filter((finding) => finding.verdict === verdict);
  const needs = ({ rowsNeeded: rows }: Finding): number => rows ?? Number.POSITIVE_INFINITY;
  if (verdict === "inconclusive") return set.reduce((most, one) => (needs(one) > needs(most) ? one : most));
  return verdict === "stable" ? (set.at(-1) ?? set[0]) : set[0];
}

/**
 * Adjusts the p-values across the columns, for each kind of finding by itself, and decides: drift when the effect
 * matters and is more than chance, stable when 95 % confidence says that it doesn't matter, else inconclusive.
 */
export function decide(
  columns: readonly Assessed[],
  { alpha, correction }: Pick<Settled, "alpha" | "correction">,
): ColumnComparison[] {
  const kinds = new Map<FindingKind, Measured[]>();
  for (const { drafts } of columns) {
    for (const draft of drafts) {
      if ("stated" in draft) continue;
      kinds.set(draft.kind, [...(kinds.get(draft.kind) ?? []), draft]);
    }
  }
  const adjusted = new Map<Measured, number>();
  for (const family of kinds.values()) {
    const ps = adjustPValues(
      family.map(({ pValue }) => pValue),
      { method: correction },
    );
    for (const [i, draft] of family.entries()) adjusted.set(draft, ps[i] ?? 1);
  }
  return columns.map(({ column, values, rows, drafts, statistics, bins }) => {
    const findings = drafts.map((draft) =>
      findingOf(draft, rows, "stated" in draft ? null : (adjusted.get(draft) ?? 1), alpha),
    );
    const verdict = gravest(findings.map((finding) => finding.verdict));
    const decided = decisive(findings, verdict);
    return {
      column,
      verdict,
      decidedBy: decided?.kind ?? "rowCount",
      values,
      findings,
      statistics,
      bins,
      explanation: explain(bins),
      message: decided?.message ?? "there is nothing to compare",
    };
  });
}
