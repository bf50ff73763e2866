import type { Profile } from "../drift/profile.js";
import { profileFromJson, readProfile, writeProfile } from "../drift/profileCodec.js";
import { ConfigError, InputError, VeritableError } from "../errors/index.js";
import { createAtomicFile } from "../io/atomicFile.js";

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const EXTENSION = ".json";

/** A folder of baselines by name. */
export interface BaselineStore {
  readonly directory: string;
  /** The baseline of this name, or undefined. Throws InputError when the file can't be trusted. */
  get(name: string): Promise<Profile | undefined>;
  /** Writes `name.json` aside and renames it; gives the path back. Throws EngineError. */
  put(name: string, profile: Profile): Promise<string>;
  /** The names there are, in order. */
  list(): Promise<string[]>;
}

function checkName(name: string): string {
  if (NAME.test(name)) return name;
  throw new ConfigError(
    "config/bad-value",
    `baselineStore: ${JSON.stringify(name)} can't be a baseline's name; it must match ${NAME.source}`,
    { unit: "baselineStore", parameter: "name", value: name },
  );
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "ENOENT";
}

/** Reads a baseline's file; undefined when there is none. Throws InputError that names it. */
export async function readBaseline(path: string): Promise<Profile | undefined> {
  const { readFile } = await import("node:fs/promises");
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw new InputError("input/unreadable", `baseline ${path} can't be read`, { unit: path, cause });
  }
  try {
    return readProfile(text);
  } catch (error) {
    if (!(error instanceof VeritableError)) throw error;
    throw new InputError(error.code, `${path}: ${error.message}`, { unit: path, cause: error });
  }
}

/** Writes a baseline's file aside and renames it. Throws EngineError, and InputError for a profile that was changed. */
export async function writeBaseline(path: string, profile: Profile): Promise<string> {
  const file = await createAtomicFile(path);
  try {
    await file.write(new TextEncoder().encode(writeProfile(profileFromJson(profile))));
    return await file.commit();
  } catch (error) {
    await file.abort();
    throw error;
  }
}

/** The baselines of a folder, which is made when the first one is put: `baselines/orders.json` is `orders`. */
export function baselineStore(directory: string): BaselineStore {
  const pathOf = async (name: string): Promise<string> => {
    const { join } = await import("node:path");
    return join(directory, `${checkName(name)}${EXTENSION}`);
  };
  return {
    directory,
    get: async (name) => readBaseline(await pathOf(name)),
    async put(name, profile) {
      const path = await pathOf(name);
      const { mkdir } = await import("node:fs/promises");
      await mkdir(directory, { recursive: true });
      return writeBaseline(path, profile);
    },
    async list() {
      const { readdir } = await import("node:fs/promises");
      const files = await readdir(directory).catch((error) => {
        if (isMissing(error)) return [] as string[];
        throw new InputError("input/unreadable", `baselines in ${directory} can't be listed`, {
          unit: directory,
          cause: error,
        });
      });
      return files
        .filter((file) => file.endsWith(EXTENSION))
        .map((file) => file.slice(0, -EXTENSION.length))
        .filter((name) => NAME.test(name))
        .sort();
    },
  };
}
