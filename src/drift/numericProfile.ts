import { isExact, type Knots, mergeKnots, reduceKnots, rowsOf, walkRanks } from "../metrics/knots.js";
import type { Gathered } from "../metrics/numberRuns.js";
import { mergeSpreads, type Spread, spreadOf } from "../metrics/spread.js";
import type { NumericProfile, Places } from "./profile.js";

/** Distinct values up to which all of them are kept. */
export const MOST_VALUES = 2000;
/** Equal steps of rank beyond that: divisible by 10, so that deciles are exact. */
export const BUCKETS = 1000;
/** Outermost values kept on either side. */
export const TAIL = 128;

/** Whether a profile is made small enough to keep, or holds all that was seen, for one comparison. */
export type Detail = "kept" | "whole";

function placesFrom({ values, at, gaps }: Knots): Places {
  return { values: Array.from(values), at: Array.from(at), gaps: Array.from(gaps) };
}

/** How many rows are below 0 and at 0. */
function signs(knots: Knots): { zeros: number; negatives: number } {
  let found = { zeros: 0, negatives: 0 };
  walkRanks(knots, [0], (_, below, here) => {
    found = { zeros: here, negatives: Math.round(below) };
  });
  return found;
}

/** The profile of a distribution whose ranks are off by `error` rows at most. */
export function numericProfile({ knots, spread, error }: Gathered, detail: Detail): NumericProfile {
  const count = rowsOf(knots);
  const small = knots.values.length <= MOST_VALUES || detail === "whole";
  const reduced = small ? { knots, error: 0 } : reduceKnots(knots, BUCKETS, TAIL);
  const { mean, deviation, skewness, kurtosis } = spread;
  return {
    count,
    ...signs(knots),
    ...(count === 0 ? {} : { moments: { mean, deviation, skewness, kurtosis } }),
    distinct: knots.values.length,
    distinctExact: isExact(knots),
    extremesKnown: true,
    places: placesFrom(reduced.knots),
    error: count === 0 ? 0 : (error + reduced.error) / count,
  };
}

function spreadFrom({ count, moments }: NumericProfile): Spread | undefined {
  if (count === 0) return { count: 0, mean: 0, deviation: 0, skewness: 0, kurtosis: 0 };
  return moments && { count, ...moments };
}

/** The profile of the rows of some profiles together, in canonical order; ranks add up, and so do their errors. */
export function mergeNumeric(parts: readonly NumericProfile[]): NumericProfile {
  const knots = mergeKnots(parts.map(({ places }) => places));
  const exact = parts.every((part) => part.distinctExact && part.error === 0);
  const rows = parts.reduce((sum, { count }) => sum + count, 0);
  const inherited = parts.reduce((sum, { count, error }) => sum + count * error, 0);
  const spreads = parts.map(spreadFrom);
  const spread = exact
    ? spreadOf(knots)
    : spreads.every((one) => one !== undefined)
      ? spreads.reduce(mergeSpreads)
      : undefined;
  const merged = numericProfile(
    { knots, spread: spread ?? spreadOf(knots), error: exact ? 0 : inherited + 1 },
    "kept",
  );
  if (exact) return merged;
  const total = (name: "zeros" | "negatives"): number | undefined => {
    const counts = parts.map((part) => part[name]);
    return counts.every((count) => count !== undefined)
      ? counts.reduce((sum, count) => sum + count, 0)
      : undefined;
  };
  const { moments, zeros: _, negatives: __, ...rest } = merged;
  const [zeros, negatives] = [total("zeros"), total("negatives")];
  return {
    ...rest,
    count: rows,
    ...(zeros === undefined ? {} : { zeros }),
    ...(negatives === undefined ? {} : { negatives }),
    ...(spread && moments ? { moments } : {}),
    distinct: Math.max(merged.distinct, ...parts.map(({ distinct }) => distinct)),
    distinctExact: false,
    extremesKnown: parts.every((part) => part.count === 0 || part.extremesKnown),
  };
}
