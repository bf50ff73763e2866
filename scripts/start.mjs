import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

// The main job on real data: three million flights, held against a suite that a person would write.
const home = fileURLToPath(new URL("..", import.meta.url));
const args = [
  "check",
  "node_modules/vega-datasets/data/flights-3m.parquet",
  "--suite",
  "suites/flights.json",
  "--accepted",
  "out/flights.accepted.parquet",
  "--quarantine",
  "out/flights.quarantined.parquet",
  "--json",
  "out/flights.result.json",
];
mkdirSync(join(home, "out"), { recursive: true });
process.stdout.write(`veritable ${args.join(" ")}\n\n`);
const { status } = spawnSync(process.execPath, ["dist/cli.js", ...args], { cwd: home, stdio: "inherit" });
process.exitCode = status ?? 1;
