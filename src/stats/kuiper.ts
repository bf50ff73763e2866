import { gaps } from "./ksTwoSample.js";
import type { Sample, TestResult } from "./result.js";
import { undecided } from "./result.js";
import { flaw, sortSample } from "./sample.js";

/** A Kuiper result, with both one-sided gaps. */
export interface KuiperResult extends TestResult {
  readonly dPlus: number | null;
  readonly dMinus: number | null;
}

/**
 * Kuiper's two-sample test, V = D+ + D−, for cyclic columns (hour, weekday, bearing): it does not depend on where the
 * circle is cut. p = 2 Σ (4j²λ² − 1) e^(−2j²λ²) with λ = (√n_e + 0.155 + 0.24/√n_e) V.
 *
 * Source: Kuiper (1960); Stephens (1970) for λ.
 */
export function kuiperTwoSample(reference: Sample, current: Sample): KuiperResult {
  const x = sortSample(reference);
  const y = sortSample(current);
  const n = x.length;
  const m = y.length;
  const problem = flaw(x, 1, "kept") ?? flaw(y, 1, "kept");
  if (problem) return { ...undecided("asymptotic", n, m, "V", problem), dPlus: null, dMinus: null };
  const { above, below } = gaps(x, y);
  const statistic = (above.size + below.size) / (n * m);
  const root = Math.sqrt((n * m) / (n + m));
  return {
    statistic,
    pValue: tail((root + 0.155 + 0.24 / root) * statistic),
    method: "asymptotic",
    n,
    m,
    effect: { name: "V", value: statistic },
    dPlus: above.size / (n * m),
    dMinus: below.size / (n * m),
  };
}

function tail(lambda: number): number {
  // Below, the sum is 1 to more than seven digits, and needs ever more terms to say so.
  if (lambda < 0.4) return 1;
  let sum = 0;
  for (let j = 1; ; j++) {
    const square = (j * lambda) ** 2;
    const term = 2 * (4 * square - 1) * Math.exp(-2 * square);
    sum += term;
    // The terms below λj = ½ are negative: only after them does a small term mean the end.
    if (square > 1 && term <= sum * 1e-17) return Math.min(1, Math.max(0, sum));
  }
}
