import { onesIn } from "./bitmap.js";
import { lowestBit } from "./bitWords.js";

/** Row ranges as pairs: start (inclusive) and end (exclusive) of each range, one after the other. */
export type Runs = Int32Array | Float64Array;

/** The runs of rows, of `rows` in all, whose bit equals `keep`, ascending, none empty, none touching the next; 32 bits a word. */
export function keptRuns(bits: Int32Array, rows: number, keep: 0 | 1): Int32Array {
  const flip = keep === 1 ? 0 : -1;
  let ones = 0;
  for (let word = 0; word < bits.length; word++) ones += onesIn(bits[word]!);
  // Each run of rows kept lies between two runs of those that aren't.
  const ends = new Int32Array(2 * (Math.min(ones, rows - ones) + 1));
  let edge = 0;
  for (let word = 0; word < bits.length; word++) {
    let left = bits[word]! ^ flip;
    const behind = rows - 32 * word;
    if (behind < 32) left &= (1 << behind) - 1;
    while (left !== 0) {
      const from = lowestBit(left);
      const zeros = ~left & (-1 << from);
      const to = zeros === 0 ? 32 : lowestBit(zeros);
      if (edge > 0 && ends[edge - 1] === 32 * word + from) edge--;
      else ends[edge++] = 32 * word + from;
      ends[edge++] = 32 * word + to;
      left = to === 32 ? 0 : left & (-1 << to);
    }
  }
  return ends.subarray(0, edge);
}

/** How many rows the runs hold together. */
export function rowsIn(runs: Runs): number {
  let rows = 0;
  for (let r = 0; r < runs.length; r += 2) rows += runs[r + 1]! - runs[r]!;
  return rows;
}

/** Each run with its ends multiplied: the child slots of fixed-size lists. */
export function scaledRuns(runs: Runs, factor: number): Float64Array {
  return Float64Array.from(runs, (end) => end * factor);
}

/** Collects runs in order; a run that begins where the last one ended makes it longer. */
export class RunList {
  #ends = new Float64Array(64);
  #length = 0;

  add(start: number, end: number): void {
    if (end <= start) return;
    if (this.#length > 0 && this.#ends[this.#length - 1] === start) {
      this.#ends[this.#length - 1] = end;
      return;
    }
    if (this.#length === this.#ends.length) this.#ends = doubled(this.#ends);
    this.#ends[this.#length++] = start;
    this.#ends[this.#length++] = end;
  }

  /** What was collected so far, without a copy. */
  get runs(): Float64Array {
    return this.#ends.subarray(0, this.#length);
  }
}

function doubled<T extends Runs>(full: T): T {
  const longer = new (full.constructor as new (length: number) => T)(full.length * 2);
  longer.set(full);
  return longer;
}
