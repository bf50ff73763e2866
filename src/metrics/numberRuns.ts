import { type Knots, knotsOfSorted, mergeKnots, NO_KNOTS, reduceKnots } from "./knots.js";
import { PlacedCounts } from "./placedCounts.js";
import { sortNumbers } from "./sortNumbers.js";
import { mergeSpreads, type Spread, spreadOf, spreadOfNumbers } from "./spread.js";

// Values sorted at a time, distinct ones kept exactly, and the buckets kept beyond that: 32 MB, 48 MB and 1.5 MB.
const AT_A_TIME = 2 ** 22;
const MOST_DISTINCT = 2 ** 21;
const BUCKETS = 2 ** 16;
const TAIL = 2 ** 10;
// The same where places are given: beyond so many distinct values only their counts at the places are kept.
const FEW_AT_A_TIME = 2 ** 18;
const FEW_DISTINCT = 2 ** 16;

/** The distribution of the numbers seen. */
export interface Gathered {
  readonly knots: Knots;
  readonly spread: Spread;
  /** Rows by which a rank may be off; 0 while all distinct values are kept. */
  readonly error: number;
}

/**
 * Finite numbers by distinct value and count. It is exact, and doesn't depend on the order of the rows, up to two million
 * distinct values; beyond that ranks are kept within a stated error, in bounded memory. For a comparison at known places
 * the ranks at those places are exact, however many values there are.
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
  readonly #places: ArrayLike<number> | undefined;
  #placed: PlacedCounts | undefined;

  /** @param places increasing; where given, ranks are read at these only */
  constructor(places?: ArrayLike<number>) {
    this.#places = places?.length ? places : undefined;
  }

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
    if (this.#size >= (this.#places ? FEW_AT_A_TIME : AT_A_TIME)) {
      this.#settle();
      return;
    }
    const wider = new Float64Array(this.#size * 2);
    wider.set(this.#open);
    this.#open = wider;
  }

  #settle(): void {
    if (this.#placed) {
      const fresh = this.#open.subarray(0, this.#size);
      this.#size = 0;
      this.#spread = mergeSpreads(this.#spread!, spreadOfNumbers(fresh));
      this.#placed.add(fresh);
      return;
    }
    const fresh = knotsOfSorted(sortNumbers(this.#open.subarray(0, this.#size)));
    this.#size = 0;
    if (this.#spread) this.#spread = mergeSpreads(this.#spread, spreadOf(fresh));
    const isFirst = this.#settled.values.length === 0;
    this.#settled = isFirst ? fresh : mergeKnots([this.#settled, fresh]);
    if (this.#settled.values.length <= (this.#places ? FEW_DISTINCT : MOST_DISTINCT)) return;
    this.#spread ??= spreadOf(this.#settled);
    if (this.#places) {
      this.#placed = new PlacedCounts(this.#places);
      this.#placed.add(this.#settled.values, this.#settled.at);
      this.#settled = NO_KNOTS;
      return;
    }
    const { knots, error } = reduceKnots(this.#settled, BUCKETS, TAIL);
    this.#settled = knots;
    this.#error += error + 1;
  }

  /** What was seen so far. */
  gathered(): Gathered {
    if (this.#size > 0) this.#settle();
    return {
      knots: this.#placed?.knots() ?? this.#settled,
      spread: this.#spread ?? spreadOf(this.#settled),
      error: this.#error,
    };
  }
}
