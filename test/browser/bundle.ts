import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { type BuildResult, build, type Plugin } from "esbuild";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

// A browser has no modules of Node's; left as they are, they show in the graph instead of being shimmed away.
const nodeModules: Plugin = {
  name: "node-modules-stay-out",
  setup({ onResolve }) {
    onResolve({ filter: /^node:/ }, ({ path }) => ({ path, external: true }));
  },
};

type Bundled = BuildResult<{ write: false; metafile: true }>;

/** Bundles an entry for a browser, minified, split where it imports on demand. */
export function bundle(entry: string): Promise<Bundled> {
  return build({
    absWorkingDir: ROOT,
    entryPoints: { entry },
    alias: { veritable: "./src/entries/index.ts" },
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    outdir: "out/browser",
    write: false,
    metafile: true,
    logLevel: "silent",
    plugins: [nodeModules],
  });
}

/** What a browser loads before the first line runs. */
export interface StaticGraph {
  readonly bytes: number;
  readonly gzipBytes: number;
  /** The modules in it: `src/file.ts`, or a package by its name. */
  readonly modules: ReadonlySet<string>;
  /** What it imports that isn't in the bundle. */
  readonly outside: readonly string[];
}

/** A source file as it is, a file of a package as the package. */
function moduleName(input: string): string {
  return /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? input;
}

/** Follows the static imports of a bundle's entry. */
export function staticGraph({ metafile, outputFiles }: Bundled): StaticGraph {
  const { outputs } = metafile;
  const entry = Object.keys(outputs).find((path) => path.endsWith("/entry.js"))!;
  const chunks = new Set([entry]);
  const outside: string[] = [];
  for (const chunk of chunks) {
    for (const { path, kind, external } of outputs[chunk]!.imports) {
      if (kind === "dynamic-import") continue;
      if (external) outside.push(path);
      else chunks.add(path);
    }
  }
  const files = [...chunks].map((chunk) => outputFiles.find(({ path }) => path === `${ROOT}${chunk}`)!);
  return {
    bytes: files.reduce((sum, { contents }) => sum + contents.length, 0),
    gzipBytes: files.reduce((sum, { contents }) => sum + gzipSync(contents).length, 0),
    modules: new Set([...chunks].flatMap((chunk) => Object.keys(outputs[chunk]!.inputs).map(moduleName))),
    outside,
  };
}
