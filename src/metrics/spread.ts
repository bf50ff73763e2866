import type { Knots } from "./knots.js";
import { rowsOf } from "./knots.js";

/** The first four moments of some finite numbers, in a form that neither overflows nor loses the unit. */
export interface Spread {
  readonly count: number;
  readonly mean: number;
  /** The standard deviation, divided by n. */
  readonly deviation: number;
  /** Third and fourth standardised moments, of the n values themselves; 0 where the deviation is. */
  readonly skewness: number;
  readonly kurtosis: number;
}

const NOTHING: Spread = { count: 0, mean: 0, deviation: 0, skewness: 0, kurtosis: 0 };

/** A compensated sum of f over rows (Neumaier 1974). */
function sumOver(size: number, f: (i: number) => number): number {
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < size; i++) {
    const x = f(i);
    const next = sum + x;
    lost += Math.abs(sum) >= Math.abs(x) ? sum - next + x : x - next + sum;
    sum = next;
  }
  return sum + lost;
}

/** The moments of a list of values and counts: a function of the values alone, whatever order the rows came in. */
export function spreadOf(exact: Knots): Spread {
  const { values, at } = exact;
  const size = values.length;
  const count = rowsOf(exact);
  if (count === 0) return NOTHING;
  const middle = values[size >> 1]!;
  const least = values[0]!;
  const most = values[size - 1]!;
  // The largest distance from the middle is the unit: its powers can't overflow, nor do those of the rest matter.
  const reach = Math.max(most / 2 - middle / 2, middle / 2 - least / 2);
  if (reach === 0) return { ...NOTHING, count, mean: middle };
  const distance = (i: number): number => (values[i]! / 2 - middle / 2) / reach;
  const offset = sumOver(size, (i) => at[i]! * distance(i)) / count;
  const power = (k: number): number => sumOver(size, (i) => at[i]! * (distance(i) - offset) ** k) / count;
  const variance = power(2);
  const root = Math.sqrt(variance);
  return {
    count,
    mean: 2 * (middle / 2 + reach * offset),
    deviation: 2 * (reach * root),
    skewness: root === 0 ? 0 : power(3) / root ** 3,
    kurtosis: root === 0 ? 0 : power(4) / variance ** 2,
  };
}

/** Moments of two sets of numbers together (Pébay 2008, "Formulas for robust, one-pass parallel computation"). */
export function mergeSpreads(a: Spread, b: Spread): Spread {
  if (a.count === 0) return b;
  if (b.count === 0) return a;
  const count = a.count + b.count;
  const [p, q] = [a.count / count, b.count / count];
  const half = b.mean / 2 - a.mean / 2;
  const unit = Math.max(a.deviation, b.deviation, Math.abs(half));
  if (unit === 0) return { ...a, count };
  const d = (half / unit) * 2;
  const [sa, sb] = [a.deviation / unit, b.deviation / unit];
  const [va, vb] = [sa * sa, sb * sb];
  const variance = p * va + q * vb + p * q * d * d;
  const third =
    p * a.skewness * sa ** 3 +
    q * b.skewness * sb ** 3 +
    p * q * (p - q) * d ** 3 +
    3 * p * q * d * (vb - va);
  const fourth =
    p * a.kurtosis * va * va +
    q * b.kurtosis * vb * vb +
    p * q * (p * p - p * q + q * q) * d ** 4 +
    6 * p * q * d * d * (p * vb + q * va) +
    4 * p * q * d * (b.skewness * sb ** 3 - a.skewness * sa ** 3);
  const root = Math.sqrt(variance);
  return {
    count,
    mean: 2 * (a.mean / 2 + half * q),
    deviation: root * unit,
    skewness: root === 0 ? 0 : third / root ** 3,
    kurtosis: root === 0 ? 0 : fourth / variance ** 2,
  };
}
