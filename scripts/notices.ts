import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { IN_COMMONJS, IN_THE_COMMAND } from "./bundled.js";

// What is bundled keeps its licence: the package carries the licence and notice texts of all of it.
const root = fileURLToPath(new URL("..", import.meta.url));
const bundled = [...new Set([...IN_THE_COMMAND, ...IN_COMMONJS])].sort();
const notices = bundled.map((name) => {
  const folder = join(root, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copyright)/i.test(file));
  if (files.length === 0) throw new Error(`${name} has no licence text`);
  const texts = files.sort().map((file) => readFileSync(join(folder, file), "utf8").trim());
  return `${name} ${version} (${license})\n\n${texts.join("\n\n")}\n`;
});
const head = "The files of this folder hold code of these packages, under their own licences.\n";
writeFileSync(join(root, "dist/THIRD-PARTY-NOTICES.txt"), [head, ...notices].join(`\n${"-".repeat(80)}\n\n`));
