import type { Schema } from "apache-arrow";
import { resolveColumn } from "../columns/address.js";
import type { ColumnRef, ColumnUse } from "../columns/columnUse.js";
import { columnsOf } from "../predicates/predicate.js";
import { type MetricRequest, requestKey } from "./request.js";
import { needsSecondLook, type RowRule, ruleColumns } from "./rule.js";

/** A row rule of one expectation, under that expectation's id. */
export interface PlannedRule {
  readonly id: string;
  readonly rule: RowRule;
  /** Columns whose values stand in a sample of failing rows. */
  readonly shown: readonly ColumnRef[];
  readonly quarantine: boolean;
}

/** What one run has to find out: each state once, each rule once, and the columns to read for them. */
export interface Plan {
  readonly metrics: readonly MetricRequest[];
  readonly rules: readonly PlannedRule[];
  /** Indexes into the schema's fields, ascending. */
  readonly columns: readonly number[];
}

/** Indexes of the top-level columns that some references stand for; what isn't there is left out. */
export function columnIndexes(schema: Schema, uses: Iterable<ColumnUse>): number[] {
  const indexes = new Set<number>();
  for (const use of uses) {
    const found = resolveColumn(schema, use);
    if (!("problem" in found)) indexes.add(found.index);
  }
  return [...indexes].sort((a, b) => a - b);
}

/** The columns a state is gathered from. */
export function requestColumns({ column, beside, by, where }: MetricRequest): ColumnUse[] {
  const own = [column, beside, by].filter((use) => use !== undefined);
  return where ? [...own, ...columnsOf(where)] : own;
}

/** Puts needs together: equal requests become one, and only the columns that someone asks for are read. */
export function makePlan(
  schema: Schema,
  requests: Iterable<MetricRequest>,
  rules: readonly PlannedRule[],
  keys: readonly ColumnRef[],
): Plan {
  const metrics = new Map<string, MetricRequest>();
  for (const request of requests) {
    const isAbsent = request.optional && "problem" in resolveColumn(schema, request.column ?? []);
    if (!isAbsent) metrics.set(requestKey(request), request);
  }
  const uses: ColumnUse[] = [...(rules.length > 0 ? keys : [])];
  for (const request of metrics.values()) uses.push(...requestColumns(request));
  for (const { rule, shown } of rules) uses.push(...ruleColumns(rule), ...shown);
  return { metrics: [...metrics.values()], rules, columns: columnIndexes(schema, uses) };
}

/** The rules that are judged, or can quarantine, only when the source can be read again. */
export function rereadingRules(plan: Plan): PlannedRule[] {
  return plan.rules.filter(
    ({ rule, quarantine }) => rule.kind === "scaled" || (quarantine && needsSecondLook(rule)),
  );
}

/** The rules that can be told to quarantine only after a second look at the source. */
export function secondLookRules(plan: Plan): PlannedRule[] {
  return plan.rules.filter(({ rule, quarantine }) => quarantine && needsSecondLook(rule));
}
