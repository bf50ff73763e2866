import { Field, Schema } from "apache-arrow";
import { ConfigError, InputError } from "../../errors/index.js";
import { checkSchema } from "../../io/schemaRules.js";
import { OPENS_SOURCE, type ReadOptions, type Source, type SourceOpener } from "../../io/source.js";
import { type DuckdbConnection, rowsOf } from "./connection.js";
import { interruptedAtExit } from "./database.js";
import { makeRelation, type OpenRelation } from "./relation.js";
import { batchOfColumns } from "./tableBatches.js";
import { findTable, quoted, type TableName } from "./tableName.js";
import { tableTypeOf } from "./tableTypes.js";

const PAGE_ROWS = 65_536;

/** A table in DuckDB, as a source was made of it. */
interface Table {
  readonly connection: DuckdbConnection;
  /** Its name, as identifiers. */
  readonly name: string;
  /** What stands for each column behind SELECT. */
  readonly columns: readonly string[];
  readonly rows: number;
  readonly lastRowid: bigint;
}

// Beside the sources, so that whoever has a source has no connection.
const tables = new WeakMap<Source, Table>();

function typed(described: readonly unknown[][], unit: string) {
  const columns: string[] = [];
  const fields = described.map(([name, duckType]) => {
    const found = tableTypeOf(String(duckType));
    if (!found) {
      throw new InputError(
        "input/unsupported",
        `${JSON.stringify(unit)}: column ${JSON.stringify(name)} is ${duckType}, which has no Arrow type that is read here: cast it, or leave it out, in a table made of this one`,
        { unit, parameter: String(name) },
      );
    }
    const column = quoted(String(name));
    columns.push(found.asText ? `CAST(${column} AS VARCHAR)` : column);
    return new Field(String(name), found.type, true);
  });
  return { schema: new Schema(fields), columns };
}

async function openTable(connection: DuckdbConnection, given: TableName): Promise<Source> {
  const unit = typeof given === "string" ? given : given.join(".");
  const name = await findTable(connection, given);
  const { schema, columns } = typed(await rowsOf(connection, `DESCRIBE SELECT * FROM ${name}`), unit);
  checkSchema(schema, JSON.stringify(unit));
  const [[rows, last] = []] = await rowsOf(connection, `SELECT count(*), max(rowid) FROM ${name}`);
  const table = { connection, name, columns, rows: Number(rows), lastRowid: BigInt((last as bigint) ?? -1) };
  const all = schema.fields.map((_, index) => index);
  const source: Source = {
    schema,
    rows: table.rows,
    rereadable: true,
    description: { kind: "duckdb", path: unit },
    batches: (read: ReadOptions = {}) => pagesOf(table, unit, schema, read.columns ?? all),
    async close() {},
  };
  tables.set(source, table);
  return source;
}

function isAscending(rowids: readonly unknown[]): boolean {
  return rowids.every((rowid, i) => i === 0 || (rowids[i - 1] as bigint) < (rowid as bigint));
}

/** Reads a table page by page: a result that is streamed would end early where the connection is asked something else. */
async function* pagesOf(table: Table, unit: string, schema: Schema, wanted: readonly number[]) {
  const { connection, name, columns, lastRowid } = table;
  const fields = wanted.map((index) => schema.fields[index]!);
  const list = ["rowid", ...wanted.map((index) => columns[index]!)].join(", ");
  let order = "";
  let rows = 0;
  for (let from = 0n; from <= lastRowid; from += BigInt(PAGE_ROWS)) {
    const to = from + BigInt(PAGE_ROWS) - 1n;
    const page = async () => {
      const sql = `SELECT ${list} FROM ${name} WHERE rowid BETWEEN ${from} AND ${to}${order}`;
      return (await connection.runAndReadAll(sql)).getColumns();
    };
    let [rowids = [], ...values] = await page();
    if (!isAscending(rowids)) {
      order = " ORDER BY rowid";
      [rowids = [], ...values] = await page();
    }
    rows += rowids.length;
    if (rowids.length > 0) yield batchOfColumns(fields, rowids.length, values);
  }
  if (rows === table.rows) return;
  throw new InputError("input/corrupt", `${JSON.stringify(unit)} has ${rows} rows, and had ${table.rows}`, {
    unit,
  });
}

/** The relation of a source made of a table; undefined for others. */
export async function tableRelation(source: Source): Promise<OpenRelation | undefined> {
  const table = tables.get(source);
  if (!table) return undefined;
  const { connection, name, columns, rows, lastRowid } = table;
  // Rows that were deleted leave gaps.
  const isDense = lastRowid === BigInt(rows) - 1n;
  const row = isDense ? "rowid" : "row_number() OVER (ORDER BY rowid) - 1";
  const list = columns.join(", ");
  const relation = await makeRelation({
    connection,
    schema: source.schema,
    from: (names) => `(SELECT ${list} FROM ${name}) AS t(${names})`,
    numbered: (names) => ({ from: `(SELECT ${list}, ${row} FROM ${name}) AS t(${names}, r)`, row: "r" }),
  });
  const forget = interruptedAtExit(connection);
  return { relation, checkUnchanged: async () => {}, close: async () => forget() };
}

/**
 * A table of a DuckDB database as a source, on a connection of the caller's own: with `engine: "duckdb"` it is asked there,
 * and rows are read only of what failed; with any other its rows are read in pages. Rows come in the order of `rowid`, so
 * that a view is none. The database is only read, one run at a time may use the connection, and nobody may write to the
 * table meanwhile. Opening throws InputError where there is no such table, or a column has a type that Arrow lacks.
 *
 * @param name the table's name, or its path, `[schema, table]` or `[database, schema, table]`; a name with a dot is one name
 * @example await validate(duckdbTable(connection, "orders"), suite, { engine: "duckdb" })
 */
export function duckdbTable(connection: DuckdbConnection, name: TableName): SourceOpener {
  if (typeof connection?.runAndReadAll !== "function") {
    throw new ConfigError(
      "config/bad-value",
      "duckdbTable: the first argument is no connection of DuckDB's",
      {
        unit: "duckdbTable",
        parameter: "connection",
      },
    );
  }
  return { [OPENS_SOURCE]: () => openTable(connection, name) };
}
