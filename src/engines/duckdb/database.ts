import { ConfigError } from "../../errors/index.js";
import { sqlText } from "../../predicates/sql/literals.js";
import type { DuckdbConnection } from "./connection.js";
import type { DuckdbOptions } from "./options.js";

type NodeApi = typeof import("@duckdb/node-api");

const PACKAGE = "@duckdb/node-api";

let loaded = false;

/** True once DuckDB is in the process, which takes longer than many a query. */
export const isDuckdbLoaded = (): boolean => loaded;

/** Loads DuckDB. Throws ConfigError that names the package where it isn't installed. */
export async function loadDuckdb(): Promise<NodeApi> {
  try {
    // Not as a literal: a bundler would want the package of those who never asked for it.
    const api = (await import(/* @vite-ignore */ PACKAGE)) as NodeApi;
    loaded = true;
    return api;
  } catch (cause) {
    throw new ConfigError(
      "config/missing-runtime-input",
      `the DuckDB engine needs the package ${PACKAGE}, which can't be loaded: npm install ${PACKAGE}`,
      { unit: "duckdb", value: PACKAGE, cause },
    );
  }
}

/** A database of its own for one run, and what ends it. */
export interface Database {
  readonly connection: DuckdbConnection;
  close(): Promise<void>;
}

const MOST_MEMORY = 4 * 2 ** 30;

const live = new Set<DuckdbConnection>();

/** A query in flight would hold the process until it is done, whoever calls process.exit. */
function interruptAll(): void {
  for (const connection of live) connection.interrupt();
}

/** Interrupts what a connection does when the process is told to exit, until the returned function is called. */
export function interruptedAtExit(connection: DuckdbConnection): () => void {
  if (live.size === 0) process.on("exit", interruptAll);
  live.add(connection);
  return () => {
    live.delete(connection);
    if (live.size === 0) process.off("exit", interruptAll);
  };
}

/**
 * Opens an empty database that can read one file and nothing else: no other path, no extension, and no setting may be
 * changed afterwards, whatever a query says.
 */
export async function openDatabase(file: string, options: DuckdbOptions): Promise<Database> {
  const { DuckDBInstance } = await loadDuckdb();
  const [{ tmpdir, totalmem }, { rm }, { join }, { randomUUID }] = await Promise.all([
    import("node:os"),
    import("node:fs/promises"),
    import("node:path"),
    import("node:crypto"),
  ]);
  const { threads, memoryLimit = Math.floor(Math.min(MOST_MEMORY, totalmem() / 2)) } = options;
  const spill = join(options.tempDirectory ?? tmpdir(), `veritable-${randomUUID()}`);
  const instance = await DuckDBInstance.create(":memory:", {
    memory_limit: `${memoryLimit}B`,
    temp_directory: spill,
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    ...(threads === undefined ? {} : { threads: String(threads) }),
  });
  const connection = await instance.connect();
  const forget = interruptedAtExit(connection);
  const close = async (): Promise<void> => {
    forget();
    connection.closeSync();
    instance.closeSync();
    await rm(spill, { recursive: true, force: true });
  };
  try {
    await connection.run(`SET allowed_paths = [${sqlText(file)}]`);
    await connection.run("SET enable_external_access = false");
    await connection.run("SET lock_configuration = true");
  } catch (error) {
    await close();
    throw error;
  }
  return { connection, close };
}
