/** DuckDB as an engine, beside our own. */

export { duckdb } from "../engines/duckdb/duckdbEngine.js";
export { duckdbTable } from "../engines/duckdb/duckdbTable.js";
export type { DuckdbOptions } from "../engines/duckdb/options.js";
export type { TableName } from "../engines/duckdb/tableName.js";
export type { Engine } from "../engines/engine.js";
