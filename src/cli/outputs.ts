import { resolve } from "node:path";
import { type AtomicFile, createAtomicFile } from "../io/atomicFile.js";
import type { RunJson } from "../results/run.js";
import { type Arguments, usageError } from "./arguments.js";
import { located, type Surroundings } from "./surroundings.js";

const RENDERERS = {
  json: async () => (run: RunJson) => `${JSON.stringify(run, null, 2)}\n`,
  junit: async () => (await import("../report/junit.js")).renderJUnit,
  markdown: async () => (await import("../report/markdown.js")).renderMarkdown,
} as const;

/** A result that was asked for: where it goes, undefined for stdout, and the form it has. */
interface WantedOutput {
  readonly form: keyof typeof RENDERERS;
  readonly file: AtomicFile | undefined;
}

/** Results that go to files beside the report, or to stdout in its place. */
export interface Outputs {
  readonly takesStdout: boolean;
  /** Writes every result there is to write; gives what went wrong. */
  write(run: RunJson): Promise<unknown[]>;
  abort(): Promise<void>;
}

/** Refuses files that would overwrite each other or what is read. Throws ConfigError. */
export function checkPaths(args: Arguments, read: readonly string[], { cwd }: Surroundings): void {
  const taken = new Map(read.map((path) => [resolve(cwd, path), path]));
  for (const name of ["accepted", "quarantine", "json", "junit", "markdown"]) {
    const typed = args.value(name);
    if (typed === undefined) continue;
    const path = typed === "-" ? "-" : resolve(cwd, typed);
    const other = taken.get(path);
    if (other !== undefined) {
      throw usageError("check", `--${name} ${typed} would overwrite ${other}; give it a name of its own`);
    }
    taken.set(path, `--${name}`);
  }
  for (const name of ["accepted", "quarantine"]) {
    if (args.value(name) === "-")
      throw usageError("check", `--${name} takes a file; rows don't go to stdout`);
  }
}

/** Starts the files before anything is read, so that a run isn't lost to a folder that can't be written. Throws EngineError. */
export async function openOutputs(args: Arguments, surroundings: Surroundings): Promise<Outputs> {
  const wanted: WantedOutput[] = [];
  const abort = async () => {
    for (const { file } of wanted) await file?.abort();
  };
  try {
    for (const form of Object.keys(RENDERERS) as (keyof typeof RENDERERS)[]) {
      const path = args.value(form);
      if (path === undefined) continue;
      const file = path === "-" ? undefined : await createAtomicFile(located(path, surroundings));
      wanted.push({ form, file });
    }
  } catch (error) {
    await abort();
    throw error;
  }
  async function writeOne({ form, file }: WantedOutput, run: RunJson): Promise<void> {
    const text = (await RENDERERS[form]())(run);
    if (file === undefined) {
      surroundings.stdout.write(text);
      return;
    }
    await file.write(new TextEncoder().encode(text));
    await file.commit();
  }
  return {
    takesStdout: wanted.some(({ file }) => file === undefined),
    async write(run) {
      const problems: unknown[] = [];
      for (const output of wanted) {
        await writeOne(output, run).catch(async (error) => {
          problems.push(error);
          await output.file?.abort();
        });
      }
      return problems;
    },
    abort,
  };
}
