import type { ColumnAddress } from "../../columns/address.js";

/**
 * How SQL holds a column's values: `integer` is the stored integer itself, `date` days, `moment` ticks since 1970,
 * `decimal` a number of fixed scale, `float` a double whatever its width.
 */
export type SqlForm = "integer" | "float" | "decimal" | "date" | "moment" | "text" | "binary";

/** A column as SQL reaches it. */
export interface SqlColumn {
  readonly address: ColumnAddress;
  /** An expression of its value; null where there is none. */
  readonly sql: string;
  readonly form: SqlForm;
  /** A whole number in the column's storage unit as a literal of its type; undefined where its type has none. */
  whole(value: bigint): string | undefined;
  /** The least and the greatest whole number the column's type can store, in storage units. */
  readonly range: { readonly min: bigint; readonly max: bigint };
  /** How many of SQL's units are one of storage: microseconds in a millisecond. */
  readonly ticks: bigint;
}

/** Throws NotInSql where something has a field beyond those that are known: a new one may change what it means. */
export function requireKnown(of: object, fields: readonly string[]): void {
  const other = Object.entries(of).find(
    ([field, value]) => value !== undefined && field !== "op" && !fields.includes(field),
  );
  if (other) throw new NotInSql(`"${other[0]}" isn't known in SQL`);
}

/** What SQL can't say exactly, so that another evaluator has to. */
export class NotInSql extends Error {
  override readonly name = "NotInSql";
}
