import { ConfigError } from "../errors/index.js";
import { type DistributionName, distributions } from "./distributions/index.js";
import { demand } from "./options.js";

/** A law to compare a sample with: one of `distributions` with its parameters (shapes, loc, scale), or a cdf. */
export type LawSpec =
  | { readonly name: DistributionName; readonly parameters?: readonly number[] }
  | ((x: number) => number);

/** The cdf that a law stands for; an unknown name, or a function whose values are no probabilities, is a ConfigError. */
export function cdfOf(unit: string, law: LawSpec): (x: number) => number {
  if (typeof law === "function") {
    return (x) => {
      const p = law(x);
      demand(p >= 0 && p <= 1, unit, "law", p, `a probability at ${x}`);
      return p;
    };
  }
  const { name, parameters = [] } = law;
  if (!Object.hasOwn(distributions, name)) {
    const choices = Object.keys(distributions);
    throw new ConfigError(
      "config/unknown-name",
      `${unit}: no law ${JSON.stringify(name)}; choose one of ${choices.join(", ")}`,
      {
        unit,
        parameter: "law",
        value: name,
        choices,
      },
    );
  }
  return (x) => distributions[name].cdf(x, ...parameters);
}
