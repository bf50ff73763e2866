import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { entriesOf, THREADS } from "./entries.js";

const ROOT = new URL("../", import.meta.url);

function changedAt(path: string): number {
  return statSync(new URL(path, ROOT), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** When the newest thing that the build reads was changed. */
function newestSource(): number {
  const sources = readdirSync(new URL("src/", ROOT), { recursive: true, encoding: "utf8" });
  const read = [...sources.map((file) => `src/${file}`), "package.json", "tsconfig.json", "tsup.config.ts"];
  return Math.max(...read.map(changedAt));
}

/** When the oldest entry was built; 0 when one is missing. */
function oldestBuilt(): number {
  const files = [
    ...[...entriesOf("esm"), ...Object.keys(THREADS)].map((name) => `${name}.js`),
    ...entriesOf("cjs").map((name) => `${name}.cjs`),
  ];
  return Math.min(...files.map((file) => changedAt(`dist/${file}`)));
}

// The code alone: declarations take seven times as long, and nothing that runs reads them.
if (oldestBuilt() < newestSource()) {
  const { name } = JSON.parse(readFileSync(new URL("package.json", ROOT), "utf8"));
  process.stdout.write(`building ${name} (dist is missing or older than src)\n`);
  const built = spawnSync("npm", ["run", "--silent", "build:code"], {
    cwd: fileURLToPath(ROOT),
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
  });
  if (built.status !== 0) {
    process.stderr.write(`${built.stdout ?? ""}${built.stderr ?? ""}${built.error?.message ?? ""}\n`);
    process.exitCode = 1;
  }
}
