import { readFileSync, writeFileSync } from "node:fs";
import { packageFields } from "./entries.js";

// Makes package.json say what src/entries holds. With --check it changes nothing and fails when they differ.
const file = new URL("../package.json", import.meta.url);
const said: Record<string, unknown> = JSON.parse(readFileSync(file, "utf8"));
const wanted = packageFields();
const differing = Object.keys(wanted).filter(
  (key) => JSON.stringify(said[key]) !== JSON.stringify(wanted[key]),
);

if (differing.length > 0 && process.argv.includes("--check")) {
  process.stderr.write(
    `package.json: ${differing.join(", ")} differ from src/entries; run npm run build, and commit it\n`,
  );
  process.exitCode = 1;
} else if (differing.length > 0) {
  writeFileSync(file, `${JSON.stringify({ ...said, ...wanted }, null, 2)}\n`);
  process.stdout.write(`package.json: ${differing.join(", ")} now follow src/entries\n`);
}
