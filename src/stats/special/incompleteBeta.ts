import type { Tails } from "./incompleteGamma.js";
import { binomialDensity } from "./stirling.js";

/**
 * The regularised incomplete beta function I_x(a, b) and its complement, for a, b > 0; `y` is 1 − x, given apart
 * because the caller often knows it to more digits.
 *
 * The continued fraction of DiDonato and Morris (1992), "Significant digit computation of the incomplete beta
 * function ratios", ACM Trans. Math. Softw. 18(3), equation 9, by Lentz's rule, on the side of the mean where its
 * terms are positive.
 */
export function incompleteBeta(a: number, b: number, x: number, y: number = 1 - x): Tails {
  if (x <= 0) return { lower: 0, upper: 1 };
  if (y <= 0) return { lower: 1, upper: 0 };
  if (a * y < b * x) {
    const upper = tail(b, a, y, x);
    return { lower: 1 - upper, upper };
  }
  const lower = tail(a, b, x, y);
  return { lower, upper: 1 - lower };
}

function tail(a: number, b: number, x: number, y: number): number {
  const n = a + b;
  const density = binomialDensity(a, b, n * x, n * y) * a * (b / n);
  return density === 0 ? 0 : Math.min(1, density / fraction(a, b, x, y));
}

/** β₁ + α₂ / (β₂ + α₃ / (β₃ + ...)), whose reciprocal times x^a y^b / B(a, b) is I_x(a, b). */
function fraction(a: number, b: number, x: number, y: number): number {
  const excess = a * y - b * x + 1;
  let value = (a / (a + 1)) * excess;
  let c = value;
  let d = 0;
  for (let k = 1; k < 1e8; k++) {
    const at = a + 2 * k - 1;
    const alpha = ((a + k - 1) / at) * ((a + b + k - 1) / at) * k * (b - k) * x * x;
    const beta = k + (k * (b - k) * x) / at + ((a + k) / (at + 2)) * (excess + k * (1 + y));
    d = 1 / (beta + alpha * d);
    c = beta + alpha / c;
    const factor = c * d;
    value *= factor;
    if (Math.abs(factor - 1) < 2 ** -52) break;
  }
  return value;
}
