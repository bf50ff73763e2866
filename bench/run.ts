import { execFileSync } from "node:child_process";
import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { cases } from "./cases.js";

const { values } = parseArgs({ options: { quick: { type: "boolean" }, json: { type: "string" } } });
const rows = values.quick ? 1_000_000 : 10_000_000;
const repeats = values.quick ? 1 : 5;
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const say = (text: string) => process.stdout.write(`${text}\n`);

interface Row {
  readonly name: string;
  readonly rows: number;
  /** Milliseconds. */
  readonly ours: { readonly median: number; readonly min: number; readonly max: number; readonly threads: 1 };
  readonly rowsPerSecond: number;
  readonly peakMegabytes: number;
}

function summarise(name: string, measured: { read: number; times: number[]; peak: number }): Row {
  const times = [...measured.times].sort((a, b) => a - b);
  const median = times[Math.floor(times.length / 2)]!;
  return {
    name,
    rows: measured.read,
    ours: { median, min: times[0]!, max: times.at(-1)!, threads: 1 },
    rowsPerSecond: Math.round(measured.read / (median / 1000)),
    peakMegabytes: Math.round(measured.peak / 1e6),
  };
}

function measure(name: string): Row {
  const args = ["--import", "tsx", here("measure.ts"), name, String(rows), String(repeats)];
  // A first, unmeasured process writes the generated file, so that its memory isn't the case's.
  execFileSync(process.execPath, [...args.slice(0, -1), "0"], { stdio: ["ignore", "pipe", "inherit"] });
  const output = execFileSync(process.execPath, args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  return summarise(name, JSON.parse(output));
}

/** The whole command on a file of 1,000 rows, start to exit. */
function startUp(): Row {
  const folder = mkdtempSync(join(tmpdir(), "veritable-bench-"));
  const file = join(folder, "rows.csv");
  const suite = join(folder, "suite.json");
  writeFileSync(file, `id,name\n${Array.from({ length: 1000 }, (_, i) => `${i},n${i}`).join("\n")}\n`);
  writeFileSync(suite, JSON.stringify({ name: "small", expectations: [{ type: "notNull", column: "id" }] }));
  const times: number[] = [];
  for (let i = 0; i < Math.max(3, repeats); i++) {
    const start = performance.now();
    execFileSync(process.execPath, [here("../dist/cli.js"), "check", file, "--suite", suite], {
      stdio: "ignore",
    });
    times.push(performance.now() - start);
  }
  rmSync(folder, { recursive: true });
  return summarise("veritable check, 1,000 rows of CSV", { read: 1000, times, peak: 0 });
}

const table: Row[] = [];
const head = ["case", "rows", "median ms", "min", "max", "rows/s", "peak MB"];
say(
  `${process.version}, ${cpus()[0]?.model ?? "?"}, ${cpus().length} cores; ${repeats} runs each, one thread`,
);
say(`| ${head.join(" | ")} |\n|${" --- |".repeat(head.length)}`);
const show = (row: Row) => {
  const { median, min, max } = row.ours;
  const cells = [
    row.name,
    row.rows,
    ...[median, min, max].map(Math.round),
    row.rowsPerSecond,
    row.peakMegabytes || "",
  ];
  say(
    `| ${cells.map((cell) => (typeof cell === "number" ? cell.toLocaleString("en-US") : cell)).join(" | ")} |`,
  );
  table.push(row);
};
for (const name of cases.keys()) show(measure(name));
show(startUp());
const [none, all] = ["four row rules, no row fails", "four row rules, every row fails each"].map(
  (name) => table.find((row) => row.name === name)!.ours.median,
);
say(`\nfailing every row costs ${(all! / none!).toFixed(2)} times failing none`);

if (values.json !== undefined) {
  const aside = `${values.json}.part`;
  writeFileSync(
    aside,
    `${JSON.stringify({ node: process.version, cores: cpus().length, rows: table }, null, 2)}\n`,
  );
  renameSync(aside, values.json);
}
