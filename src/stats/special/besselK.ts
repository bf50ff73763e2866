/**
 * e^x K_ν(x), the scaled modified Bessel function of the second kind, for x > 0.
 *
 * The integral 10.32.9 of the NIST handbook, ∫ exp(−x cosh t) cosh(νt) dt over t > 0, by the trapezoidal rule,
 * which converges exponentially on it.
 */
export function besselKScaled(order: number, x: number): number {
  const step = Math.min(0.2, 0.5 / Math.sqrt(x));
  let sum = 0.5;
  for (let k = 1; ; k++) {
    const t = k * step;
    const half = Math.sinh(t / 2);
    const term = Math.exp(-2 * x * half * half) * Math.cosh(order * t);
    sum += term;
    if (term < sum * 1e-17) return sum * step;
  }
}
