import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { largeOrdersFile } from "./ordersFile.js";

/** One way to ask all of a file that is much larger than the memory it may take. */
export interface LargeRow {
  readonly name: string;
  readonly rows: number;
  readonly memoryLimit: string;
  /** Absent where it failed. */
  readonly seconds: number | null;
  /** Resident memory at its peak, of the whole process. */
  readonly peakMegabytes: number | null;
  /** Why it failed. */
  readonly problem: string | null;
}

const WAYS = [
  "ours, 1 thread",
  "ours, 2 threads",
  "ours through DuckDB, 2 threads",
  "DuckDB, count(DISTINCT), 2 threads",
  "DuckDB, GROUP BY, 1 thread",
  "DuckDB, GROUP BY, 2 threads",
] as const;

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

function problemOf(error: unknown): string {
  const said = String((error as { stderr?: unknown }).stderr ?? error);
  return said.split("\n").find((line) => line.includes("Error")) ?? said.slice(0, 200);
}

/** The whole suite under a limit, each way once and in a process of its own, so that its peak memory is its own. */
export async function* large(
  rows: number,
  memoryLimit: string,
  only: (name: string) => boolean,
): AsyncGenerator<LargeRow> {
  const file = await largeOrdersFile(rows);
  // Beside the file, and not in the system's folder, which may be memory itself.
  const spillFolder = mkdtempSync(here("../data/spill-"));
  try {
    for (const name of WAYS.filter(only)) {
      const args = ["--import", "tsx", here("../largeRun.ts"), name, file, memoryLimit, spillFolder];
      const row = { name, rows, memoryLimit };
      try {
        const output = execFileSync(process.execPath, args, { encoding: "utf8", stdio: "pipe" });
        const { milliseconds, peak } = JSON.parse(output);
        yield { ...row, seconds: milliseconds / 1000, peakMegabytes: Math.round(peak / 1e6), problem: null };
      } catch (error) {
        yield { ...row, seconds: null, peakMegabytes: null, problem: problemOf(error) };
      }
    }
  } finally {
    rmSync(spillFolder, { recursive: true, force: true });
  }
}
