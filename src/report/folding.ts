import type { RunJson } from "../results/run.js";
import { grouped, type ReportedOutcome } from "./wording.js";

/** Quiet outcomes of one type, told together. */
export interface Fold {
  readonly type: string;
  readonly status: "pass" | "skipped";
  readonly outcomes: readonly ReportedOutcome[];
}

/** A run's outcomes, with the quiet ones apart when there are too many to list. */
export interface Folded {
  /** In the suite's order. */
  readonly listed: readonly ReportedOutcome[];
  readonly folds: readonly Fold[];
}

/** Leaves outcomes as they are up to `limit` quiet ones; beyond, folds passing and skipped ones by type, most first. */
export function foldOutcomes({ outcomes }: RunJson, limit: number): Folded {
  const isQuiet = ({ status }: ReportedOutcome) => status === "pass" || status === "skipped";
  const quiet = outcomes.filter(isQuiet);
  if (quiet.length <= limit) return { listed: outcomes, folds: [] };
  const folds = (["pass", "skipped"] as const).flatMap((status) => {
    const byType = new Map<string, ReportedOutcome[]>();
    for (const outcome of quiet) {
      if (outcome.status !== status) continue;
      const known = byType.get(outcome.type);
      if (known) known.push(outcome);
      else byType.set(outcome.type, [outcome]);
    }
    const folded = [...byType].map(([type, of]): Fold => ({ type, status, outcomes: of }));
    return folded.sort((a, b) => b.outcomes.length - a.outcomes.length);
  });
  return { listed: outcomes.filter((outcome) => !isQuiet(outcome)), folds };
}

/** What a folded outcome is called beside its type: its columns, else its id. */
export function subjectOf({ id, type, columns = [] }: ReportedOutcome): string {
  if (columns.length > 0) return columns.join(", ");
  return id === type ? "" : id;
}

/** Sets of rules that were broken together by the same rows; none when every row broke one rule only. */
export function brokenTogether({ cooccurrence }: RunJson, most: number) {
  const sets = (cooccurrence?.sets ?? []).filter(({ rules }) => rules.length > 1);
  const more = sets.length - most;
  const others = cooccurrence?.truncated ? "… and others" : more > 0 ? `… ${grouped(more)} more` : undefined;
  return { sets: sets.slice(0, most), others };
}
