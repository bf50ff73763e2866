import type { Knots } from "./knots.js";

// Cells over the range of the places that say where to begin to search; with more, the table leaves the nearest cache.
const CELLS = 4096;

/**
 * Counts of numbers at given increasing places and between them: all that is needed to rank them against a distribution
 * that is known at those places, in memory that doesn't grow with the rows. The order of the numbers doesn't matter.
 */
export class PlacedCounts {
  readonly #places: Float64Array;
  readonly #at: Float64Array;
  /** Rows strictly below each place and above the one before; the last are above all places. */
  readonly #gaps: Float64Array;
  /** For each cell the first place that isn't below it. */
  readonly #firsts: Uint32Array;
  readonly #least: number;
  readonly #perCell: number;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;
  #atMin = 0;
  #atMax = 0;

  /** @param places one at least, finite, strictly increasing */
  constructor(places: ArrayLike<number>) {
    this.#places = Float64Array.from(places);
    this.#at = new Float64Array(places.length);
    this.#gaps = new Float64Array(places.length + 1);
    this.#least = this.#places[0]!;
    // Halved, since the range may be more than a double holds.
    const range = this.#places.at(-1)! / 2 - this.#least / 2;
    this.#perCell = range > 0 ? CELLS / 2 / range : 0;
    this.#firsts = new Uint32Array(CELLS + 2);
    let place = 0;
    for (let cell = 0; cell < this.#firsts.length; cell++) {
      while (place < this.#places.length && this.#cellOf(this.#places[place]!) < cell) place++;
      this.#firsts[cell] = place;
    }
  }

  #cellOf(value: number): number {
    const cell = (value / 2 - this.#least / 2) * this.#perCell * 2;
    return cell >= CELLS ? CELLS : cell > 0 ? Math.trunc(cell) : 0;
  }

  /** The index of the first place that isn't below a value. */
  #search(value: number): number {
    const places = this.#places;
    const cell = this.#cellOf(value);
    let low = this.#firsts[cell]!;
    let high = cell === CELLS ? places.length : this.#firsts[cell + 1]!;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (places[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Counts finite numbers, each `times[i]` times, or once. */
  add(values: ArrayLike<number>, times?: ArrayLike<number>): void {
    const places = this.#places;
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      const rows = times ? times[i]! : 1;
      if (value <= this.#min || value >= this.#max) this.#extend(value, rows);
      const nth = this.#search(value);
      const counts = nth < places.length && places[nth] === value ? this.#at : this.#gaps;
      counts[nth]! += rows;
    }
  }

  #extend(value: number, rows: number): void {
    if (value < this.#min) {
      this.#min = value;
      this.#atMin = 0;
    }
    if (value > this.#max) {
      this.#max = value;
      this.#atMax = 0;
    }
    if (value === this.#min) this.#atMin += rows;
    if (value === this.#max) this.#atMax += rows;
  }

  /** The counts as a distribution, from the least number to the largest. */
  knots(): Knots {
    const values: number[] = [];
    const at: number[] = [];
    const gaps: number[] = [];
    const put = (value: number, here: number, gap: number): void => {
      values.push(value);
      at.push(here);
      gaps.push(gap);
    };
    for (let nth = 0; nth <= this.#places.length; nth++) {
      const place = this.#places[nth] ?? Number.POSITIVE_INFINITY;
      let gap = this.#gaps[nth]!;
      // The outermost numbers become places of their own.
      if (gap > 0 && values.length === 0) {
        put(this.#min, this.#atMin, 0);
        gap -= this.#atMin;
      }
      if (gap > 0 && place > this.#max) {
        put(this.#max, this.#atMax, gap - this.#atMax);
        gap = 0;
      }
      const here = this.#at[nth] ?? 0;
      if (place <= this.#max && (values.length > 0 || here > 0)) put(place, here, gap);
    }
    return { values, at, gaps };
  }
}
