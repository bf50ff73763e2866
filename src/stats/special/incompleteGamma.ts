import { poissonDensity } from "./stirling.js";

/** A probability and its complement, each with its own relative accuracy where it is the small one. */
export interface Tails {
  readonly lower: number;
  readonly upper: number;
}

/**
 * The regularised incomplete gamma functions P(a, x) and Q(a, x), for a > 0.
 *
 * The series 8.11.4 of the NIST handbook below a + 1, the continued fraction 8.9.2 (by Lentz's rule) above.
 */
export function incompleteGamma(a: number, x: number): Tails {
  if (x <= 0) return { lower: 0, upper: 1 };
  if (x === Number.POSITIVE_INFINITY) return { lower: 1, upper: 0 };
  const density = poissonDensity(a, x);
  if (x < a + 1) {
    const lower = Math.min(1, density * ascending(a, x));
    return { lower, upper: 1 - lower };
  }
  const upper = density === 0 ? 0 : Math.min(1, density * a * fraction(a, x));
  return { lower: 1 - upper, upper };
}

function ascending(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; ; k++) {
    term *= x / (a + k);
    const next = sum + term;
    if (next === sum) return sum;
    sum = next;
  }
}

function fraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let value = d;
  for (let k = 1; k < 1e8; k++) {
    const coefficient = -k * (k - a);
    b += 2;
    d = 1 / (coefficient * d + b);
    c = b + coefficient / c;
    const factor = c * d;
    value *= factor;
    if (Math.abs(factor - 1) < 2 ** -52) break;
  }
  return value;
}
