import { type Expectation, suite, unique, type ValidateOptions, validate } from "veritable";
import { openPeer } from "./peer/duckdb.js";
import { comparisons } from "./peer/inMemory.js";

/** One way to ask all of a large file, in a process of its own: prints one line of JSON. */
const [way = "", file = "", memoryLimit = "", spillFolder = ""] = process.argv.slice(2);

const cheap = comparisons(100).find(({ name }) => name === "20 cheap checks")!;
const checks: Expectation[] = [...cheap.expectations, unique("id"), unique("email")];
const from = `FROM read_parquet('${file}')`;
const [selected] = cheap.sql.split(/ FROM t$/);

async function ours(options: ValidateOptions): Promise<void> {
  const run = await validate(file, suite("whole", checks), { ...options, memoryLimit, spillFolder });
  await run.close();
  if (run.status !== "pass") throw new Error(`Error: ${run.status}`);
}

async function duckdb(threads: number, queries: readonly string[]): Promise<void> {
  const peer = await openPeer(memoryLimit);
  await peer.connection.run(`SET temp_directory = '${spillFolder}'`);
  await peer.connection.run(`SET threads = ${threads}`);
  for (const query of queries) await (await peer.connection.run(query)).fetchAllChunks();
  peer.close();
}

const distinct = [`${selected}, count(DISTINCT id), count(DISTINCT email) ${from}`];
// What it can do out of core, where a count of distinct values can't be.
const grouped = [
  `${selected} ${from}`,
  ...["id", "email"].map((name) => `SELECT count(*) FROM (SELECT ${name} ${from} GROUP BY ${name})`),
];

const ways: ReadonlyMap<string, () => Promise<void>> = new Map([
  ["ours, 1 thread", () => ours({ threads: 1 })],
  ["ours, 2 threads", () => ours({ threads: 2 })],
  ["ours through DuckDB, 2 threads", () => ours({ engine: "duckdb", threads: 2 })],
  ["DuckDB, count(DISTINCT), 2 threads", () => duckdb(2, distinct)],
  ["DuckDB, GROUP BY, 1 thread", () => duckdb(1, grouped)],
  ["DuckDB, GROUP BY, 2 threads", () => duckdb(2, grouped)],
]);
const ask = ways.get(way);
if (!ask) throw new Error(`no way ${JSON.stringify(way)}`);
const start = performance.now();
await ask();
const milliseconds = performance.now() - start;
// Linux and macOS count in KiB here; libuv settles it.
const peak = process.resourceUsage().maxRSS * 1024;
process.stdout.write(`${JSON.stringify({ milliseconds, peak })}\n`);
