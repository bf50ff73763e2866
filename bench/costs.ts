import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cases } from "./cases.js";
import { summary, type Timing } from "./peer/timing.js";

/** What one of our own jobs costs, in time and memory. */
export interface Cost {
  readonly name: string;
  readonly rows: number;
  readonly ours: Timing;
  readonly rowsPerSecond: number;
  /** 0 where it isn't measured. */
  readonly peakMegabytes: number;
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

function costOf(name: string, measured: { read: number; times: number[]; peak: number }): Cost {
  const ours = summary(1, measured.times);
  const rowsPerSecond = Math.round(measured.read / (ours.median / 1000));
  return { name, rows: measured.read, ours, rowsPerSecond, peakMegabytes: Math.round(measured.peak / 1e6) };
}

function inOwnProcess(name: string, rows: number, repeats: number): Cost {
  const args = ["--import", "tsx", here("measure.ts"), name, String(rows), String(repeats)];
  // A first, unmeasured process writes the generated file, so that its memory isn't the case's.
  execFileSync(process.execPath, [...args.slice(0, -1), "0"], { stdio: ["ignore", "pipe", "inherit"] });
  const output = execFileSync(process.execPath, args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  return costOf(name, JSON.parse(output));
}

/** The whole command on a file of 1,000 rows, start to exit. */
function startUp(repeats: number): Cost {
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
  return costOf("veritable check, 1,000 rows of CSV", { read: 1000, times, peak: 0 });
}

/** Our own jobs, each in a process of its own. */
export function* costs(rows: number, repeats: number, only: (name: string) => boolean): Generator<Cost> {
  for (const name of cases.keys()) if (only(name)) yield inOwnProcess(name, rows, repeats);
  if (only("veritable check")) yield startUp(repeats);
}
