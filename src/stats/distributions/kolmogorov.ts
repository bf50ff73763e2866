import type { Tails } from "../special/incompleteGamma.js";
import { binomialDensity } from "../special/stirling.js";

/** Sizes up to which Smirnov's sum is taken term by term. */
const LONGEST_SUM = 1_000_000;

/**
 * The limit law of √n D: 2 Σ (−1)^(k−1) e^(−2k²x²) for large x, its theta transform for small x.
 *
 * Source: Kolmogorov (1933), Smirnov (1948).
 */
export function kolmogorovLimit(x: number): Tails {
  if (x <= 0.04) return { lower: 0, upper: 1 };
  if (x < 1) {
    let sum = 0;
    for (let k = 1; k < 60; k += 2) sum += Math.exp(-((k * Math.PI) ** 2) / (8 * x * x));
    const lower = (Math.sqrt(2 * Math.PI) / x) * sum;
    return { lower, upper: 1 - lower };
  }
  let upper = 0;
  for (let k = 1; k < 6; k++) upper += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * x * x);
  return { lower: 1 - upper, upper };
}

/**
 * The exact law of the one-sided D+ of n values: P(D+ ≥ d) = d Σ C(n, j) (d + j/n)^(j−1) (1 − d − j/n)^(n−j),
 * j up to n(1 − d): positive terms, each a binomial density, so the tail keeps its relative accuracy.
 *
 * Source: Smirnov (1944), Birnbaum and Tingey (1951); above a million values exp(−(6nd + 1)² / 18n), Maag and
 * Dicaire (1971).
 */
export function smirnovTails(d: number, n: number): Tails {
  if (d <= 0) return { lower: 0, upper: 1 };
  if (d >= 1) return { lower: 1, upper: 0 };
  if (n > LONGEST_SUM) {
    const upper = Math.exp(-((6 * n * d + 1) ** 2) / (18 * n));
    return { lower: 1 - upper, upper };
  }
  let sum = 0;
  const shift = n * d;
  for (let j = 0; j <= n - shift; j++) {
    const meanRest = n - j - shift;
    if (meanRest <= 0 && j < n) break;
    sum += binomialDensity(j, n - j, j + shift, meanRest) / (j + shift);
  }
  const upper = Math.min(1, shift * sum);
  return { lower: 1 - upper, upper };
}
