import { type ColumnRef, type ColumnUse, maskColumn } from "../../columns/columnUse.js";
import type { Literal } from "../../columns/literal.js";
import { type MetricRequest, mapRequestColumns } from "../../plan/request.js";
import { mapRuleColumns } from "../../plan/rule.js";
import type { Predicate } from "../../predicates/predicate.js";
import { conditionPredicate } from "./condition.js";
import type { StoredOptions } from "./options.js";
import type { AnyUnit, Findings, Judgement, Needs } from "./unit.js";

type Masking = (use: ColumnUse) => ColumnUse;

/** How many values of a column count as null: a count of it as it is read. */
export function missingRequest(
  column: ColumnRef,
  missing: readonly Literal[],
  where?: Predicate,
): MetricRequest & { readonly state: "count" } {
  const request = { state: "count" as const, column, ...(where ? { where } : {}) };
  return mapRequestColumns(request, (use) => maskColumn(use, missing));
}

function maskedNeeds(
  { rule, metrics, drift, ...rest }: Needs,
  mask: Masking,
  missing: readonly Literal[],
): Needs {
  return {
    ...rest,
    ...(rule ? { rule: mapRuleColumns(rule, mask) } : {}),
    ...(metrics ? { metrics: metrics.map((request) => mapRequestColumns(request, mask)) } : {}),
    ...(drift ? { drift: { ...drift, missing } } : {}),
  };
}

/** The counts that tell how many values of an expectation's columns count as null. */
function counted(unit: AnyUnit, stored: StoredOptions, drift: Findings["drift"]): MetricRequest[] {
  const columns = drift ? drift.columns.map(({ column }) => [column]) : unit.columns(stored);
  const where = stored.when && conditionPredicate(stored.when);
  return columns.map((column) => missingRequest(column, stored.missing!, where));
}

/** Findings whose states are those of columns with the listed values for null. */
export function maskedFindings(findings: Findings, missing: readonly Literal[]): Findings {
  const metric: Findings["metric"] = (request) =>
    findings.metric(mapRequestColumns(request, (use) => maskColumn(use, missing)));
  return { ...findings, metric };
}

function withMissing(judged: Judgement, values: number): Judgement {
  const many = `${values.toLocaleString("en-US")} ${values === 1 ? "value" : "values"}`;
  const message = values === 0 ? judged.message : `${judged.message} (${many} missing)`;
  return { ...judged, message, missing: values };
}

/**
 * A unit that honours `missing`: it needs its columns with the listed values for null, its condition's columns too, and
 * says how many there were.
 */
export function masking<U extends AnyUnit>(unit: U): U {
  return {
    ...unit,
    needs(stored) {
      const { missing } = stored as StoredOptions;
      const needs = unit.needs(stored);
      if (!missing) return needs;
      const own = unit.shape === "aggregate" ? counted(unit, stored, undefined) : [];
      const masked = maskedNeeds(needs, (use) => maskColumn(use, missing), missing);
      return own.length > 0 ? { ...masked, metrics: [...(masked.metrics ?? []), ...own] } : masked;
    },
    judge(findings, stored) {
      const { missing } = stored as StoredOptions;
      if (!missing) return unit.judge(findings, stored);
      const judged = unit.judge(maskedFindings(findings, missing), stored);
      if (unit.shape === "row") return { ...judged, missing: findings.tally!.missing };
      const counts = counted(unit, stored, findings.drift).map((request) =>
        findings.metric({ ...request, state: "count" }),
      );
      return withMissing(
        judged,
        counts.reduce((sum, count) => sum + count.missing, 0),
      );
    },
  };
}
