import type { DuckDBDataChunk } from "@duckdb/node-api";

/** What is used of one chunk of a result. */
export type ResultChunk = Pick<DuckDBDataChunk, "rowCount" | "getColumnValues">;

/** A result that comes in chunks. */
export interface ResultStream {
  fetchChunk(): Promise<ResultChunk | null>;
}

/** What is used of a connection of `@duckdb/node-api`; rows are read by position, since names may be anything. */
export interface DuckdbConnection {
  runAndReadAll(sql: string): Promise<{ getRows(): unknown[][]; getColumns(): unknown[][] }>;
  stream(sql: string): Promise<ResultStream>;
  interrupt(): void;
}

/** The rows of a small result. */
export async function rowsOf(connection: DuckdbConnection, sql: string): Promise<unknown[][]> {
  return (await connection.runAndReadAll(sql)).getRows();
}

/** The chunks of a result of any size, none of them empty. */
export async function* chunksOf(connection: DuckdbConnection, sql: string): AsyncGenerator<ResultChunk> {
  const stream = await connection.stream(sql);
  for (let chunk = await stream.fetchChunk(); chunk; chunk = await stream.fetchChunk()) {
    if (chunk.rowCount === 0) return;
    yield chunk;
  }
}
