import { placesOf, walkRanks } from "../metrics/knots.js";
import { distributions } from "../stats/index.js";
import { pathProbability } from "../stats/ksTwoSample.js";
import type { NumericProfile } from "./profile.js";

/** Both distributions at their places together: rows below each place, and at it. */
export interface Paired {
  readonly n: number;
  readonly m: number;
  readonly places: Float64Array;
  readonly below: Float64Array;
  readonly here: Float64Array;
  readonly thereBelow: Float64Array;
  readonly there: Float64Array;
  /** What the two rank errors come to together, as a share. */
  readonly error: number;
}

/** Ranks two distributions at the same places. */
export function pair(baseline: NumericProfile, current: NumericProfile): Paired {
  const places = placesOf([baseline.places, current.places]);
  const [below, here, thereBelow, there] = [0, 0, 0, 0].map(() => new Float64Array(places.length));
  walkRanks(baseline.places, places, (nth, under, at) => {
    below![nth] = under;
    here![nth] = at;
  });
  walkRanks(current.places, places, (nth, under, at) => {
    thereBelow![nth] = under;
    there![nth] = at;
  });
  return {
    n: baseline.count,
    m: current.count,
    places,
    below: below!,
    here: here!,
    thereBelow: thereBelow!,
    there: there!,
    error: baseline.error + current.error,
  };
}

/** The largest gaps of the two distribution functions: F − G and G − F, as numbers of rows over nm. */
export function ksGaps({ n, m, places, below, here, thereBelow, there }: Paired): {
  up: number;
  down: number;
} {
  let up = 0;
  let down = 0;
  for (let i = 0; i < places.length; i++) {
    const before = below[i]! * m - thereBelow[i]! * n;
    const after = before + here[i]! * m - there[i]! * n;
    up = Math.max(up, before, after);
    down = Math.max(down, -before, -after);
  }
  return { up, down };
}

// Beyond it the limit law, which is never below the exact one by more than a percent.
const MOST_LATTICE_POINTS = 1e6;

/**
 * The p-value of a two-sample KS distance that is known within `error`: exact for few rows, else Kolmogorov's limit law
 * at √(nm / (n + m)) D. Taken at the least distance there may be, so that a sketch can't make an alarm.
 */
export function ksPValue(distance: number, n: number, m: number, error: number): number {
  const least = Math.max(0, distance - error);
  if (n * m <= MOST_LATTICE_POINTS) return pathProbability(n, m, Math.round(least * n * m), true);
  const p = distributions.kstwobign.sf(Math.sqrt((n * m) / (n + m)) * least);
  return Math.max(Math.min(1, p), Number.MIN_VALUE);
}

/** The first Wasserstein distance ∫ |F − G| dx in units of `scale`; rows in a gap are spread evenly. */
export function wassersteinOf(paired: Paired, scale: number): number {
  const { n, m, places, below, here, thereBelow, there } = paired;
  let area = 0;
  for (let i = 1; i < places.length; i++) {
    const width = places[i]! / scale - places[i - 1]! / scale;
    const from = (below[i - 1]! + here[i - 1]!) / n - (thereBelow[i - 1]! + there[i - 1]!) / m;
    const to = below[i]! / n - thereBelow[i]! / m;
    const [a, b] = [Math.abs(from), Math.abs(to)];
    if (a + b === 0) continue;
    const crosses = from * to < 0;
    area += width * (crosses ? (a * a + b * b) / (2 * (a + b)) : (a + b) / 2);
  }
  return area;
}

/** P(current > baseline) + P(equal) / 2: a half where neither side tends to be larger. */
export function aucOf({ n, m, below, here, thereBelow, there }: Paired): number {
  let sum = 0;
  let passed = 0;
  let ranked = 0;
  for (let i = 0; i < below.length; i++) {
    sum += (thereBelow[i]! - passed) * ((ranked + below[i]!) / 2) + there[i]! * (below[i]! + here[i]! / 2);
    passed = thereBelow[i]! + there[i]!;
    ranked = below[i]! + here[i]!;
  }
  return sum / n / m;
}

/** The value at a share of the rows: the first place that reaches it. */
export function placeAt({ count, places }: NumericProfile, share: number): number {
  let passed = 0;
  for (const [i, value] of places.values.entries()) {
    passed += places.gaps[i]! + places.at[i]!;
    if (passed >= share * count) return value;
  }
  return places.values.at(-1) ?? 0;
}

/** A length to measure distances in: the interquartile range over 1.349, else the standard deviation; 0 when constant. */
export function scaleOf(numbers: NumericProfile): number {
  const range = (placeAt(numbers, 0.75) / 2 - placeAt(numbers, 0.25) / 2) / 1.349;
  return range > 0 ? 2 * range : (numbers.moments?.deviation ?? 0);
}
