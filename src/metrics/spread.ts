import type { Knots } from "./knots.js";

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

// Sums are plain within so many values, and compensated from one such stretch to the next.
const STRETCH = 1024;

/** A compensated sum (Neumaier 1974). */
class Sum {
  #sum = 0;
  #lost = 0;

  add(x: number): void {
    const next = this.#sum + x;
    this.#lost += Math.abs(this.#sum) >= Math.abs(x) ? this.#sum - next + x : x - next + this.#sum;
    this.#sum = next;
  }

  get value(): number {
    return this.#sum + this.#lost;
  }
}

/** Values, and how many rows have each; one without `at`. */
interface Weighed {
  readonly values: ArrayLike<number>;
  readonly at?: ArrayLike<number>;
}

/** Σ distance and Σ rows, a distance being from the middle in units of the reach. */
function firstSums({ values, at }: Weighed, middle: number, reach: number): { count: number; first: number } {
  const first = new Sum();
  let count = 0;
  for (let from = 0; from < values.length; from += STRETCH) {
    const to = Math.min(from + STRETCH, values.length);
    let sum = 0;
    for (let i = from; i < to; i++) {
      const rows = at ? at[i]! : 1;
      count += rows;
      sum += rows * ((values[i]! / 2 - middle) / reach);
    }
    first.add(sum);
  }
  return { count, first: first.value };
}

/** Σ (distance − offset)^k for k of 2, 3 and 4. */
function powerSums({ values, at }: Weighed, middle: number, reach: number, offset: number): number[] {
  const sums = [new Sum(), new Sum(), new Sum()] as const;
  for (let from = 0; from < values.length; from += STRETCH) {
    const to = Math.min(from + STRETCH, values.length);
    let [second, third, fourth] = [0, 0, 0];
    for (let i = from; i < to; i++) {
      const distance = (values[i]! / 2 - middle) / reach - offset;
      const squared = distance * distance * (at ? at[i]! : 1);
      second += squared;
      third += squared * distance;
      fourth += squared * distance * distance;
    }
    sums[0].add(second);
    sums[1].add(third);
    sums[2].add(fourth);
  }
  return sums.map(({ value }) => value);
}

/** The moments of values and counts within `least` and `most`. */
function spreadWithin(weighed: Weighed, least: number, most: number): Spread {
  // Halved, since the range may be more than a double holds; the reach is the unit, so that powers can't overflow.
  const middle = least / 4 + most / 4;
  const reach = most / 2 - middle;
  if (reach === 0 || most === least) {
    const { at, values } = weighed;
    let count = values.length;
    if (at) for (let i = 0; i < values.length; i++) count += at[i]! - 1;
    return { ...NOTHING, count, mean: least };
  }
  const { count, first } = firstSums(weighed, middle, reach);
  const offset = first / count;
  const [second = 0, third = 0, fourth = 0] = powerSums(weighed, middle, reach, offset);
  const variance = second / count;
  const root = Math.sqrt(variance);
  return {
    count,
    mean: 2 * (middle + reach * offset),
    deviation: 2 * (reach * root),
    skewness: root === 0 ? 0 : third / count / root ** 3,
    kurtosis: root === 0 ? 0 : fourth / count / variance ** 2,
  };
}

/** The moments of a list of values and counts: a function of the values alone, whatever order the rows came in. */
export function spreadOf({ values, at }: Knots): Spread {
  return values.length === 0 ? NOTHING : spreadWithin({ values, at }, values[0]!, values[values.length - 1]!);
}

/** The moments of finite numbers in any order; another order may change the last bits. */
export function spreadOfNumbers(values: Float64Array): Spread {
  if (values.length === 0) return NOTHING;
  let [least, most] = [values[0]!, values[0]!];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return spreadWithin({ values }, least, most);
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
