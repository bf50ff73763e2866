import { ConfigError, InputError } from "../../errors/index.js";
import { sqlText } from "../../predicates/sql/literals.js";
import { type DuckdbConnection, rowsOf } from "./connection.js";

/** A table's name, or its path: the schema first, and the database before that. */
export type TableName = string | readonly string[];

/** A name as an identifier. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

function partsOf(name: TableName): readonly string[] {
  const parts = typeof name === "string" ? [name] : name;
  const isName = (part: unknown) => typeof part === "string" && part !== "" && !part.includes("\0");
  if (Array.isArray(parts) && parts.length > 0 && parts.length <= 3 && parts.every(isName)) return parts;
  throw new ConfigError(
    "config/bad-value",
    "duckdbTable: a table is a name, or a path of one to three: [database, schema, table]",
    { unit: "duckdbTable", parameter: "name", value: name },
  );
}

const FOUND = `SELECT database_name, schema_name, table_name, true FROM duckdb_tables()
  UNION ALL SELECT database_name, schema_name, view_name, false FROM duckdb_views()`;

/**
 * Finds a table in the catalog, and gives its whole name as identifiers: a name that isn't there would be taken for a
 * file's. Throws InputError for one that is no table, and ConfigError for what can't be a name.
 */
export async function findTable(connection: DuckdbConnection, name: TableName): Promise<string> {
  const [table, schema, database] = partsOf(name).toReversed() as [string, string?, string?];
  const same = (column: string, value: string) => `lower(${column}) = lower(${sqlText(value)})`;
  const inPath = "(d = current_database() AND s = current_schema()) OR (d = 'temp' AND s = 'main')";
  const where = [
    same("t", table),
    schema === undefined ? `(${inPath})` : same("s", schema),
    // Of a database that isn't named, the temporary tables come first, as everywhere in DuckDB.
    database === undefined ? "d IN (current_database(), 'temp')" : same("d", database),
  ];
  const sql = `SELECT * FROM (${FOUND}) AS f(d, s, t, is_table) WHERE ${where.join(" AND ")} ORDER BY d = 'temp' DESC`;
  const [found] = (await rowsOf(connection, sql)) as [string, string, string, boolean][];
  const shown = partsOf(name).join(".");
  if (!found) {
    throw new InputError("input/unreadable", `DuckDB has no table ${JSON.stringify(shown)}`, { unit: shown });
  }
  const [d, s, t, isTable] = found;
  if (isTable) return [d, s, t].map(quoted).join(".");
  throw new InputError(
    "input/unsupported",
    `${JSON.stringify(shown)} is a view, whose rows have no order that they keep: make a table of it, CREATE TEMP TABLE t AS FROM it`,
    { unit: shown },
  );
}
