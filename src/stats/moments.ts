import { compensatedSum, exactSum } from "./exactSum.js";
import type { Sorted } from "./sample.js";
import { type Scale, scaleOf } from "./scale.js";

/** The first four moments of a finite sample, in units of a power of two and about an anchor. */
export interface Moments {
  readonly count: number;
  /** The sum of the values, scaled. */
  readonly sum: number;
  /** A value of the sample, scaled; `offset` is the mean's distance from it. */
  readonly anchor: number;
  readonly offset: number;
  /** Sums of the 2nd, 3rd and 4th powers of the distances from the mean, scaled. */
  readonly m2: number;
  readonly m3: number;
  readonly m4: number;
  readonly scale: Scale;
}

/**
 * Central moments of a sorted finite sample: scaled by a power of two, shifted by the median, then the corrected
 * two-pass rule of Chan, Golub and LeVeque (1983), which takes the rounding of the mean out of every power.
 */
export function momentsOf(sorted: Sorted, scale: Scale = scaleOf(sorted)): Moments {
  const count = sorted.length;
  const anchor = scale.down(sorted[count >> 1]!);
  const scaled = sorted.map((x) => scale.down(x));
  const sum = exactSum(scaled);
  const shifted = scaled.map((x) => x - anchor);
  const offset = compensatedSum(shifted) / count;
  const second = new Float64Array(count);
  const third = new Float64Array(count);
  const fourth = new Float64Array(count);
  const first = shifted.map((d) => d - offset);
  for (let i = 0; i < count; i++) {
    const d = first[i]!;
    second[i] = d * d;
    third[i] = d * d * d;
    fourth[i] = d * d * d * d;
  }
  const error = compensatedSum(first) / count;
  const s2 = compensatedSum(second);
  const s3 = compensatedSum(third);
  const m2 = Math.max(0, s2 - count * error * error);
  return {
    count,
    sum,
    anchor,
    offset,
    m2,
    m3: s3 - 3 * error * s2,
    m4: compensatedSum(fourth) - 4 * error * s3,
    scale,
  };
}
