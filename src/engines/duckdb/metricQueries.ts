import type { Stored } from "../../columns/stored.js";
import { CountState } from "../../metrics/count.js";
import { ExtremesState } from "../../metrics/extremes.js";
import type { MetricRequest } from "../../plan/request.js";
import { predicateSql, type SqlContext } from "../../predicates/sql/predicateSql.js";
import { NotInSql, type SqlColumn } from "../../predicates/sql/sqlColumn.js";
import { type AggregateQuery, countAt } from "./aggregateQuery.js";
import { bothSql, whereSelected } from "./domainSql.js";
import { momentsOf } from "./momentsQuery.js";
import { type Care, type ReadState, Unsettled } from "./readState.js";
import { storedOf } from "./storedValue.js";

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
  const known = query.known(whereSelected(selected, column.sql));
  const nans = column.form === "float" ? query.count(bothSql(selected, isNanSql(column))) : undefined;
  return (row) =>
    Object.assign(new CountState(column.address), {
      rows: countAt(row, rows),
      nulls: countAt(row, rows) - countAt(row, known),
      nans: nans === undefined ? 0 : countAt(row, nans),
    });
}

function extremesOf(
  request: MetricRequest,
  context: SqlContext,
  query: AggregateQuery,
  { odd }: Care,
): ReadState {
  const column = requestedColumn(request, context);
  const selected = selectedSql(request, context);
  const isOdd = odd && column.form === "float";
  const kept = isOdd ? bothSql(selected, `NOT isnan(${column.sql})`) : selected;
  const value = query.input(whereSelected(kept, column.sql));
  const [min, max, values] = [`min(${value})`, `max(${value})`, `count(${value})`].map((sql) =>
    query.add(sql),
  ) as [number, number, number];
  const nans = isOdd ? query.count(bothSql(selected, isNanSql(column))) : undefined;
  const stored = (value: unknown): Stored | undefined => {
    if (value === null) return undefined;
    const found = storedOf(column, value);
    return found === 0 ? 0 : found;
  };
  return (row) =>
    // NaN is DuckDB's greatest number, so that where there is one it shows.
    Number.isNaN(row[max])
      ? new Unsettled({ odd: true })
      : Object.assign(new ExtremesState(column.address), {
          min: stored(row[min]),
          max: stored(row[max]),
          values: countAt(row, values),
          nans: nans === undefined ? 0 : countAt(row, nans),
        });
}

/** Adds to a query what a state is made of, and says how to read it. Throws NotInSql for states that aren't a few aggregates. */
export function metricOf(
  request: MetricRequest,
  context: SqlContext,
  query: AggregateQuery,
  care: Care = { odd: false },
): ReadState {
  switch (request.state) {
    case "count":
      return countOf(request, context, query);
    case "extremes":
      return extremesOf(request, context, query, care);
    case "moments":
      return momentsOf(requestedColumn(request, context), selectedSql(request, context), query, care);
    default:
      throw new NotInSql(`${request.state} are no aggregates`);
  }
}
