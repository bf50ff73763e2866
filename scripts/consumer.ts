import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** A project elsewhere that has installed the package from its tarball. */
export interface Consumer {
  readonly folder: string;
  readonly tarball: string;
  /** Writes a file into it. */
  write(file: string, text: string): void;
  /** Installs a package that the repository has. */
  link(name: string): void;
  /** Runs a program in it and gives what it printed. Throws with what it printed when it fails. */
  run(program: string, ...args: string[]): string;
  remove(): void;
}

interface Failed {
  readonly stdout?: string;
  readonly stderr?: string;
}

/** Runs a program. Throws an Error that holds what it printed. */
export function run(cwd: string, program: string, args: readonly string[]): string {
  try {
    return execFileSync(program, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    const { stdout = "", stderr = "" } = error as Failed;
    throw new Error(`${program} ${args.join(" ")} failed\n${stdout}${stderr}`.trimEnd(), { cause: error });
  }
}

/** Packs what is built and unpacks it into a new project, beside links to what it depends on. */
export function makeConsumer(): Consumer {
  const folder = mkdtempSync(join(tmpdir(), "veritable-consumer-"));
  const pack = ["pack", "--ignore-scripts", "--json", "--pack-destination", folder];
  const [packed] = JSON.parse(run(ROOT, "npm", pack)) as { filename: string }[];
  const tarball = join(folder, packed!.filename);
  const installed = join(folder, "node_modules", "veritable");
  mkdirSync(installed, { recursive: true });
  run(folder, "tar", ["-xzf", tarball, "-C", installed, "--strip-components=1"]);

  const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const present = (name: string) => name in dependencies || name === "fast-check" || name === "vitest";
  const linked = Object.keys({ ...dependencies, ...peerDependencies, "@types/node": "" });
  const link = (name: string): void => {
    const place = join(folder, "node_modules", name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(ROOT, "node_modules", name), place);
  };
  for (const name of linked) if (present(name) || name === "@types/node") link(name);
  return {
    folder,
    tarball,
    write: (file, text) => writeFileSync(join(folder, file), text),
    link,
    run: (program, ...args) => run(folder, program, args),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
