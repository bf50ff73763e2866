import { compensatedSum } from "../stats/exactSum.js";
import type { Bits } from "./bounds.js";
import { type Kernels, kernelsFor, type Numbers, stageBits, stageNumbers } from "./kernels.js";
import { PLACES } from "./layout.js";

/** Moments of some numbers; `squares` is the sum of squared deviations from the mean. */
export interface Moments {
  readonly count: number;
  readonly sum: number;
  readonly mean: number;
  readonly squares: number;
}

/** Sums run in this many lanes, each of every eighth value, so that they can run side by side. */
const LANES = 8;

/** Eight sums and, behind them, eight more: of what the kernel or its twin was asked for last. */
type Lanes = Float64Array;

/** What a kernel or its twin can say of some finite values. */
interface Summed {
  readonly count: number;
  /** Sums, and what rounding lost in each. */
  sums(): Lanes;
  /** Sums of the distances from a point, and of their squares. */
  distances(point: number): Lanes;
  /** The values themselves, for what leaves a double's range. */
  values(): Float64Array;
}

/** Moments of finite values (Chan, Golub and LeVeque 1983: the corrected two-pass algorithm), the same on every machine. */
export function momentsOf(values: Float64Array): Moments {
  const kernels = kernelsFor(values.length);
  if (!kernels) return finish(summedByLoop(values));
  stageNumbers(kernels, values, values.length);
  return finish(summedByKernel(kernels, values.length));
}

/** Moments of the finite values among the first `count` that are present. */
export function momentsOfPresent(values: Numbers, bits: Bits, count: number): Moments {
  const kernels = kernelsFor(count);
  return finish(kernels ? presentByKernel(kernels, values, bits, count) : presentByLoop(values, bits, count));
}

/** The kernel of `momentsOfPresent`. */
export function presentByKernel(kernels: Kernels, values: Numbers, bits: Bits, count: number): Summed {
  const at = stageNumbers(kernels, values, count);
  return summedByKernel(kernels, kernels.run.packDoubles(at, stageBits(kernels, bits, count), count));
}

/** The twin of the kernel of `momentsOfPresent`. */
export function presentByLoop(values: Numbers, bits: Bits, count: number): Summed {
  const packed = new Float64Array(count);
  let size = 0;
  for (let i = 0; i < count; i++) {
    if (bits && ((bits[i >> 3]! >> (i & 7)) & 1) === 0) continue;
    if (Number.isFinite(values[i]!)) packed[size++] = values[i]!;
  }
  return summedByLoop(packed.subarray(0, size));
}

function summedByKernel({ run, doubles }: Kernels, count: number): Summed {
  const lanes = doubles.subarray(0, 2 * LANES);
  return {
    count,
    sums() {
      run.sumLanes(PLACES.values, count, PLACES.result);
      return lanes;
    },
    distances(point) {
      run.distanceLanes(PLACES.values, count, point, PLACES.result);
      return lanes;
    },
    values: () => doubles.slice(PLACES.values >> 3, (PLACES.values >> 3) + count),
  };
}

function summedByLoop(values: Float64Array): Summed {
  const lanes = new Float64Array(2 * LANES);
  return {
    count: values.length,
    sums() {
      for (let lane = 0; lane < LANES; lane++) {
        let sum = 0;
        let lost = 0;
        for (let i = lane; i < values.length; i += LANES) {
          const value = values[i]!;
          const next = sum + value;
          const part = next - sum;
          lost += sum - (next - part) + (value - part);
          sum = next;
        }
        lanes[lane] = sum;
        lanes[LANES + lane] = lost;
      }
      return lanes;
    },
    distances(point) {
      for (let lane = 0; lane < LANES; lane++) {
        let drift = 0;
        let squares = 0;
        for (let i = lane; i < values.length; i += LANES) {
          const distance = values[i]! - point;
          drift += distance;
          squares += distance * distance;
        }
        lanes[lane] = drift;
        lanes[LANES + lane] = squares;
      }
      return lanes;
    },
    values: () => values,
  };
}

function plainSum(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
}

function sumOf(summed: Summed): number {
  const sum = compensatedSum(summed.sums());
  if (Number.isFinite(sum)) return sum;
  // Lanes may leave a double's range on both sides where one running sum doesn't.
  const values = summed.values();
  const running = compensatedSum(values);
  return Number.isFinite(running) ? running : plainSum(values);
}

/** The mean is corrected before the deviations are taken, so that equal values lie exactly on it and deviate by nothing. */
export function finish(summed: Summed): Moments {
  const { count } = summed;
  if (count === 0) return { count, sum: 0, mean: Number.NaN, squares: 0 };
  const sum = sumOf(summed);
  // A sum may leave a double's range where the mean, which lies between the values, does not.
  const near = Number.isFinite(sum)
    ? sum / count
    : compensatedSum(summed.values().map((value) => value / count));
  const about = summed.distances(near);
  const shift = plainSum(about.subarray(0, LANES)) / count;
  const mean = Number.isFinite(shift) ? near + shift : near;
  // Most often the mean is as near as a double can be, and its distances are known by now.
  const lanes = mean === near ? about : summed.distances(mean);
  const drift = plainSum(lanes.subarray(0, LANES));
  const corrected = plainSum(lanes.subarray(LANES)) - (drift * drift) / count;
  return { count, sum, mean, squares: Math.max(0, corrected) };
}
