/**
 * What our engine and DuckDB take of one core for the same suites over the same files, and what it takes to load
 * DuckDB: the figures that `engine: "auto"` goes by. `npx tsx bench/engines.ts [ROWS...]`; a million, and ten thousand, unless said.
 */
import { execFileSync } from "node:child_process";
import { cpus } from "node:os";
import {
  between,
  type Expectation,
  lengthBetween,
  matches,
  meanBetween,
  suite,
  unique,
  validate,
} from "veritable";
import { comparisons } from "./peer/inMemory.js";
import { CODECS, csvFile, ordersFile } from "./peer/parquet.js";
import { summary } from "./peer/timing.js";

const REPEATS = 5;
const said = process.argv.slice(2).map(Number);
const sizes = said.length > 0 ? said : [10_000, 1_000_000];
const cheap = comparisons(1).find(({ name }) => name === "20 cheap checks")!.expectations;

const suites: readonly (readonly [name: string, expectations: readonly Expectation[]])[] = [
  ["20 cheap checks, 4 columns open", cheap],
  ["range of floats", [between("price", { min: 5, max: 100 })]],
  ["mean of int64", [meanBetween("id", { min: 0 })]],
  ["length", [lengthBetween("email", { min: 10, max: 40 })]],
  ["pattern", [matches("email", /^[^@]+@[^@]+\.com$/)]],
  ["unique id", [unique("id")]],
  ["unique e-mail", [unique("email")]],
];

const say = (cells: readonly unknown[]) => process.stdout.write(`| ${cells.join(" | ")} |\n`);

/** Milliseconds of processors, medians: what else runs on the machine doesn't count. */
async function cpuTime(once: () => Promise<void>): Promise<string> {
  await once();
  const times: number[] = [];
  for (let i = 0; i < REPEATS; i++) {
    const before = process.cpuUsage();
    await once();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
  }
  return summary(1, times).median.toFixed(1);
}

const program = 'await import("@duckdb/node-api"); console.log(JSON.stringify(process.cpuUsage()))';
const loading = Array.from({ length: REPEATS }, () => {
  const args = ["--input-type=module", "--eval", program];
  const { user, system } = JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
  return (user + system) / 1000;
});

process.stdout.write(
  `${process.version}, ${cpus()[0]?.model ?? "?"}, ${cpus().length} cores; ms of one core, medians of ${REPEATS}\n`,
);
process.stdout.write(`a process that loads DuckDB: ${summary(1, loading).median.toFixed(0)}\n\n`);
say(["suite", "file", "rows", "MB decoded", "ours", "DuckDB"]);
say(Array(6).fill("---"));

async function compare(file: string, what: string, rows: number, asked: typeof suites): Promise<void> {
  for (const [name, expectations] of asked) {
    const checks = suite("engines", expectations);
    let megabytes = 0;
    const timeOf = (engine: "arrow" | "duckdb") =>
      cpuTime(async () => {
        const run = await validate(file, checks, { engine, threads: 1 });
        const { read, source } = run.toJSON();
        // DuckDB doesn't say what it decodes.
        const bytes = source.kind === "csv" ? source.bytes : read?.bytes;
        megabytes = Math.max(megabytes, (bytes ?? 0) / 1e6);
        await run.close();
      });
    const times = [await timeOf("arrow"), await timeOf("duckdb")];
    say([name, what, rows, megabytes.toFixed(1), ...times]);
  }
}

for (const rows of sizes) {
  for (const codec of CODECS) await compare(await ordersFile(rows, codec), codec, rows, suites);
}
const CSV_ROWS = 100_000;
await compare(await csvFile(CSV_ROWS), "CSV", CSV_ROWS, suites.slice(0, 2));
