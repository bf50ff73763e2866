import { type Knots, knotsOfSorted, mergeKnots, NO_KNOTS, reduceKnots } from "./knots.js";
import { mergeSpreads, type Spread, spreadOf } from "./spread.js";

// Values sorted at a time, distinct ones kept exactly, and the buckets kept beyond that: 32 MB, 48 MB and 1.5 MB.
const AT_A_TIME = 2 ** 22;
const MOST_DISTINCT = 2 ** 21;
const BUCKETS = 2 ** 16;
const TAIL = 2 ** 10;

/** The distribution of the numbers seen. */
export interface Gathered {
  readonly knots: Knots;
  readonly spread: Spread;
  /** Rows by which a rank may be off; 0 while all distinct values are kept. */
  readonly error: number;
}

/**
 * Finite numbers by distinct value and count. It is exact, and doesn't depend on the order of the rows, up to two million
 * distinct values; beyond that ranks are kept within a stated error, in bounded memory.
 */
export class NumberRuns {
  nans = 0;
  plusInfinities = 0;
  minusInfinities = 0;
  #open = new Float64Array(1024);
  #size = 0;
  #settled = NO_KNOTS;
  #spread: Spread | undefined;
  #error = 0;

  add(value: number): void {
    if (!Number.isFinite(value)) {
      if (Number.isNaN(value)) this.nans++;
      else if (value > 0) this.plusInfinities++;
      else this.minusInfinities++;
      return;
    }
    if (this.#size === this.#open.length) this.#makeRoom();
    // -0 and 0 are one value.
    this.#open[this.#size++] = value + 0;
  }

  #makeRoom(): void {
    if (this.#size >= AT_A_TIME) {
      this.#settle();
      return;
    }
    const wider = new Float64Array(this.#size * 2);
    wider.set(this.#open);
    this.#open = wider;
  }

  #settle(): void {
    const fresh = knotsOfSorted(this.#open.subarray(0, this.#size).sort());
    this.#size = 0;
    if (this.#spread) this.#spread = mergeSpreads(this.#spread, spreadOf(fresh));
    const isFirst = this.#settled.values.length === 0;
    this.#settled = isFirst ? fresh : mergeKnots([this.#settled, fresh]);
    if (this.#settled.values.length <= MOST_DISTINCT) return;
    this.#spread ??= spreadOf(this.#settled);
    const { knots, error } = reduceKnots(this.#settled, BUCKETS, TAIL);
    this.#settled = knots;
    this.#error += error + 1;
  }

  /** What was seen so far. */
  gathered(): Gathered {
    if (this.#size > 0) this.#settle();
    return {
      knots: this.#settled,
      spread: this.#spread ?? spreadOf(this.#settled),
      error: this.#error,
    };
  }
}
