import { ConfigError } from "../../errors/index.js";

/** How DuckDB is run. */
export interface DuckdbOptions {
  /** Threads at most; one for each processor when absent. */
  readonly threads?: number;
  /** Bytes of memory that DuckDB may take before it writes to disk; half of the machine's, 4 GiB at most, when absent. */
  readonly memoryLimit?: number;
  /** Where it writes what doesn't fit; a folder of the system's for temporary files when absent. */
  readonly tempDirectory?: string;
}

const LEAST_MEMORY = 32 * 2 ** 20;

function bad(parameter: string, value: unknown, wanted: string): ConfigError {
  return new ConfigError("config/bad-value", `duckdb: ${parameter} must be ${wanted}, not ${String(value)}`, {
    unit: "duckdb",
    parameter,
    value,
  });
}

/** Refuses what can't be meant. Throws ConfigError. */
export function checkDuckdbOptions(options: DuckdbOptions): void {
  const { threads, memoryLimit, tempDirectory, ...others } = options;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    const choices = ["threads", "memoryLimit", "tempDirectory"];
    throw new ConfigError("config/unknown-name", `duckdb: no option ${JSON.stringify(unknown)}`, { choices });
  }
  if (threads !== undefined && !(Number.isInteger(threads) && threads > 0 && threads <= 1024)) {
    throw bad("threads", threads, "a whole number from 1 to 1024");
  }
  if (memoryLimit !== undefined && !(Number.isSafeInteger(memoryLimit) && memoryLimit >= LEAST_MEMORY)) {
    throw bad("memoryLimit", memoryLimit, `a whole number of bytes from ${LEAST_MEMORY}`);
  }
  if (tempDirectory !== undefined && (typeof tempDirectory !== "string" || tempDirectory === "")) {
    throw bad("tempDirectory", tempDirectory, "a path");
  }
}
