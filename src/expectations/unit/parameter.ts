import * as z from "zod";
import { ConfigError, didYouMean } from "../../errors/index.js";

/** A value that a suite names and a run is given, in stored form. */
export interface Parameter {
  readonly $param: string;
}

/** The stored form of a parameter. */
export const parameterSchema = z.strictObject({ $param: z.string().min(1) });

/**
 * A value that is given at run time, as `params: { minQty: 1 }`, typed as what it stands for. It stands wherever an
 * expectation takes a value: a bound, a list of values, an option, inside a condition. Columns keep their names. What it
 * stands for is checked when it is given, as if it had been written.
 *
 * @example between("qty", { min: param("minQty") })
 */
export function param<T>(name: string): T {
  const made = { $param: name };
  if (isParameter(made)) return Object.freeze(made) as unknown as T;
  throw new ConfigError("config/bad-value", `param(${JSON.stringify(name)}): a name is text`, {
    parameter: "name",
    value: name,
  });
}

/** True for a parameter in stored form. */
export function isParameter(value: unknown): value is Parameter {
  return parameterSchema.safeParse(value).success;
}

/** Where a parameter stands in an expectation. */
export interface Placed {
  readonly name: string;
  readonly path: readonly string[];
}

// What an author says of an expectation is kept untouched.
const SAID: readonly string[] = ["type", "id", "description", "tags", "meta"];

function within(value: unknown, path: readonly string[]): Placed[] {
  if (value === null || typeof value !== "object") return [];
  if (isParameter(value)) return [{ name: value.$param, path }];
  return Object.entries(value).flatMap(([key, part]) => within(part, [...path, key]));
}

/** The parameters of an expectation in stored form. */
export function parametersOf(stored: object): Placed[] {
  return Object.entries(stored).flatMap(([key, part]) => (SAID.includes(key) ? [] : within(part, [key])));
}

/** A parameter that nobody gave. */
export function missingParameter(name: string, type: string, choices: readonly string[]): ConfigError {
  return new ConfigError(
    "config/missing-runtime-input",
    `${type} names the parameter ${JSON.stringify(name)}, which wasn't given${didYouMean(name, choices)}; validate takes it as params: { ${JSON.stringify(name)}: value }`,
    { unit: type, parameter: "params", value: name, choices },
  );
}

/** The stored form of an expectation with values in place of its parameters. */
export function withValues(stored: object, valueFor: (name: string) => unknown): Record<string, unknown> {
  const replace = (value: unknown): unknown => {
    if (value === null || typeof value !== "object") return value;
    if (isParameter(value)) return valueFor(value.$param);
    if (Array.isArray(value)) return value.map(replace);
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, replace(part)]));
  };
  const parts = Object.entries(stored);
  return Object.fromEntries(parts.map(([key, part]) => [key, SAID.includes(key) ? part : replace(part)]));
}
