/**
 * What it costs, beside DuckDB in the same run: `npm run bench [-- --quick] [--json FILE] [--only TEXT] [--growth]`.
 * `--quick` is a million rows, for CI; `--growth` adds how time grows, up to 100 million rows in memory. `--large` asks
 * another question alone: a suite with uniqueness of 100 million rows of Parquet in 1 GB, or of `--rows N` in `--limit SIZE`.
 */
import { renameSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { type Cost, costs } from "./costs.js";
import { type ComparedRow, compareInMemory } from "./peer/compareInMemory.js";
import { type GrowthRow, growth } from "./peer/growth.js";
import { type LargeRow, large } from "./peer/large.js";
import { compareParquet } from "./peer/parquet.js";

const { values } = parseArgs({
  options: {
    quick: { type: "boolean" },
    json: { type: "string" },
    only: { type: "string" },
    growth: { type: "boolean" },
    large: { type: "boolean" },
    rows: { type: "string" },
    limit: { type: "string" },
  },
});
if (!values.large && (values.rows ?? values.limit) !== undefined)
  throw new Error("--rows and --limit are for --large");
const rows = values.large ? Number(values.rows ?? 100_000_000) : values.quick ? 1_000_000 : 10_000_000;
const only = (name: string) => name.includes(values.only ?? "");

const say = (text: string) => process.stdout.write(`${text}\n`);
const shown = (cell: string | number) => (typeof cell === "number" ? cell.toLocaleString("en-US") : cell);
const line = (cells: readonly (string | number)[]) => say(`| ${cells.map(shown).join(" | ")} |`);
const tenth = (value: number) => Math.round(value * 10) / 10;

function heading(title: string, cells: readonly string[]): void {
  say(`\n${title}\n`);
  line(cells);
  line(cells.map(() => "---"));
}

say(
  `${process.version}, ${cpus()[0]?.model ?? "?"}, ${cpus().length} cores; ${rows.toLocaleString("en-US")} rows`,
);

function write(found: object): void {
  if (values.json === undefined) return;
  const report = { node: process.version, cores: cpus().length, tableRows: rows, ...found };
  writeFileSync(`${values.json}.part`, `${JSON.stringify(report, null, 2)}\n`);
  renameSync(`${values.json}.part`, values.json);
}

if (values.large) {
  const limit = values.limit ?? "1GB";
  const found: LargeRow[] = [];
  heading(
    `20 cheap checks, unique id and unique e-mail of a Parquet file, in ${limit}: once, a process each`,
    ["way", "seconds", "peak MB", ""],
  );
  for await (const row of large(rows, limit, only)) {
    const { name, seconds, peakMegabytes, problem } = row;
    line([name, seconds === null ? "" : tenth(seconds), peakMegabytes ?? "", problem ?? ""]);
    found.push(row);
  }
  write({ large: found });
  process.exit();
}

const compared: ComparedRow[] = [];
heading("Beside DuckDB: milliseconds, medians of 5; the ratio says how many times as fast ours is", [
  "case",
  "ours",
  "threads",
  "DuckDB",
  "threads",
  "ratio",
  "share of a copy loop",
]);
for (const measure of [compareInMemory, compareParquet]) {
  for await (const row of measure(rows, 5, only)) {
    const { name, ours, duckdb, ratio, copyShare } = row;
    const share = copyShare === null ? "" : `${tenth(copyShare * 100)} %`;
    line([
      name,
      tenth(ours.median),
      ours.threads,
      tenth(duckdb.median),
      duckdb.threads,
      ratio.toFixed(2),
      share,
    ]);
    compared.push(row);
  }
}
if (compared.length > 0) {
  const mean = Math.exp(compared.reduce((sum, { ratio }) => sum + Math.log(ratio), 0) / compared.length);
  say(`\ngeometric mean of the ratios: ${mean.toFixed(2)}`);
}

const repeats = values.quick ? 1 : 5;
const own: Cost[] = [];
heading(`Our own jobs, ${repeats} runs each, a process each`, [
  "job",
  "rows",
  "median ms",
  "min",
  "max",
  "rows/s",
  "peak MB",
]);
// Writing files is what takes longest.
const isAsked = (name: string) => only(name) && !(values.quick && name.includes("sinks"));
for (const cost of costs(rows, repeats, isAsked)) {
  const { median, min, max } = cost.ours;
  line([
    cost.name,
    cost.rows,
    ...[median, min, max].map(Math.round),
    cost.rowsPerSecond,
    cost.peakMegabytes || "",
  ]);
  own.push(cost);
}
const [none, all] = ["four row rules, no row fails", "four row rules, every row fails each"].map(
  (name) => own.find((cost) => cost.name === name)?.ours.median,
);
if (none && all) say(`\nfailing every row costs ${(all / none).toFixed(2)} times failing none`);

const grown: GrowthRow[] = [];
if (values.growth) {
  heading("How the time grows", ["what", "rows", "expectations", "median ms", "ns a row"]);
  for await (const row of growth(values.quick ? 1_000_000 : 100_000_000, 5)) {
    line([row.name, row.rows, row.expectations, tenth(row.median), tenth(row.nanosecondsPerRow)]);
    grown.push(row);
  }
}

write({ rows: compared, costs: own, growth: grown });
