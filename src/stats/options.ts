import { ConfigError, didYouMean } from "../errors/index.js";

/** `value` if it is one of `choices`, `fallback` if it is absent; anything else is a ConfigError. */
export function choice<T extends string>(
  unit: string,
  parameter: string,
  value: T | undefined,
  choices: readonly T[],
  fallback: T,
): T {
  if (value === undefined) return fallback;
  if (choices.includes(value)) return value;
  const shown = JSON.stringify(value);
  throw new ConfigError(
    "config/bad-value",
    `${unit}: ${parameter} is ${shown}; choose one of ${choices.join(", ")}${didYouMean(String(value), choices)}`,
    { unit, parameter, value, choices },
  );
}

/** Throws a ConfigError that says what `parameter` must be, unless `holds`. */
export function demand(
  holds: boolean,
  unit: string,
  parameter: string,
  value: unknown,
  must: string,
): asserts holds {
  if (holds) return;
  throw new ConfigError("config/bad-value", `${unit}: ${parameter} is ${String(value)}; it must be ${must}`, {
    unit,
    parameter,
    value,
  });
}
