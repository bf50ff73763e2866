import { assessColumns, type Current, reportOn } from "../drift/compareColumns.js";
import type { ColumnComparison, DriftReport } from "../drift/comparison.js";
import { currentColumn } from "../drift/currentColumn.js";
import { decide } from "../drift/decide.js";
import type { Assessed } from "../drift/draft.js";
import type { ColumnProfile, Profile } from "../drift/profile.js";
import { settle } from "../drift/settings.js";
import type { DriftNeed } from "../expectations/unit/unit.js";
import type { Evidence } from "../plan/evidence.js";
import { requestKey } from "../plan/request.js";
import type { ValidateOptions } from "./options.js";
import type { Prepared } from "./prepare.js";
import type { Redactor } from "./redact.js";

/** A comparison that an expectation of a run asked for. */
export interface RunDrift {
  /** The expectation's id. */
  readonly id: string;
  /** The name the baseline was given under. */
  readonly baseline: string;
  readonly report: DriftReport;
}

interface Wanted {
  readonly id: string;
  readonly need: DriftNeed;
  readonly current: Current;
  readonly assessed: readonly Assessed[];
}

/** Without the bins and levels of columns that are redacted. */
function redacted(column: ColumnComparison, redactor: Redactor): ColumnComparison {
  if (redactor.of([column.column]) === undefined) return column;
  return { ...column, bins: [], explanation: [] };
}

/**
 * Makes the comparisons that the expectations of a run asked for. P-values of the same kind are adjusted over all of
 * them, as far as they are held against the same level by the same correction.
 */
export function compareRun(
  prepared: readonly Prepared[],
  evidence: Evidence,
  names: readonly string[],
  baselines: ReadonlyMap<string, Profile>,
  redactor: Redactor,
  options: ValidateOptions,
): RunDrift[] {
  const known = new Map<string, ColumnProfile>();
  const wanted: Wanted[] = [];
  for (const { id, needs, problem } of prepared) {
    if (!needs.drift || problem) continue;
    const baseline = baselines.get(needs.drift.baseline)!;
    const columns = (needs.metrics ?? []).flatMap((request) => {
      if (request.state !== "profile") return [];
      const key = requestKey(request);
      const state = evidence.metric({ ...request, state: "profile" });
      const column = known.get(key) ?? currentColumn(state, baseline, options.baselineKey);
      known.set(key, column);
      return [column];
    });
    const current = { rows: columns[0]?.rows ?? evidence.rows, names, columns };
    const assessed = assessColumns(current, baseline, needs.drift.settings);
    wanted.push({ id, need: needs.drift, current, assessed });
  }
  const families = new Map<string, Wanted[]>();
  for (const one of wanted) {
    const { alpha, correction } = settle("compare", one.need.settings);
    const key = `${alpha} ${correction}`;
    families.set(key, [...(families.get(key) ?? []), one]);
  }
  const decided = new Map<Wanted, ColumnComparison[]>();
  for (const family of families.values()) {
    const all = decide(
      family.flatMap(({ assessed }) => assessed),
      settle("compare", family[0]!.need.settings),
    );
    let from = 0;
    for (const one of family) {
      decided.set(one, all.slice(from, from + one.assessed.length));
      from += one.assessed.length;
    }
  }
  return wanted.map((one) => {
    const { id, need, current } = one;
    const columns = decided.get(one)!.map((column) => redacted(column, redactor));
    const report = reportOn(columns, current, baselines.get(need.baseline)!, need.settings);
    return { id, baseline: need.baseline, report };
  });
}
