import type { Schema } from "apache-arrow";
import type { ColumnRef } from "../../columns/columnUse.js";
import type { RowGroupSummary, Source } from "../../io/source.js";
import type { ReadParts } from "../../plan/evidence.js";
import { columnIndexes, type Plan, type PlannedRule, requestColumns } from "../../plan/plan.js";
import { ruleColumns } from "../../plan/rule.js";
import type { Gathering, MetricGatherer } from "./gatherMetrics.js";
import { RowGroupEvidence } from "./rowGroupEvidence.js";
import type { RuleRunner } from "./ruleRunner.js";

/** A rule that a run judges. */
export interface Judged {
  readonly planned: PlannedRule;
  readonly runner: RuleRunner;
}

/** Rules and states that are judged and gathered together. */
export interface Work<R extends Judged> {
  readonly rules: readonly R[];
  readonly metrics: readonly Gathering[];
}

/** The columns that some work is read for, ascending. */
export function columnsFor(
  schema: Schema,
  { rules, metrics }: Work<Judged>,
  keys: readonly ColumnRef[],
): number[] {
  return columnIndexes(schema, [
    ...rules.flatMap(({ planned }) => [...ruleColumns(planned.rule), ...planned.shown]),
    ...(rules.length > 0 ? keys : []),
    ...metrics.flatMap(({ request }) => requestColumns(request)),
  ]);
}

/** Neighbouring row groups that are read for the same rules and states, or a whole source. */
export interface Segment<R extends Judged> extends Work<R> {
  readonly firstRow: number;
  /** Absent when the source has none: all of it is read. */
  readonly rowGroups?: number[];
  /** Absent when all are read. */
  readonly columns?: readonly number[];
}

/** What is read of a source, and what isn't, because its footer says enough. */
export interface Reading<R extends Judged> {
  readonly segments: readonly Segment<R>[];
  /** The rows that need not be read; unknown rows of a source without row groups aside. */
  readonly settledRows: number;
  readonly read?: ReadParts;
}

/** How a source is going to be read. */
export interface ReadingOptions {
  /** Columns whose values stand beside each sampled row. */
  readonly keys: readonly ColumnRef[];
  /** Read all rows of all columns, because they are going to be written. */
  readonly allColumns: boolean;
}

function isSame<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((one, i) => one === b[i]);
}

function bytesOf({ bytes }: RowGroupSummary, columns: readonly number[] | undefined): number {
  return columns ? columns.reduce((sum, index) => sum + bytes[index]!, 0) : bytes.reduce((a, b) => a + b, 0);
}

/**
 * Asks each row group's footer first: what it settles is counted at once, and only the row groups and the columns of
 * what it leaves open are read.
 */
export function planReading<R extends Judged>(
  plan: Plan,
  source: Source,
  rules: readonly R[],
  gatherer: MetricGatherer,
  { keys, allColumns }: ReadingOptions,
): Reading<R> {
  const { schema, rowGroups } = source;
  if (!rowGroups) {
    const columns = allColumns ? {} : { columns: plan.columns };
    return { segments: [{ firstRow: 0, ...columns, rules, metrics: gatherer.all }], settledRows: 0 };
  }
  const segments: Segment<R>[] = [];
  const read = { rowGroups: 0, rowGroupsTotal: rowGroups.length, bytes: 0, bytesTotal: 0 };
  let firstRow = 0;
  let settledRows = 0;
  for (const [index, group] of rowGroups.entries()) {
    const evidence = new RowGroupEvidence(group);
    const open = rules.filter(({ runner }) => runner.settle?.(group.rows, evidence) !== true);
    const metrics = gatherer.settle(group.rows, evidence);
    read.bytesTotal += bytesOf(group, undefined);
    const isRead = group.rows > 0 && (allColumns || open.length > 0 || metrics.length > 0);
    if (isRead) {
      const last = segments.at(-1);
      const isNext = last?.rowGroups?.at(-1) === index - 1;
      if (last && isNext && isSame(last.rules, open) && isSame(last.metrics, metrics)) {
        last.rowGroups!.push(index);
      } else {
        const columns = allColumns ? {} : { columns: columnsFor(schema, { rules: open, metrics }, keys) };
        segments.push({ firstRow, rowGroups: [index], ...columns, rules: open, metrics });
      }
      read.rowGroups++;
      read.bytes += bytesOf(group, segments.at(-1)!.columns);
    } else settledRows += group.rows;
    firstRow += group.rows;
  }
  return { segments, settledRows, read };
}
