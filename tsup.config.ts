import { defineConfig, type Options } from "tsup";
import { IN_COMMONJS, IN_THE_COMMAND } from "./scripts/bundled.js";
import { COMMAND, entriesOf, THREADS } from "./scripts/entries.js";

function paths(names: string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, `src/entries/${name}.ts`]));
}

function withSubpaths(names: string[]): RegExp[] {
  return names.map((name) => new RegExp(`^${name}(/|$)`));
}

function form(format: "esm" | "cjs"): Options {
  const names = entriesOf(format).filter((name) => name !== COMMAND);
  return {
    format,
    entry: paths(names),
    dts: { entry: paths(names) },
    outDir: "dist",
    target: "node20",
    platform: "neutral",
    // Readers, patterns and YAML are chunks of their own in both forms, and all entries share one copy of the errors.
    splitting: true,
    treeshake: false,
    sourcemap: false,
  };
}

// A command is loaded anew each time: out of some 300 files, what every check needs takes 0.15 s longer than out of one.
const command: Options = {
  ...form("esm"),
  entry: paths([COMMAND]),
  dts: false,
  platform: "node",
  noExternal: withSubpaths(IN_THE_COMMAND),
  esbuildOptions: (options) => {
    // One folder down, as src/cli is: the catalogue is found from there.
    options.chunkNames = "cli/[name]-[hash]";
  },
};

const modules = form("esm");

export default defineConfig([
  { ...modules, entry: { ...(modules.entry as Record<string, string>), ...THREADS } },
  command,
  {
    ...form("cjs"),
    noExternal: withSubpaths(IN_COMMONJS),
    // A CommonJS file that says import.meta can't even be parsed.
    esbuildOptions: (options) => {
      options.define = { ...options.define, "import.meta.url": "__filename" };
    },
  },
]);
