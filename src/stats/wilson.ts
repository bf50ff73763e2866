import { normalQuantile } from "./distributions/normal.js";
import { demand } from "./options.js";

/** The two ends of an interval. */
export type Interval = readonly [low: number, high: number];

/** The normal quantile of one-sided bounds at a confidence level. Throws ConfigError unless it is above ½ and below 1. */
export function oneSidedZ(unit: string, confidence: number): number {
  demand(confidence > 0.5 && confidence < 1, unit, "confidence", confidence, "above 0.5 and below 1");
  return normalQuantile(confidence, 1 - confidence);
}

/** Wilson's (1927) score interval for a proportion of `n` rows, `z` normal quantiles wide on either side. */
export function wilson(p: number, n: number, z: number): Interval {
  const square = (z * z) / n;
  const centre = (p + square / 2) / (1 + square);
  const half = (z / (1 + square)) * Math.sqrt((p * (1 - p)) / n + square / (4 * n));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}

/**
 * Bounds of a proportion, each of them one-sided at `confidence`: Wilson's score interval, which holds near 0 and 1 and
 * for few rows too. Null for no rows. Source: Wilson (1927); Brown, Cai and DasGupta (2001).
 */
export function proportionInterval(successes: number, rows: number, confidence = 0.95): Interval | null {
  const unit = "proportionInterval";
  const z = oneSidedZ(unit, confidence);
  demand(rows >= 0 && Number.isFinite(rows), unit, "rows", rows, "a finite number from 0");
  demand(successes >= 0 && successes <= rows, unit, "successes", successes, `from 0 to the rows (${rows})`);
  return rows === 0 ? null : wilson(successes / rows, rows, z);
}

/**
 * Bounds of a mean, each of them one-sided at `confidence`, by the normal approximation: mean ∓ z s / √n, where s is the
 * sample standard deviation (n - 1). Null for fewer than two values.
 */
export function meanInterval(
  mean: number,
  deviation: number,
  rows: number,
  confidence = 0.95,
): Interval | null {
  const half = (oneSidedZ("meanInterval", confidence) * deviation) / Math.sqrt(rows);
  return rows < 2 ? null : [mean - half, mean + half];
}
