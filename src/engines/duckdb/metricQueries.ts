import type { Stored } from "../../columns/stored.js";
import { CountState } from "../../metrics/count.js";
import { ExtremesState } from "../../metrics/extremes.js";
import type { MetricRequest, States } from "../../plan/request.js";
import { predicateSql, type SqlContext } from "../../predicates/sql/predicateSql.js";
import { NotInSql, type SqlColumn } from "../../predicates/sql/sqlColumn.js";
import { type AggregateQuery, type AggregateRow, countAt } from "./aggregateQuery.js";
import { bothSql } from "./domainSql.js";
import { momentsOf } from "./momentsQuery.js";
import { storedOf } from "./storedValue.js";

/** Reads a state from the row of aggregates; undefined where the row doesn't settle it. */
export type ReadState = (row: AggregateRow) => States[keyof States] | undefined;

/** The rows for which a request's condition is true, as an expression that is never null. Throws NotInSql. */
export function selectedSql({ where }: MetricRequest, context: SqlContext): string | undefined {
  return where && `coalesce(${predicateSql(where, context)}, false)`;
}

/** The column of a request. Throws NotInSql. */
export function requestedColumn({ column }: MetricRequest, context: SqlContext): SqlColumn {
  if (column === undefined) throw new NotInSql("a state without a column");
  return context.column(column);
}

/** True where a value is NaN, and never null. */
export const isNanSql = ({ sql }: SqlColumn): string => `coalesce(isnan(${sql}), false)`;

function countOf(request: MetricRequest, context: SqlContext, query: AggregateQuery): ReadState {
  const selected = selectedSql(request, context);
  const rows = selected === undefined ? query.add("count(*)") : query.count(selected);
  if (request.column === undefined) {
    return (row) => Object.assign(new CountState(), { rows: countAt(row, rows) });
  }
  const column = requestedColumn(request, context);
  const nulls = query.count(bothSql(selected, `${column.sql} IS NULL`));
  const nans = column.form === "float" ? query.count(bothSql(selected, isNanSql(column))) : undefined;
  return (row) =>
    Object.assign(new CountState(column.address), {
      rows: countAt(row, rows),
      nulls: countAt(row, nulls),
      nans: nans === undefined ? 0 : countAt(row, nans),
    });
}

/** The values of a column that count: selected, and neither null nor NaN. */
function valuesSql(column: SqlColumn, selected: string | undefined): string {
  const conditions = [
    ...(selected === undefined ? [] : [selected]),
    ...(column.form === "float" ? [`NOT isnan(${column.sql})`] : []),
  ];
  return conditions.length === 0
    ? column.sql
    : `CASE WHEN ${conditions.join(" AND ")} THEN ${column.sql} END`;
}

function extremesOf(request: MetricRequest, context: SqlContext, query: AggregateQuery): ReadState {
  const column = requestedColumn(request, context);
  const selected = selectedSql(request, context);
  const value = query.input(valuesSql(column, selected));
  const [min, max, values] = [`min(${value})`, `max(${value})`, `count(${value})`].map((sql) =>
    query.add(sql),
  ) as [number, number, number];
  const nans = column.form === "float" ? query.count(bothSql(selected, isNanSql(column))) : undefined;
  const stored = (value: unknown): Stored | undefined => {
    if (value === null) return undefined;
    const found = storedOf(column, value);
    return found === 0 ? 0 : found;
  };
  return (row) =>
    Object.assign(new ExtremesState(column.address), {
      min: stored(row[min]),
      max: stored(row[max]),
      values: countAt(row, values),
      nans: nans === undefined ? 0 : countAt(row, nans),
    });
}

/**
 * Adds to a query what a state is made of, and says how to read it. `shifts` has a value of each column that moments are
 * wanted of, by its SQL. Throws NotInSql for states that aren't a few aggregates.
 */
export function metricOf(
  request: MetricRequest,
  context: SqlContext,
  query: AggregateQuery,
  shifts: ReadonlyMap<string, number>,
): ReadState {
  switch (request.state) {
    case "count":
      return countOf(request, context, query);
    case "extremes":
      return extremesOf(request, context, query);
    case "moments": {
      const column = requestedColumn(request, context);
      const selected = selectedSql(request, context);
      return momentsOf(column, selected, query, shifts.get(column.sql) ?? 0);
    }
    default:
      throw new NotInSql(`${request.state} are no aggregates`);
  }
}
