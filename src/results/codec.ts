import { InputError } from "../errors/index.js";
import { type RunJson, runJson } from "./run.js";

/** Reads a saved run. Throws InputError for another format, a newer version, or anything that isn't one. */
export function parseRun(value: unknown): RunJson {
  const { format, version } = (value ?? {}) as { format?: unknown; version?: unknown };
  if (format !== "veritable/run") {
    throw new InputError(
      "input/unsupported",
      `not a saved run: format is ${JSON.stringify(format) ?? "missing"}`,
    );
  }
  if (version !== 1) {
    throw new InputError(
      "input/unsupported",
      `a run of version ${JSON.stringify(version)}; this library reads version 1`,
    );
  }
  const parsed = runJson.safeParse(value);
  // What was parsed lacks a key that a column may well have: the parser leaves "__proto__" out of its copy.
  if (parsed.success) return value as RunJson;
  const [issue] = parsed.error.issues;
  throw new InputError("input/corrupt", `a damaged run: ${issue?.path.join(".")}: ${issue?.message}`, {
    cause: parsed.error,
  });
}
