import { ConfigError } from "../../errors/index.js";
import type { Tails } from "../special/incompleteGamma.js";

/**
 * A probability law with scipy's names and argument order: the point, the law's shape parameters, then an optional
 * location and scale. Parameters outside the law's domain are a ConfigError.
 */
export interface Distribution {
  /** P(X ≤ x). */
  cdf(x: number, ...parameters: number[]): number;
  /** P(X > x), accurate where it is small. */
  sf(x: number, ...parameters: number[]): number;
  /** The smallest x with cdf(x) ≥ p. */
  ppf(p: number, ...parameters: number[]): number;
  /** The smallest x with sf(x) ≤ p, accurate where p is small. */
  isf(p: number, ...parameters: number[]): number;
}

/** What defines a law in its standard form. */
export interface Law {
  readonly shapes: readonly string[];
  /** Whether the shape parameters make sense. */
  readonly valid?: (...shapes: number[]) => boolean;
  readonly support?: (...shapes: number[]) => readonly [number, number];
  readonly tails: (x: number, ...shapes: number[]) => Tails;
  /** The quantile in closed form, given both tails; the smaller one is exact. */
  readonly quantile?: (lower: number, upper: number, ...shapes: number[]) => number;
}

/** The four functions of a law, its location and scale included. */
export function distribution(name: string, law: Law): Distribution {
  const read = (parameters: readonly number[]) => {
    const count = law.shapes.length;
    const shapes = parameters.slice(0, count);
    const location = parameters[count] ?? 0;
    const scale = parameters[count + 1] ?? 1;
    const usable =
      shapes.length === count &&
      parameters.length <= count + 2 &&
      parameters.every((value) => Number.isFinite(value)) &&
      scale > 0 &&
      (law.valid?.(...shapes) ?? true);
    if (usable) return { shapes, location, scale };
    const signature = [...law.shapes, "loc = 0", "scale = 1"].join(", ");
    throw new ConfigError(
      "config/bad-value",
      `${name}: the parameters (${parameters.join(", ")}) are outside the domain of (${signature})`,
      { unit: name, parameter: "parameters", value: parameters },
    );
  };
  const tails = (x: number, parameters: readonly number[]): Tails => {
    const { shapes, location, scale } = read(parameters);
    if (!Number.isNaN(x)) return law.tails((x - location) / scale, ...shapes);
    throw new ConfigError("config/bad-value", `${name}: x is NaN; it must be a number`, { unit: name });
  };
  const quantile = (lower: number, upper: number, parameters: readonly number[]): number => {
    const { shapes, location, scale } = read(parameters);
    if (!(lower >= 0 && upper >= 0)) {
      throw new ConfigError("config/bad-value", `${name}: p must be a probability, in [0, 1]`, {
        unit: name,
      });
    }
    const [first, last] = law.support?.(...shapes) ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    if (lower === 0) return location + scale * first;
    if (upper === 0) return location + scale * last;
    const standard = law.quantile
      ? law.quantile(lower, upper, ...shapes)
      : invert((x) => law.tails(x, ...shapes), lower, upper, first, last);
    return location + scale * standard;
  };
  return {
    cdf: (x, ...parameters) => tails(x, parameters).lower,
    sf: (x, ...parameters) => tails(x, parameters).upper,
    ppf: (p, ...parameters) => quantile(p, 1 - p, parameters),
    isf: (p, ...parameters) => quantile(1 - p, p, parameters),
  };
}

/** Bisection over the doubles of the support: some 65 steps, whatever the scale of the answer. */
function invert(
  tails: (x: number) => Tails,
  lower: number,
  upper: number,
  first: number,
  last: number,
): number {
  let low = Math.max(first, -Number.MAX_VALUE);
  let high = Math.min(last, Number.MAX_VALUE);
  for (;;) {
    const x = middle(low, high);
    if (x <= low || x >= high) return high;
    const at = tails(x);
    const reached = lower <= upper ? at.lower >= lower : at.upper <= upper;
    if (reached) high = x;
    else low = x;
  }
}

function middle(low: number, high: number): number {
  if (low < 0) return high > 0 ? 0 : -middle(-high, -low);
  const least = Math.max(low, 5e-324);
  if (high > 4 * least) return Math.sqrt(least) * Math.sqrt(high);
  return low + (high - low) / 2;
}
