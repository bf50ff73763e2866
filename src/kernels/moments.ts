import { compensatedSum } from "../stats/exactSum.js";
import { type Kernels, kernelsFor } from "./kernels.js";
import { KERNEL_ROWS, PLACES } from "./layout.js";
import { type Bits, type Numbers, stageNumbers } from "./staged.js";

/** Moments of some numbers; `squares` is the sum of squared deviations from the mean. */
export interface Moments {
  readonly count: number;
  readonly sum: number;
  readonly mean: number;
  readonly squares: number;
}

/**
 * Sums run in this many lanes, so that they can run side by side: each is of every eighth row, counted from the first row of
 * the block of 8192 that the rows belong to.
 */
const LANES = 8;

/** Eight sums and, behind them, eight more: of what the kernel or its twin was asked for last. */
type Lanes = Float64Array;

/** What a kernel or its twin can say of the finite ones among some values. */
interface Summed {
  readonly count: number;
  /** Sums, and what rounding lost in each. */
  readonly sums: Lanes;
  /** Sums of the distances from a point, and of their squares. */
  distances(point: number): Lanes;
  /** The values themselves, for what leaves a double's range. */
  values(): Float64Array;
}

/**
 * Moments of finite values (Chan, Golub and LeVeque 1983: the corrected two-pass algorithm), the same on every machine.
 * `rows` says where in its block each value stands, in ascending order.
 */
export function momentsOfRows(values: Float64Array, rows: Uint16Array): Moments {
  const kernels = kernelsFor(values.length);
  return finish(kernels ? rowsByKernel(kernels, values, rows) : summedByLoop(values, rows));
}

/** The kernel of `momentsOfRows`. */
export function rowsByKernel(kernels: Kernels, values: Float64Array, rows: Uint16Array): Summed {
  const block = kernels.doubles.subarray(PLACES.values >> 3, (PLACES.values >> 3) + KERNEL_ROWS);
  block.fill(Number.NaN);
  for (let i = 0; i < values.length; i++) block[rows[i]!] = values[i]!;
  return new KernelSums(kernels, PLACES.values, KERNEL_ROWS);
}

/** Moments of the finite values among the first `count` that are present; they begin where a block does. */
export function momentsOfPresent(values: Numbers, bits: Bits, count: number): Moments {
  const kernels = kernelsFor(count);
  return finish(kernels ? presentByKernel(kernels, values, bits, count) : presentByLoop(values, bits, count));
}

/** The kernel of `momentsOfPresent`. */
export function presentByKernel(kernels: Kernels, values: Numbers, bits: Bits, count: number): Summed {
  return new KernelSums(kernels, stageNumbers(kernels, values, bits, count), count);
}

/** The twin of the kernel of `momentsOfPresent`. */
export function presentByLoop(values: Numbers, bits: Bits, count: number): Summed {
  const present = new Float64Array(count);
  const rows = new Uint16Array(count);
  let size = 0;
  for (let i = 0; i < count; i++) {
    if (bits && ((bits[i >> 3]! >> (i & 7)) & 1) === 0) continue;
    rows[size] = i;
    if (Number.isFinite(values[i]!)) present[size++] = values[i]!;
  }
  return summedByLoop(present.subarray(0, size), rows);
}

class KernelSums implements Summed {
  readonly count: number;
  readonly sums: Lanes;
  readonly #kernels: Kernels;
  readonly #at: number;
  readonly #rows: number;

  constructor(kernels: Kernels, at: number, rows: number) {
    const { run, doubles } = kernels;
    this.#kernels = kernels;
    this.#at = at;
    this.#rows = rows;
    run.sumLanes(at, rows, PLACES.result);
    this.count = doubles[2 * LANES]!;
    this.sums = doubles.slice(0, 2 * LANES);
  }

  distances(point: number): Lanes {
    const { run, doubles } = this.#kernels;
    run.distanceLanes(this.#at, this.#rows, point, PLACES.result);
    return doubles.subarray(0, 2 * LANES);
  }

  values(): Float64Array {
    const first = this.#at >> 3;
    return this.#kernels.doubles.slice(first, first + this.#rows).filter(Number.isFinite);
  }
}

/** The twin of the kernels: sums of finite values by where they stand. */
export function summedByLoop(values: Float64Array, rows: Uint16Array): Summed {
  const sums = new Float64Array(2 * LANES);
  for (let i = 0; i < values.length; i++) {
    const lane = rows[i]! % LANES;
    const value = values[i]!;
    const sum = sums[lane]!;
    const next = sum + value;
    const part = next - sum;
    sums[LANES + lane]! += sum - (next - part) + (value - part);
    sums[lane] = next;
  }
  return {
    count: values.length,
    sums,
    distances(point) {
      const lanes = new Float64Array(2 * LANES);
      for (let i = 0; i < values.length; i++) {
        const lane = rows[i]! % LANES;
        const distance = values[i]! - point;
        lanes[lane]! += distance;
        lanes[LANES + lane]! += distance * distance;
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
  const sum = compensatedSum(summed.sums);
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
