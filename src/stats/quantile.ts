import { ConfigError } from "../errors/index.js";
import { choice } from "./options.js";
import type { Sample } from "./result.js";
import { sortSample } from "./sample.js";

/** numpy's names for the thirteen definitions of a sample quantile (Hyndman and Fan 1996, and four interpolations). */
export const quantileMethods = [
  "linear",
  "lower",
  "higher",
  "nearest",
  "midpoint",
  "inverted_cdf",
  "averaged_inverted_cdf",
  "closest_observation",
  "interpolated_inverted_cdf",
  "hazen",
  "weibull",
  "median_unbiased",
  "normal_unbiased",
] as const;

/** One of `quantileMethods`. */
export type QuantileMethod = (typeof quantileMethods)[number];

/** How `quantile` reads its sample. */
export interface QuantileOptions {
  /** The definition; `linear` by default. */
  readonly method?: QuantileMethod;
  /** Says that the sample is in increasing order already, so that it need not be copied. */
  readonly sorted?: boolean;
}

/** The plotting positions (alpha, beta) of the definitions that interpolate. */
const PLOTTING: Partial<Record<QuantileMethod, readonly [number, number]>> = {
  interpolated_inverted_cdf: [0, 1],
  hazen: [0.5, 0.5],
  weibull: [0, 0],
  linear: [1, 1],
  median_unbiased: [1 / 3, 1 / 3],
  normal_unbiased: [3 / 8, 3 / 8],
};

/** A place between two order statistics, counted from 0, and the share of the way to the next. */
type Place = readonly [index: number, share: number];

function split(position: number): Place {
  const index = Math.floor(position);
  return [index, position - index];
}

function place(n: number, q: number, method: QuantileMethod): Place {
  const plotting = PLOTTING[method];
  if (method !== "linear" && plotting) {
    const [alpha, beta] = plotting;
    return split(n * q + (alpha + q * (1 - alpha - beta)) - 1);
  }
  const [index, share] = split((n - 1) * q);
  const [below, part] = split(n * q - 1);
  switch (method) {
    case "lower":
      return [index, 0];
    case "higher":
      return [index, share > 0 ? 1 : 0];
    case "nearest":
      return [index, share > 0.5 || (share === 0.5 && index % 2 === 1) ? 1 : 0];
    case "midpoint":
      return [index, share > 0 ? 0.5 : 0];
    case "inverted_cdf":
      return [below, part > 0 ? 1 : 0];
    case "averaged_inverted_cdf":
      return [below, part > 0 ? 1 : 0.5];
    case "closest_observation": {
      const [closest, gap] = split(n * q - 1.5);
      return [closest, gap === 0 && closest % 2 === 0 ? 0 : 1];
    }
    default:
      return [index, share];
  }
}

function between(low: number, high: number, share: number): number {
  if (low === high || share === 0) return low;
  if (share === 1) return high;
  const gap = high - low;
  // From the nearer end, as numpy does; halves first where the gap itself overflows.
  if (!Number.isFinite(gap)) return low * (1 - share) + high * share;
  return share < 0.5 ? low + gap * share : high - gap * (1 - share);
}

/**
 * The q-quantile of a sample by one of numpy's thirteen definitions (numpy 1.24's rounding and ties); null for an
 * empty sample or one that holds NaN, or where infinities of both signs meet. A list of q gives a list.
 */
export function quantile(sample: Sample, q: number, options?: QuantileOptions): number | null;
export function quantile(sample: Sample, q: readonly number[], options?: QuantileOptions): (number | null)[];
export function quantile(
  sample: Sample,
  q: number | readonly number[],
  options: QuantileOptions = {},
): number | null | (number | null)[] {
  const method = choice("quantile", "method", options.method, quantileMethods, "linear");
  const sorted = options.sorted ? sample : sortSample(sample);
  const one = (share: number) => quantileAt(sorted.length, (rank) => sorted[rank]!, share, method);
  return typeof q === "number" ? one(q) : q.map(one);
}

/** The q-quantile of `n` values that are told by rank, counted from 0, with NaN last; asks for three of them at most. */
export function quantileAt(
  n: number,
  valueAt: (rank: number) => number,
  q: number,
  method: QuantileMethod,
): number | null {
  if (!(q >= 0 && q <= 1)) {
    throw new ConfigError("config/bad-value", `quantile: q is ${q}; it must be in [0, 1]`, {
      unit: "quantile",
      parameter: "q",
      value: q,
    });
  }
  if (n === 0 || Number.isNaN(valueAt(n - 1))) return null;
  const [index, part] = place(n, q, method);
  if (index < 0) return valueAt(0);
  if (index >= n - 1) return valueAt(n - 1);
  const value = between(valueAt(index), valueAt(index + 1), part);
  return Number.isNaN(value) ? null : value;
}
