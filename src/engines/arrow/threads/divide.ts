import type { Schema } from "apache-arrow";
import { resolveColumn } from "../../../columns/address.js";
import type { ColumnRef, ColumnUse } from "../../../columns/columnUse.js";
import { canShare } from "../../../columns/sharedColumn.js";
import { columnIndexes, type Plan, type PlannedRule, requestColumns } from "../../../plan/plan.js";
import type { MetricRequest } from "../../../plan/request.js";
import { ruleColumns } from "../../../plan/rule.js";
import { leavesOf } from "../../../predicates/predicate.js";
import { isDivisible } from "../findings.js";

/** What a plan holds that several threads may find out, each among some of the rows. */
export type Division = Plan;

/** True when a state can't be had from counts that Arrow keeps. */
function readsValues({ state, where }: MetricRequest): boolean {
  return state !== "count" || where !== undefined;
}

/**
 * The rules and states of a plan that are about each row alone, and whose columns threads can share. Undefined where
 * there are none, or none that has to read values, since what is known without isn't worth a thread.
 */
export function divide(plan: Plan, schema: Schema, keys: readonly ColumnRef[]): Division | undefined {
  const isShared = (use: ColumnUse) => {
    const found = resolveColumn(schema, use);
    return "problem" in found || (found.path.length === 0 && canShare(found.type));
  };
  const columnsOf = ({ rule, shown }: PlannedRule) => [...ruleColumns(rule), ...shown, ...keys];
  const rules = plan.rules.filter(
    (planned) => planned.rule.kind === "local" && columnsOf(planned).every(isShared),
  );
  const metrics = plan.metrics.filter(
    (request) => isDivisible(request) && requestColumns(request).every(isShared),
  );
  const judges = ({ rule }: PlannedRule) =>
    rule.kind === "local" && leavesOf(rule.test).some(({ op }) => op !== "isNull");
  if (!rules.some(judges) && !metrics.some(readsValues)) return undefined;
  const uses = [...rules.flatMap(columnsOf), ...metrics.flatMap(requestColumns)];
  return { rules, metrics, columns: columnIndexes(schema, uses) };
}
