import type { Schema } from "apache-arrow";
import { addressKey, resolveColumn } from "../../columns/address.js";
import type { ColumnUse } from "../../columns/columnUse.js";
import { NotInSql, type SqlColumn } from "../../predicates/sql/sqlColumn.js";
import { sqlColumnOf } from "./columnForms.js";
import { type DuckdbConnection, rowsOf } from "./connection.js";

/**
 * A table as queries reach it. Columns are named by their place, `c0`, `c1` and so on, because names may be anything, and
 * DuckDB takes two that differ in case for one.
 */
export interface Relation {
  readonly connection: DuckdbConnection;
  readonly schema: Schema;
  /** What stands behind FROM where row numbers don't matter. */
  readonly from: string;
  /** What stands behind FROM where they do, and the expression of a row's number, counted from 0. */
  readonly numbered: { readonly from: string; readonly row: string };
  /** True for rows in which a column, by its index, may hold another value than Arrow's; absent where none can. */
  readonly odd?: (index: number) => string | undefined;
  /** A column by its reference. Throws NotInSql where its values aren't Arrow's. */
  column(use: ColumnUse): SqlColumn;
}

/** A relation, and what ends it. */
export interface OpenRelation {
  readonly relation: Relation;
  /** Throws InputError where the data has changed since the source was opened. */
  checkUnchanged(): Promise<void>;
  close(): Promise<void>;
}

/** How a relation is written, once its columns are counted. */
export interface RelationText {
  readonly connection: DuckdbConnection;
  readonly schema: Schema;
  /** The text behind FROM; `names` is the list of its columns' names. */
  from(names: string): string;
  numbered(names: string): { readonly from: string; readonly row: string };
  /** How many columns come behind the schema's. */
  readonly added?: number;
  readonly odd?: Relation["odd"];
}

/** Looks a relation's types up and makes it addressable. Throws NotInSql when its columns aren't the schema's. */
export async function makeRelation(text: RelationText): Promise<Relation> {
  const { connection, schema, from, numbered, added = 0, odd } = text;
  const names = schema.fields.map((_, i) => `c${i}`).join(", ");
  const described = await rowsOf(connection, `DESCRIBE SELECT * FROM ${from(names)}`);
  if (described.length - added !== schema.fields.length) {
    throw new NotInSql(
      `DuckDB sees ${described.length - added} columns, the schema has ${schema.fields.length}`,
    );
  }
  const columns = new Map<string, SqlColumn>();
  return {
    connection,
    schema,
    from: from(names),
    numbered: numbered(names),
    ...(odd && { odd }),
    column(use) {
      const address = resolveColumn(schema, use);
      if ("problem" in address) throw new NotInSql(address.problem);
      if (address.mask) throw new NotInSql(`some values of ${JSON.stringify(address.name)} count as null`);
      const key = addressKey(address);
      const known = columns.get(key);
      if (known) return known;
      const duckType = String(described[address.index]![1]);
      const column = sqlColumnOf(address, `c${address.index}`, duckType);
      if (!column) {
        throw new NotInSql(`DuckDB holds ${JSON.stringify(address.name)} otherwise than Arrow does`);
      }
      columns.set(key, column);
      return column;
    },
  };
}
