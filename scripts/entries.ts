import { readdirSync } from "node:fs";

const ENTRIES = new URL("../src/entries/", import.meta.url);

/** The command, which nobody imports. */
export const COMMAND = "cli";

/** Entries without a CommonJS form: vitest refuses to be required. */
export const ESM_ONLY: readonly string[] = ["vitest"];

/** What threads run: files that stand beside the entries, and that nobody imports. */
export const THREADS: Readonly<Record<string, string>> = {
  judgeWorker: "src/engines/arrow/threads/judgeWorker.ts",
};

/** The entries there are, by the name of their file, the main one first. */
export function entryNames(): string[] {
  const names = readdirSync(ENTRIES).filter((file) => file.endsWith(".ts"));
  const sorted = names.map((file) => file.slice(0, -".ts".length)).sort();
  return ["index", ...sorted.filter((name) => name !== "index")];
}

/** The entries that are built in a format. */
export function entriesOf(format: "esm" | "cjs"): string[] {
  const names = entryNames();
  return format === "esm" ? names : names.filter((name) => name !== COMMAND && !ESM_ONLY.includes(name));
}

// Modules of Node's that are imported where they are needed: a browser has none, and its bundler gets nothing for them.
const NODE_MODULES = [
  "buffer",
  "crypto",
  "fs",
  "fs/promises",
  "module",
  "os",
  "path",
  "url",
  "worker_threads",
  "zlib",
];

// csv-parse imports Node's streams, and is wanted for files only, which a browser has none of.
const NODE_PACKAGES = ["csv-parse", "csv-parse/sync"];

function conditions(name: string): object {
  const form = (types: string, file: string) => ({
    types: `./dist/${name}.${types}`,
    default: `./dist/${name}.${file}`,
  });
  if (ESM_ONLY.includes(name)) return form("d.ts", "js");
  return { import: form("d.ts", "js"), require: form("d.cts", "cjs") };
}

/** The fields of package.json that follow from the entries. */
export function packageFields(): Record<string, unknown> {
  const names = entryNames();
  const imported = names.filter((name) => name !== COMMAND);
  const exports = imported.map((name) => [name === "index" ? "." : `./${name}`, conditions(name)]);
  // Importing these does something: matchers are registered, a command runs.
  const required = entriesOf("cjs").filter((name) => name !== "index");
  const acting = names.filter((name) => name === COMMAND || ESM_ONLY.includes(name));
  return {
    main: "./dist/index.cjs",
    module: "./dist/index.js",
    types: "./dist/index.d.cts",
    // For compilers that don't read exports.
    typesVersions: { "*": Object.fromEntries(required.map((name) => [name, [`dist/${name}.d.cts`]])) },
    exports: {
      ...Object.fromEntries(exports),
      "./schemas/*.json": "./schemas/*.json",
      "./package.json": "./package.json",
    },
    browser: Object.fromEntries([...NODE_MODULES, ...NODE_PACKAGES].map((name) => [name, false])),
    ...(names.includes(COMMAND) ? { bin: { veritable: `dist/${COMMAND}.js` } } : {}),
    sideEffects: acting.length > 0 ? acting.map((name) => `./dist/${name}.js`) : false,
  };
}
