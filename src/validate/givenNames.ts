import { ConfigError, didYouMean } from "../errors/index.js";

/** A name that a suite leaves to the run, and the first expectation that says it. */
export interface LeftToRun {
  readonly name: string;
  readonly type: string;
}

/** An option of `validate` that gives things by name: `tables`; and what stands for one of them in a message. */
export interface NamingOption {
  readonly option: `${string}s`;
  readonly value: string;
}

/** What a run was given under a name. Throws ConfigError with the nearest name. */
export function givenUnder<T>(
  { name, type }: LeftToRun,
  given: Readonly<Record<string, T>> | undefined,
  { option, value }: NamingOption,
): T {
  const choices = Object.keys(given ?? {});
  if (given && choices.includes(name)) return given[name]!;
  throw new ConfigError(
    "config/missing-runtime-input",
    `${type} names the ${option.slice(0, -1)} ${JSON.stringify(name)}, which wasn't given${didYouMean(name, choices)}; validate takes it as ${option}: { ${JSON.stringify(name)}: ${value} }`,
    { unit: type, parameter: option, value: name, choices },
  );
}
