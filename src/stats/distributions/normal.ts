import { erfc, erfcx, erfSmall } from "../special/erfc.js";
import type { Tails } from "../special/incompleteGamma.js";

/** Both tails of the standard normal law at x. */
export function normalTails(x: number): Tails {
  const z = x / Math.SQRT2;
  return { lower: erfc(-z) / 2, upper: erfc(z) / 2 };
}

/** ln of the upper tail of the standard normal law, which does not underflow. */
export function normalLogTail(x: number): number {
  if (x < 1) return Math.log(erfc(x / Math.SQRT2) / 2);
  return Math.log(erfcx(x / Math.SQRT2) / 2) - (x * x) / 2;
}

/** The x that leaves `lower` below and `upper` above it; the smaller of the two is the one that is used. */
export function normalQuantile(lower: number, upper: number): number {
  if (lower < upper) return -upperQuantile(lower);
  return upperQuantile(upper);
}

/** The x ≥ 0 with upper tail p ≤ ½: Newton's rule from Abramowitz and Stegun 26.2.23, on the logarithm in the tail. */
function upperQuantile(p: number): number {
  if (p === 0) return Number.POSITIVE_INFINITY;
  if (p === 0.5) return 0;
  const t = Math.sqrt(-2 * Math.log(p));
  let x =
    t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  if (p > 0.3) {
    // Near the middle the tail hardly varies: solve for the mass between 0 and x, which keeps relative accuracy.
    for (let i = 0; i < 4; i++) {
      const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
      const mass = (Math.sign(x) * erfSmall(Math.abs(x) / Math.SQRT2)) / 2;
      x -= (mass - (0.5 - p)) / density;
    }
    return x;
  }
  const target = Math.log(2 * p);
  for (let i = 0; i < 4; i++) {
    const scaled = x > 0.75 ? erfcx(x / Math.SQRT2) : erfc(x / Math.SQRT2) * Math.exp((x * x) / 2);
    const excess = Math.log(scaled) - (x * x) / 2 - target;
    x += excess * scaled * Math.sqrt(Math.PI / 2);
  }
  return x;
}
