import { DataType, type Decimal, type Dictionary } from "apache-arrow";
import { MomentsState } from "../../metrics/moments.js";
import { sqlDouble } from "../../predicates/sql/literals.js";
import { NotInSql, type SqlColumn } from "../../predicates/sql/sqlColumn.js";
import { type AggregateQuery, type AggregateRow, countAt } from "./aggregateQuery.js";
import { rowsOf } from "./connection.js";
import { bothSql } from "./domainSql.js";
import type { Relation } from "./relation.js";

/** Digits that leave room for a sum of 10^10 of them in a DECIMAL(38). */
const MOST_DIGITS = 28;

function decimalOf({ address }: SqlColumn): Decimal | undefined {
  const type = DataType.isDictionary(address.type) ? (address.type as Dictionary).dictionary : address.type;
  return DataType.isDecimal(type) ? type : undefined;
}

/** A number in its column's storage unit as a double; null where it is not finite. Throws NotInSql for other columns. */
export function finiteSql(column: SqlColumn): string {
  const { form, sql, address } = column;
  if (address.kind !== "number") throw new NotInSql(`moments of ${address.kind} values`);
  if (form === "float") return `CASE WHEN isfinite(${sql}) THEN ${sql} END`;
  const decimal = decimalOf(column);
  if (!decimal) return `CAST(${sql} AS DOUBLE)`;
  if (decimal.precision > MOST_DIGITS) throw new NotInSql("sums of decimals this wide may not fit");
  return `(CAST(${sql} AS DOUBLE) * ${sqlDouble(10 ** decimal.scale)})`;
}

/** One finite value of a column, near which its moments are taken; 0 where there is none. */
export async function shiftOf({ connection, from }: Relation, column: SqlColumn): Promise<number> {
  const value = finiteSql(column);
  const [row] = await rowsOf(
    connection,
    `SELECT v FROM (SELECT ${value} AS v FROM ${from}) WHERE v IS NOT NULL LIMIT 1`,
  );
  return row === undefined ? 0 : (row[0] as number);
}

/**
 * Moments by compensated sums of distances, and of their squares, from a value of the column (the shifted-data
 * algorithm, Chan, Golub and LeVeque 1983): what SQL's own deviation does not survive, an infinity or a large number,
 * is counted aside, or leaves the state unsettled.
 */
export function momentsOf(
  column: SqlColumn,
  selected: string | undefined,
  query: AggregateQuery,
  shift: number,
): (row: AggregateRow) => MomentsState | undefined {
  const finite = finiteSql(column);
  const kept = selected === undefined ? finite : `CASE WHEN ${selected} THEN ${finite} END`;
  const value = query.input(kept);
  const apart = query.input(`(${kept}) - ${sqlDouble(shift)}`);
  const count = query.add(`count(${value})`);
  const sum = query.add(`fsum(${value})`);
  const drift = query.add(`fsum(${apart})`);
  const squares = query.add(`fsum(${apart} * ${apart})`);
  const whole =
    column.form === "float" ? undefined : query.add(`sum(${query.input(exactSql(column, selected))})`);
  const odd = column.form === "float" ? oddOf(column, selected, query) : () => ({});
  return (row) => {
    const total = countAt(row, count);
    const state = new MomentsState(column.address);
    const integerSum = whole === undefined || row[whole] === null ? 0n : BigInt(unscaled(row[whole]));
    Object.assign(state, odd(row), { integerSum });
    if (total === 0) return state;
    const [moved, far] = [row[drift] as number, row[squares] as number];
    if (![moved, far, row[sum] as number].every(Number.isFinite)) return undefined;
    const node = [
      0,
      0,
      total,
      row[sum] as number,
      shift + moved / total,
      Math.max(0, far - (moved * moved) / total),
    ];
    return MomentsState.decode(
      { ...(state.encode() as object), nodes: [node] } as ReturnType<MomentsState["encode"]>,
      column.address,
    );
  };
}

function exactSql({ sql }: SqlColumn, selected: string | undefined): string {
  return selected === undefined ? sql : `CASE WHEN ${selected} THEN ${sql} END`;
}

/** A sum of integers is a HUGEINT, one of decimals a decimal. */
function unscaled(value: unknown): bigint {
  return (Object(value) as { value?: bigint }).value ?? (value as bigint);
}

function oddOf({ sql }: SqlColumn, selected: string | undefined, query: AggregateQuery) {
  const counted = (test: string) => query.count(bothSql(selected, `coalesce(${test}, false)`));
  const nans = counted(`isnan(${sql})`);
  const plus = counted(`${sql} = ${sqlDouble(Number.POSITIVE_INFINITY)}`);
  const minus = counted(`${sql} = ${sqlDouble(Number.NEGATIVE_INFINITY)}`);
  return (row: AggregateRow) => ({
    nans: countAt(row, nans),
    plusInfinities: countAt(row, plus),
    minusInfinities: countAt(row, minus),
  });
}
