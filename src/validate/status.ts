import type { Outcome } from "../results/outcome.js";
import { type Reason, type RunStatus, worst } from "../results/run.js";
import type { Suite } from "../suite/suite.js";

/** As much of an outcome as a status depends on. */
type Judged = Pick<Outcome, "status">;

/** What a run counted, as far as reasons go. */
export interface RowTotals {
  readonly rows: number;
  readonly quarantined: number;
}

/** Reasons that the counts give by themselves: an empty table, a quarantine over its budget, nothing evaluated. */
export function reasonsOf(suite: Suite, totals: RowTotals, outcomes: readonly Judged[]): Reason[] {
  const reasons: Reason[] = [];
  if (totals.rows === 0 && !suite.allowEmpty) {
    reasons.push({
      kind: "emptyInput",
      status: "fail",
      message: "the source has no rows; a suite that allows this says allowEmpty",
    });
  }
  const most = suite.quarantine?.failAbove?.percent;
  // Divided, and not multiplied out: a quotient of integers and the literal it equals round to the same double.
  const quarantined = totals.rows === 0 ? 0 : (totals.quarantined * 100) / totals.rows;
  if (most !== undefined && quarantined > most) {
    const share = Number(quarantined.toPrecision(3));
    reasons.push({
      kind: "quarantineBudget",
      status: "fail",
      message: `${totals.quarantined.toLocaleString("en-US")} of ${totals.rows.toLocaleString("en-US")} rows are quarantined, ${share} %; the budget is ${most} %`,
    });
  }
  if (outcomes.every(({ status }) => status === "skipped")) {
    reasons.push({
      kind: "nothingEvaluated",
      status: "error",
      message: outcomes.length === 0 ? "the suite has no expectations" : "every expectation was skipped",
    });
  }
  return reasons;
}

/** The worst of outcomes and reasons; an outcome `error` counts as a warning where the suite says so. */
export function statusOf(suite: Suite, outcomes: readonly Judged[], reasons: readonly Reason[]): RunStatus {
  const lowered = outcomes.map(({ status }) =>
    status === "error" && suite.onError === "warn" ? "warn" : status,
  );
  return worst([...lowered, ...reasons.map(({ status }) => status)]) ?? "error";
}
