import { DataType, type Decimal, type Dictionary } from "apache-arrow";
import { MomentsState } from "../../metrics/moments.js";
import { sqlDouble } from "../../predicates/sql/literals.js";
import { NotInSql, type SqlColumn } from "../../predicates/sql/sqlColumn.js";
import { type AggregateQuery, type AggregateRow, countAt } from "./aggregateQuery.js";
import { bothSql, whereSelected } from "./domainSql.js";
import { type Care, type ReadState, Unsettled } from "./readState.js";

/** Digits that leave room for a sum of 10^10 of them in a DECIMAL(38). */
const MOST_DIGITS = 28;

/** Integers whose squares 64 bits hold. */
const SMALL = 2n ** 32n;

// How far from 0 a mean may lie, in squares of deviations, before what is left of the digits isn't enough.
const FARTHEST = 1e4;

function decimalOf({ address }: SqlColumn): Decimal | undefined {
  const type = DataType.isDictionary(address.type) ? (address.type as Dictionary).dictionary : address.type;
  return DataType.isDecimal(type) ? type : undefined;
}

/** A number in its column's storage unit as a double. Throws NotInSql for other columns. */
function doubleSql(column: SqlColumn): string {
  const { form, sql } = column;
  if (form === "float") return sql;
  const decimal = decimalOf(column);
  if (!decimal) return `CAST(${sql} AS DOUBLE)`;
  if (decimal.precision > MOST_DIGITS) throw new NotInSql("sums of decimals this wide may not fit");
  return `(CAST(${sql} AS DOUBLE) * ${sqlDouble(10 ** decimal.scale)})`;
}

/**
 * Moments of a column. Those of small integers are exact. Of other numbers they are compensated sums of distances, and of
 * their squares, from a value of the column (the shifted-data algorithm, Chan, Golub and LeVeque 1983): at first from 0,
 * and once more from their mean where that lies too far for the squares to keep it. What SQL's own deviation does not
 * survive, an infinity or a large number, is counted aside then, or leaves the state unsettled. Throws NotInSql.
 */
export function momentsOf(
  column: SqlColumn,
  selected: string | undefined,
  query: AggregateQuery,
  care: Care,
): ReadState {
  const { address, form, range } = column;
  if (address.kind !== "number") throw new NotInSql(`moments of ${address.kind} values`);
  const isSmall = form === "integer" && range.max < SMALL && range.min >= -SMALL;
  return isSmall ? wholeMoments(column, selected, query) : doubleMoments(column, selected, query, care);
}

function stateOf(
  { address }: SqlColumn,
  found: Partial<MomentsState>,
  [count, sum, mean, squares]: readonly [number, number, number, number],
): MomentsState {
  const state = Object.assign(new MomentsState(address), found);
  if (count === 0) return state;
  const nodes = [[0, 0, count, sum, mean, Math.max(0, squares)]];
  return MomentsState.decode(
    { ...(state.encode() as object), nodes } as ReturnType<MomentsState["encode"]>,
    address,
  );
}

function wholeMoments(column: SqlColumn, selected: string | undefined, query: AggregateQuery): ReadState {
  const wide = column.range.min < 0n ? "BIGINT" : "UBIGINT";
  const value = query.input(whereSelected(selected, `CAST(${column.sql} AS ${wide})`));
  const [count, sum, squares] = [`count(${value})`, `sum(${value})`, `sum(${value} * ${value})`].map((sql) =>
    query.add(sql),
  ) as [number, number, number];
  return (row) => {
    const total = countAt(row, count);
    if (total === 0) return new MomentsState(column.address);
    const [integerSum, squared] = [BigInt(row[sum] as bigint), BigInt(row[squares] as bigint)];
    const apart = Number(BigInt(total) * squared - integerSum * integerSum) / total;
    const added = Number(integerSum);
    return stateOf(column, { integerSum }, [total, added, added / total, apart]);
  };
}

function doubleMoments(
  column: SqlColumn,
  selected: string | undefined,
  query: AggregateQuery,
  { odd, shift }: Care,
): ReadState {
  const isFloat = column.form === "float";
  const number = doubleSql(column);
  const finite = odd && isFloat ? `CASE WHEN isfinite(${number}) THEN ${number} END` : number;
  const from = shift === undefined ? finite : `(${finite}) - ${sqlDouble(shift)}`;
  const apart = query.input(whereSelected(selected, from));
  const [count, drift, squares] = [`count(${apart})`, `fsum(${apart})`, `fsum(${apart} * ${apart})`].map(
    (sql) => query.add(sql),
  ) as [number, number, number];
  const whole = isFloat ? undefined : query.add(`sum(${query.input(whereSelected(selected, column.sql))})`);
  const oddsOf = odd && isFloat ? oddOf(column, selected, query) : () => ({});
  return (row) => {
    const total = countAt(row, count);
    const integerSum = whole === undefined || row[whole] === null ? 0n : unscaled(row[whole]);
    const found = { ...oddsOf(row), integerSum };
    if (total === 0) return stateOf(column, found, [0, 0, 0, 0]);
    const [moved, far] = [row[drift] as number, row[squares] as number];
    const mean = (shift ?? 0) + moved / total;
    if (!Number.isFinite(moved) || !Number.isFinite(far)) {
      return new Unsettled({ odd: true, ...(Number.isFinite(mean) && { shift: mean }) });
    }
    const deviations = far - (moved * moved) / total;
    if (shift === undefined && moved * mean > FARTHEST * deviations)
      return new Unsettled({ odd, shift: mean });
    const sum = moved + (shift ?? 0) * total;
    return Number.isFinite(sum)
      ? stateOf(column, found, [total, sum, mean, deviations])
      : new Unsettled({ odd: true });
  };
}

/** A sum of integers is a HUGEINT, one of decimals a decimal. */
function unscaled(value: unknown): bigint {
  return BigInt((Object(value) as { value?: bigint }).value ?? (value as bigint));
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
