import {
  distributions,
  hellinger,
  jensenShannonDistance,
  lInfinity,
  psi,
  totalVariation,
} from "../stats/index.js";
import type { NumericProfile } from "./profile.js";
import { ksGaps, ksPValue, type Paired, scaleOf, wassersteinOf } from "./ranks.js";
import { CONFIDENCE, type Deciding, PSI_FLOOR } from "./settings.js";
import { type Cell, homogeneityP } from "./tallies.js";

/** An effect with all it takes to decide by it. */
export interface Effect {
  readonly effect: number;
  readonly upper: number;
  readonly pValue: number;
  /** The part of the effect that noise alone doesn't explain. */
  readonly lasting: number;
  /** About what the upper bound, and the p-value, would be for so many current rows of the same kind. */
  readonly ahead: (rows: number) => { readonly upper: number; readonly pValue: number };
}

// One-sided 95 % bounds: McDiarmid's for statistics that a row moves by 1/n at most, and the normal law's.
const BOUNDED = Math.sqrt(-Math.log(1 - CONFIDENCE) / 2);
const Z = distributions.norm.ppf(CONFIDENCE);
// What a KS distance is in the middle where there is no difference, times √n_e.
const KS_NOISE = 0.83;
// What noise alone gives at the most, 19 times out of 20, over what it gives in the middle.
const LARGE_NOISE = 1.6;

const effective = (n: number, m: number): number => (n * m) / (n + m);

/**
 * An effect whose expectation is no less than the truth (it is convex in the shares) and which has a standard error, or
 * a bound, of c / √n_e: the truth is below effect + c / √n_e with 95 % confidence, whatever the law.
 */
function convex(
  effect: number,
  n: number,
  m: number,
  c: number,
  noise: number,
  error: number,
  pOf: (rows: number) => number,
): Effect {
  const root = Math.sqrt(effective(n, m));
  // The part of the effect that noise alone explains doesn't stay when there are more rows.
  const lasting = Math.sqrt(Math.max(0, effect ** 2 - ((LARGE_NOISE * noise) / root) ** 2));
  return {
    effect,
    upper: effect + error + c / root,
    pValue: pOf(m),
    lasting,
    ahead: (rows) => {
      const there = Math.sqrt(effective(n, rows));
      return { upper: lasting + error + (c + noise) / there, pValue: pOf(rows) };
    },
  };
}

/** KS: D = max |F − G|. */
export function ksEffect(paired: Paired): Effect {
  const { n, m, error } = paired;
  const { up, down } = ksGaps(paired);
  const distance = Math.min(1, Math.max(up, down) / (n * m));
  const limit = (rows: number): number =>
    distributions.kstwobign.sf(Math.sqrt(effective(n, rows)) * Math.max(0, distance - error));
  return convex(distance, n, m, BOUNDED, KS_NOISE, error, (rows) =>
    rows === m ? ksPValue(distance, n, m, error) : limit(rows),
  );
}

/** The Wasserstein distance in units of the baseline's spread; undefined when the baseline is constant. */
export function wassersteinEffect(paired: Paired, baseline: NumericProfile): Effect | undefined {
  const scale = scaleOf(baseline);
  if (scale === 0) return undefined;
  const { n, m } = paired;
  const distance = wassersteinOf(paired, scale);
  const ks = ksEffect(paired);
  if (!Number.isFinite(distance)) return undefined;
  // By Efron and Stein the variance is at most σ² (1/n + 1/m).
  return convex(distance, n, m, Z, 0.5, 0, (rows) => (rows === m ? ks.pValue : ks.ahead(rows).pValue));
}

/** Welch's t of two sets of moments, with Hedges' g as the effect; undefined without moments or spread. */
export function meanEffect(baseline: NumericProfile, current: NumericProfile): Effect | undefined {
  const [a, b] = [baseline.moments, current.moments];
  const [n, m] = [baseline.count, current.count];
  if (!a || !b || n < 2 || m < 2) return undefined;
  const unit = Math.max(a.deviation, b.deviation);
  if (unit === 0) return undefined;
  const [sa, sb] = [a.deviation / unit, b.deviation / unit];
  const difference = b.mean / unit - a.mean / unit;
  const pooled = Math.sqrt((n * sa * sa + m * sb * sb) / (n + m - 2));
  const g = Math.abs(difference / pooled) * (1 - 3 / (4 * (n + m) - 9));
  if (!Number.isFinite(g)) return undefined;
  const pOf = (rows: number): number => {
    const [va, vb] = [(sa * sa) / (n - 1), (sb * sb) / (rows - 1)];
    const dof = (va + vb) ** 2 / (va ** 2 / (n - 1) + vb ** 2 / (rows - 1));
    const t = Math.abs(difference) / Math.sqrt(va + vb);
    return Math.max(2 * distributions.t.sf(t, dof), Number.MIN_VALUE);
  };
  return convex(g, n, m, Z, 0.67, 0, pOf);
}

/** The noncentrality below which 95 % of the laws lie that could have given x. */
function noncentralityUpper(x: number, dof: number): number {
  const tail = 1 - CONFIDENCE;
  if (distributions.chi2.cdf(x, dof) <= tail) return 0;
  let [low, high] = [0, Math.max(10, 4 * x + 20)];
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (distributions.ncx2.cdf(x, dof, middle) > tail) low = middle;
    else high = middle;
  }
  return high;
}

/** A divergence d(p, q) that is X² / (k n_e) for small differences, X² being noncentral chi-square. */
function divergence(
  value: number,
  k: number,
  root: boolean,
  n: number,
  m: number,
  cells: readonly Cell[],
): Effect {
  const dof = Math.max(1, cells.length - 1);
  const squared = root ? value * value : value;
  const back = (x: number): number => (root ? Math.sqrt(x) : x);
  const pValue = homogeneityP(cells);
  const upperFor = (x: number, ne: number): number => back(noncentralityUpper(x, dof) / (k * ne));
  const ne = effective(n, m);
  const lasting = Math.max(0, squared - dof / (k * ne));
  return {
    effect: value,
    upper: Math.max(value, upperFor(squared * k * ne, ne)),
    pValue,
    lasting: back(lasting),
    ahead: (rows) => {
      const there = effective(n, rows);
      const x = lasting * k * there + dof;
      return { upper: upperFor(x, there), pValue: distributions.chi2.sf(x, dof) };
    },
  };
}

/** The deciding statistics of counts over the same bins or levels. */
export function cellEffect(statistic: Deciding, cells: readonly Cell[]): Effect | undefined {
  const reference = cells.map(({ baseline }) => baseline);
  const current = cells.map((cell) => cell.current);
  const n = reference.reduce((sum, rows) => sum + rows, 0);
  const m = current.reduce((sum, rows) => sum + rows, 0);
  if (n === 0 || m === 0) return undefined;
  const p = homogeneityP(cells);
  const spread = reference.reduce((sum, rows) => sum + Math.sqrt((rows / n) * (1 - rows / n)), 0);
  // The contingency statistic grows with n_e while the shares stay; its law is as good for the rows to come.
  const dof = Math.max(1, cells.length - 1);
  const now = distributions.chi2.isf(Math.min(1, Math.max(p, 1e-300)), dof);
  const later = (rows: number): number =>
    rows === m
      ? p
      : distributions.chi2.sf(Math.max(0, now - dof) * (effective(n, rows) / effective(n, m)) + dof, dof);
  switch (statistic) {
    case "tvd": {
      const value = totalVariation(reference, current).value!;
      return convex(value, n, m, BOUNDED, 0.4 * spread, 0, later);
    }
    case "lInfinity": {
      const value = lInfinity(reference, current).value!;
      return convex(value, n, m, BOUNDED, 0.4, 0, later);
    }
    case "psi":
      return divergence(psi(reference, current, { floor: PSI_FLOOR }).value!, 1, false, n, m, cells);
    case "js":
      return divergence(jensenShannonDistance(reference, current).value!, 8 * Math.LN2, true, n, m, cells);
    case "hellinger":
      return divergence(hellinger(reference, current).value!, 8, true, n, m, cells);
    default:
      return undefined;
  }
}
