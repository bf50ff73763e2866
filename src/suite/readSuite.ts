import { ConfigError, VeritableError } from "../errors/index.js";
import { suiteFromText } from "./codec.js";
import type { Suite } from "./suite.js";

/** Reads a suite from a file: `.json`, `.yaml` or `.yml`. Throws ConfigError that names the file. */
export async function readSuite(path: string): Promise<Suite> {
  let text: string;
  try {
    const { readFile } = await import("node:fs/promises");
    text = await readFile(path, "utf8");
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    throw new ConfigError(
      "config/bad-value",
      `suite ${path} ${missing ? "doesn't exist" : "can't be read"}`,
      {
        value: path,
        cause,
      },
    );
  }
  try {
    return await suiteFromText(text, /\.ya?ml$/i.test(path) ? "yaml" : "json");
  } catch (error) {
    if (!(error instanceof VeritableError)) throw error;
    throw new ConfigError(error.code, `${path}: ${error.message}`, error.details);
  }
}
