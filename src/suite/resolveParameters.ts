import { ConfigError } from "../errors/index.js";
import type { Expectation } from "../expectations/unit/expectation.js";
import { make } from "../expectations/unit/make.js";
import { missingParameter, parametersOf, withValues } from "../expectations/unit/parameter.js";
import { unitOf } from "../expectations/unit/registry.js";
import { makeSuite, type Suite } from "./suite.js";

function resolve(stored: Expectation, given: Readonly<Record<string, unknown>>): Expectation {
  const placed = parametersOf(stored);
  if (placed.length === 0) return stored;
  const choices = Object.keys(given).filter((name) => given[name] !== undefined);
  const { type, ...rest } = withValues(stored, (name) => {
    if (choices.includes(name)) return given[name];
    throw missingParameter(name, stored.type, choices);
  });
  try {
    const made = make(unitOf(stored.type), rest);
    if (parametersOf(made).length === 0) return made;
    throw new ConfigError("config/bad-value", `${stored.type}: a parameter can't stand for a parameter`);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const names = [...new Set(placed.map(({ name }) => JSON.stringify(name)))].join(", ");
    throw new ConfigError(error.code, `${error.message} (with params ${names})`, error.details);
  }
}

/**
 * The suite with values in place of its parameters, each expectation checked as if the values had been written; a suite
 * without parameters is itself. Throws ConfigError for a parameter that isn't given, and for a value that can't stand there.
 */
export function resolveParameters(suite: Suite, given: Readonly<Record<string, unknown>> = {}): Suite {
  const { name, expectations, ...policy } = suite;
  const resolved = expectations.map((stored) => resolve(stored, given));
  if (resolved.every((stored, nth) => stored === expectations[nth])) return suite;
  return makeSuite(name, resolved, policy);
}
