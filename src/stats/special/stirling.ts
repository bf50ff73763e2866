const HALF_LOG_TWO_PI = 0.9189385332046728;

/**
 * Stirling's error: ln Γ(x + 1) − (x + ½) ln x + x − ½ ln 2π, for x > 0.
 *
 * Source: Loader (2000), "Fast and accurate computation of binomial probabilities"; the asymptotic series is
 * Abramowitz and Stegun 6.1.41, reached by the recurrence of Γ below 16.
 */
export function stirlingError(x: number): number {
  let at = x;
  let error = 0;
  while (at < 16) {
    error += (at + 0.5) * Math.log1p(1 / at) - 1;
    at++;
  }
  const r = 1 / (at * at);
  const series =
    1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r * (1 / 1188 - r * (691 / 360360)))));
  return error + series / at;
}

/** ln Γ(x) for x > 0. */
export function logGamma(x: number): number {
  return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + stirlingError(x);
}

/**
 * The deviance part x ln(x / mean) + mean − x, without cancellation where x is near its mean.
 *
 * Source: Loader (2000), the function bd0.
 */
export function deviance(x: number, mean: number): number {
  if (x === 0) return mean;
  const gap = x - mean;
  if (Math.abs(gap) < 0.1 * (x + mean)) {
    const v = gap / (x + mean);
    let sum = gap * v;
    let power = 2 * x * v;
    for (let j = 3; ; j += 2) {
      power *= v * v;
      const next = sum + power / j;
      if (next === sum) return sum;
      sum = next;
    }
  }
  const ratio = x / mean;
  const log = ratio > 0 && ratio < Number.POSITIVE_INFINITY ? Math.log(ratio) : Math.log(x) - Math.log(mean);
  return x * log - gap;
}

/**
 * x^a e^−x / Γ(a + 1) for real a ≥ 0: the Poisson density continued to real counts, by Loader's saddle-point form,
 * which keeps its relative accuracy where the plain logarithms cancel.
 */
export function poissonDensity(a: number, x: number): number {
  if (a === 0) return Math.exp(-x);
  return Math.exp(-stirlingError(a) - deviance(a, x)) / Math.sqrt(2 * Math.PI * a);
}

/**
 * Γ(a + b + 1) / (Γ(a + 1) Γ(b + 1)) p^a (1 − p)^b for real a, b ≥ 0, given the two means (a + b) p and
 * (a + b)(1 − p) so that neither is a rounded complement of the other. Loader's saddle-point form.
 */
export function binomialDensity(a: number, b: number, meanA: number, meanB: number): number {
  const n = a + b;
  if (n === 0) return 1;
  const exponent = -deviance(a, meanA) - deviance(b, meanB);
  if (a === 0 || b === 0) return Math.exp(exponent);
  const errors = stirlingError(n) - stirlingError(a) - stirlingError(b);
  return Math.exp(errors + exponent) * Math.sqrt(n / (2 * Math.PI * a) / b);
}
