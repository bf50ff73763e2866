import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { type Consumer, makeConsumer, ROOT, run } from "./consumer.js";
import { COMMAND, ESM_ONLY, entriesOf, entryNames } from "./entries.js";

// Holds the package that is built to what its users will do with it: import it, require it, compile against it,
// bundle it, run it.

const nameOf = (entry: string) => (entry === "index" ? "veritable" : `veritable/${entry}`);
const imported = (format: "esm" | "cjs") => entriesOf(format).filter((name) => name !== COMMAND);
const esmOnly = entryNames().filter((name) => ESM_ONLY.includes(name));

/** Packages that nothing may load before it is needed. */
const ON_DEMAND = [
  "parquet-wasm",
  "re2js",
  "yaml",
  "csv-parse",
  "cli-progress",
  "zstddec",
  "@cfworker/json-schema",
];

const ofPackages = `node_modules/(${ON_DEMAND.join("|")})/`;

async function checkManifest({ folder }: Consumer): Promise<void> {
  const pkgDir = join(folder, "node_modules/veritable");
  const { messages, pkg } = await publint({ pkgDir, pack: false, strict: true });
  // It suggests conditions instead of the browser field, which can't name a module of Node's.
  const said = messages
    .filter(({ type }) => type !== "suggestion")
    .map((message) => formatMessage(message, pkg));
  if (said.length > 0) throw new Error(said.join("\n"));
}

function checkResolution({ tarball }: Consumer): void {
  const attw = (...args: string[]) =>
    run(ROOT, "npx", ["--no-install", "attw", tarball, "--format", "ascii", ...args]);
  attw(...esmOnly.flatMap((name) => ["--exclude-entrypoints", name]));
  // vitest refuses to be required, so its entry has no CommonJS form to resolve to.
  if (esmOnly.length > 0) attw("--profile", "esm-only", "--entrypoints", ...esmOnly);
}

const REAL = [
  [join(ROOT, "fixtures/orders.parquet"), join(ROOT, "suites/orders.json")],
  [join(ROOT, "node_modules/vega-datasets/data/flights-3m.parquet"), join(ROOT, "suites/flights.json")],
];

// A verdict that takes what is loaded on demand: the pattern engine, YAML, and a reader.
const VERDICT = `
  const stored = await suiteFromText("name: s\\nexpectations: [{ type: matches, column: code, pattern: '^[a-z]$' }]", "yaml");
  const run = await validate("data.csv", stored);
  if (run.status !== "pass") throw new Error(JSON.stringify(run.toJSON()));
`;

// All that the package offers: each expectation by its own example, and files of several pieces, each read twice, since
// what a build breaks may be broken by the first use.
const USE = `
  const { suiteFromText, suiteFromJson, readSuite, validate } = veritable;
  ${VERDICT}
  for (const { unit } of Object.values(veritable).filter((value) => value?.unit)) {
    suiteFromJson({ name: "s", expectations: [{ ...unit.about.example.params, type: unit.type }] });
  }
  for (const [file, suite] of ${JSON.stringify(REAL)}) {
    for (let time = 1; time <= 2; time++) {
      const found = await validate(file, await readSuite(suite));
      if (!found.rows) throw new Error(JSON.stringify(found.reasons));
      await found.close();
    }
  }
`;

function checkImport(consumer: Consumer): void {
  const lines = imported("esm")
    .filter((name) => !ESM_ONLY.includes(name))
    .map((name) => `await import("${nameOf(name)}");`);
  consumer.write("use.mjs", `import * as veritable from "veritable";\n${lines.join("\n")}\n{${USE}}`);
  consumer.run("node", "use.mjs");
}

function checkRequire(consumer: Consumer): void {
  // Interop translates patterns, and testing makes tables, as they are called: both have the engines at hand.
  const eager: string[] = imported("cjs").filter((name) => ["interop", "testing"].includes(name));
  const others = imported("cjs").filter((name) => !eager.includes(name));
  const requires = (names: string[]) => names.map((name) => `require("${nameOf(name)}");`).join("\n");
  const onDemand = JSON.stringify(`${ofPackages}|(Reader|Sink)-\\w+\\.cjs$`);
  consumer.write(
    "use.cjs",
    `const veritable = require("veritable");
${requires(others)}
const early = Object.keys(require.cache).filter((file) => new RegExp(${onDemand}).test(file));
if (early.length > 0) throw new Error("loaded at once: " + early.join(", "));
${requires(eager)}
(async () => {${USE}})().catch((error) => { process.stderr.write(error.stack); process.exitCode = 1; });`,
  );
  consumer.run("node", "use.cjs");
}

/** The engine that is a peer: told of where it isn't installed, used where it is, from both forms of the package. */
function checkEngine(consumer: Consumer): void {
  const [[file, suite]] = REAL as [[string, string]];
  const use = (veritable: string, engine: string) => `
    const { readSuite, validate } = ${veritable};
    const { duckdb } = ${engine};
    (async () => {
      const suite = await readSuite(${JSON.stringify(suite)});
      for (const engine of ["duckdb", duckdb({ threads: 1 })]) {
        const run = await validate(${JSON.stringify(file)}, suite, { engine });
        process.stdout.write(run.toJSON().engine + "\\n");
        await run.close();
      }
    })().catch((error) => process.stdout.write(error.code + " " + error.message + "\\n"));`;
  consumer.write("engine.mjs", use('await import("veritable")', 'await import("veritable/duckdb")'));
  consumer.write("engine.cjs", use('require("veritable")', 'require("veritable/duckdb")'));
  const says = (wanted: RegExp) => {
    for (const form of ["engine.mjs", "engine.cjs"]) {
      const said = consumer.run("node", form);
      if (!wanted.test(said)) throw new Error(`${form} says ${said}`);
    }
  };
  says(/^config\/missing-runtime-input .*npm install @duckdb\/node-api/);
  consumer.link("@duckdb/node-api");
  says(/^(?:duckdb\S*\s+){2}$/);
}

/** Threads find their program beside each form of the package, and beside the command. */
function checkThreads(consumer: Consumer): void {
  const [, [file, suite]] = REAL as [unknown, [string, string]];
  const use = (veritable: string) => `
    const { readSuite, validate } = ${veritable};
    const seen = new Set();
    process.on("worker", (worker) => {
      seen.add("started");
      worker.on("error", (error) => seen.add(error.message));
    });
    (async () => {
      const run = await validate(${JSON.stringify(file)}, await readSuite(${JSON.stringify(suite)}), { threads: 2 });
      seen.add(run.toJSON().engineReason ?? run.status);
      process.stdout.write([...seen].join(" "));
      await run.close();
    })();`;
  consumer.write("threads.mjs", use('await import("veritable")'));
  consumer.write("threads.cjs", use('require("veritable")'));
  for (const form of ["threads.mjs", "threads.cjs"]) {
    const said = consumer.run("node", form);
    if (said !== "started warn") throw new Error(`${form} says ${said}`);
  }
  const command = join(consumer.folder, "node_modules/veritable/dist", `${COMMAND}.js`);
  consumer.run(command, "check", file, "--suite", suite, "--threads", "2", "--json", "threads.json");
  const { engineReason } = JSON.parse(readFileSync(join(consumer.folder, "threads.json"), "utf8"));
  if (engineReason !== undefined) throw new Error(`the command says ${engineReason}`);
}

async function checkBundles({ folder }: Consumer): Promise<void> {
  const contents = imported("esm")
    .filter((name) => name === "index" || name === "stats" || name === "drift")
    .map((name) => `export * as ${name} from "${nameOf(name)}";`)
    .join("\n");
  // No option but the platform: what Node alone has must be gone by the package's own word.
  const { metafile } = await build({
    stdin: { contents, resolveDir: folder },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "browser",
    outdir: join(folder, "bundle"),
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  const entry = Object.keys(metafile.outputs).find((path) => path.endsWith("stdin.js"))!;
  const loaded = new Set([entry]);
  for (const chunk of loaded) {
    for (const { path, kind } of metafile.outputs[chunk]!.imports)
      if (kind !== "dynamic-import") loaded.add(path);
  }
  const inputs = [...loaded].flatMap((chunk) => Object.keys(metafile.outputs[chunk]!.inputs));
  const early = inputs.filter((path) => new RegExp(ofPackages).test(path));
  if (early.length > 0) throw new Error(`loaded at once: ${early.join(", ")}`);
}

/** Without side effects, as the manifest says: what a bundler leaves out on its word isn't missed. */
async function checkShaken({ folder, run, write }: Consumer): Promise<void> {
  write("shaken.mjs", `import { suiteFromText, validate } from "veritable";\n{${VERDICT}}`);
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  await build({
    absWorkingDir: folder,
    entryPoints: ["shaken.mjs"],
    bundle: true,
    format: "esm",
    platform: "node",
    external: Object.keys(dependencies),
    outfile: join(folder, "shaken.bundle.mjs"),
    logLevel: "silent",
  });
  run("node", "shaken.bundle.mjs");
}

function checkTypes(consumer: Consumer): void {
  const suites = readFileSync(join(ROOT, "test/types/suites.ts"), "utf8");
  consumer.write("suites.mts", suites);
  consumer.write("suites.cts", suites);
  consumer.write(
    "every.mts",
    imported("esm")
      .map((name) => `import * as ${name} from "${nameOf(name)}";\nvoid ${name};`)
      .join("\n"),
  );
  const files = ["suites.mts", "suites.cts", "every.mts"];
  if (esmOnly.includes("vitest")) {
    consumer.write("matcher.mts", MATCHER);
    files.push("matcher.mts");
  }
  const tsc = (...args: string[]) =>
    run(consumer.folder, process.execPath, [
      join(ROOT, "node_modules/typescript/bin/tsc"),
      "--noEmit",
      "--strict",
      "--exactOptionalPropertyTypes",
      "--skipLibCheck",
      "--target",
      "es2022",
      ...args,
    ]);
  tsc("--module", "nodenext", ...files);
  tsc(
    "--module",
    "esnext",
    "--moduleResolution",
    "bundler",
    ...files.filter((file) => file.endsWith(".mts")),
  );
}

const MATCHER = `import "veritable/vitest";
import { tableFromArrays } from "apache-arrow";
import { notNull, suite } from "veritable";
import { expect } from "vitest";
await expect(tableFromArrays({ id: [1] })).toMeet(suite("s", [notNull("id")]));
// @ts-expect-error it takes a suite
await expect(tableFromArrays({ id: [1] })).toMeet("s");
`;

function checkCommand(consumer: Consumer): void {
  const file = join(consumer.folder, "node_modules/veritable/dist", `${COMMAND}.js`);
  if (!readFileSync(file, "utf8").startsWith("#!/usr/bin/env node\n"))
    throw new Error(`${file} has no interpreter line`);
  if ((statSync(file).mode & 0o111) === 0) throw new Error(`${file} can't be executed`);
  consumer.write(
    "suite.json",
    JSON.stringify({ name: "s", expectations: [{ type: "notNull", column: "id" }] }),
  );
  consumer.run(file, "check", "data.csv", "--suite", "suite.json");
  consumer.run(file, "--help");
}

const consumer = makeConsumer();
consumer.write("package.json", JSON.stringify({ name: "consumer", private: true, type: "module" }));
consumer.write("data.csv", "id,code\n1,a\n2,b\n");
const checks = {
  "the manifest is sound (publint)": checkManifest,
  "every resolver finds code and types (attw)": checkResolution,
  "every entry can be imported and used": checkImport,
  "every entry can be required and used, loading on demand": checkRequire,
  "the DuckDB engine says what it lacks, and runs with it": checkEngine,
  "threads find their program": checkThreads,
  "a browser's bundler takes it as it is": checkBundles,
  "what is bundled and shaken still works": checkShaken,
  "its declarations hold the type tests": checkTypes,
  ...(entryNames().includes(COMMAND) ? { "the command runs": checkCommand } : {}),
};
for (const [claim, check] of Object.entries(checks)) {
  try {
    await check(consumer);
    process.stdout.write(`ok      ${claim}\n`);
  } catch (error) {
    process.stdout.write(`not ok  ${claim}\n${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
consumer.remove();
