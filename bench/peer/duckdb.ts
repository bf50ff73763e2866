import type { DuckDBConnection } from "@duckdb/node-api";
import { type Timing, timed } from "./timing.js";

const THREADS = [1, 2] as const;

/** A DuckDB with tables in its memory. */
export interface Peer {
  readonly connection: DuckDBConnection;
  /** The first cell of a query's result. */
  first(sql: string): Promise<number>;
  /** The better of its times with one thread and with two; the result is fetched, but not turned into objects. */
  time(sql: string | readonly string[], repeats: number): Promise<Timing>;
  close(): void;
}

/** @param memoryLimit what DuckDB may use, as in "1GB"; without, its default */
export async function openPeer(memoryLimit?: string): Promise<Peer> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(
    ":memory:",
    memoryLimit === undefined ? {} : { memory_limit: memoryLimit },
  );
  const connection = await instance.connect();

  async function fetch(sql: string): Promise<void> {
    const result = await connection.run(sql);
    await result.fetchAllChunks();
  }

  return {
    connection,
    async first(sql) {
      const reader = await connection.runAndReadAll(sql);
      return Number(reader.getRows()[0]?.[0]);
    },
    async time(sql, repeats) {
      const queries = typeof sql === "string" ? [sql] : sql;
      const timings: Timing[] = [];
      for (const threads of THREADS) {
        await connection.run(`SET threads = ${threads}`);
        timings.push(
          await timed(threads, repeats, async () => {
            for (const query of queries) await fetch(query);
          }),
        );
      }
      return timings.reduce((best, timing) => (timing.median < best.median ? timing : best));
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
