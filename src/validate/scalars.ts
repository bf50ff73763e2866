import { ConfigError } from "../errors/index.js";
import { unitOf } from "../expectations/unit/registry.js";
import type { Suite } from "../suite/suite.js";
import { givenUnder, type LeftToRun } from "./givenNames.js";
import type { ValidateOptions } from "./options.js";

/** The scalars that a suite names, in the order it names them. */
export function scalarsNamedBy(suite: Suite): LeftToRun[] {
  const found = new Map<string, LeftToRun>();
  for (const stored of suite.expectations) {
    for (const name of unitOf(stored.type).needs(stored as never).scalars ?? [])
      if (!found.has(name)) found.set(name, { name, type: stored.type });
  }
  return [...found.values()];
}

/** Makes sure that every scalar a suite names is given, and that all that are given are numbers. Throws ConfigError. */
export function requireScalars(suite: Suite, { scalars }: Pick<ValidateOptions, "scalars">): void {
  for (const [name, value] of Object.entries(scalars ?? {})) {
    if (Number.isFinite(value)) continue;
    const said = typeof value === "number" ? String(value) : typeof value;
    throw new ConfigError(
      "config/bad-value",
      `scalars: ${JSON.stringify(name)} is no finite number but ${said}`,
      {
        parameter: "scalars",
        value,
      },
    );
  }
  for (const named of scalarsNamedBy(suite)) {
    givenUnder(named, scalars, { option: "scalars", value: "number" });
  }
}
