import { STRETCH_ROWS } from "./stretches.js";

/** Rows, and what they took in milliseconds. */
class Taken {
  #rows = 0;
  #time = 0;

  add(rows: number, time: number): void {
    this.#rows += rows;
    this.#time += time;
  }

  get rows(): number {
    return this.#rows;
  }

  get perRow(): number {
    return this.#rows === 0 ? 0 : this.#time / this.#rows;
  }
}

// The first rows that are given are put into memory that nobody has touched yet.
const TRIED_ROWS = 8 * STRETCH_ROWS;

/** Whether giving rows away takes less time than judging them, as far as was seen in this run. */
export class GiveRate {
  readonly #given = new Taken();
  readonly #kept = new Taken();
  readonly #judged = new Taken();

  /** Rows were given away, which took so long, and so did what is judged here of them all the same. */
  gave(rows: number, giving: number, judging: number): void {
    this.#given.add(rows, giving);
    this.#kept.add(rows, judging);
  }

  /** All there is to judge of rows was judged here. */
  judged(rows: number, judging: number): void {
    this.#judged.add(rows, judging);
  }

  /** False once giving a row away was seen to take more than half of what it saves here. */
  get isWorthwhile(): boolean {
    if (this.#given.rows < TRIED_ROWS || this.#judged.rows === 0) return true;
    return this.#given.perRow * 2 < this.#judged.perRow - this.#kept.perRow;
  }
}
