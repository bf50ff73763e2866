/** Row ranges as pairs: start (inclusive) and end (exclusive) of each range, one after the other. */
export type Runs = Int32Array | Float64Array;

/** The runs of rows whose mask byte equals `keep`, ascending, none empty, none touching the next. */
export function keptRuns(mask: Uint8Array, keep: 0 | 1): Int32Array {
  let ends = new Int32Array(64);
  let edge = 0;
  let row = 0;
  while (true) {
    while (row < mask.length && mask[row] !== keep) row++;
    if (row === mask.length) return ends.slice(0, edge);
    if (edge === ends.length) ends = doubled(ends);
    ends[edge++] = row;
    while (row < mask.length && mask[row] === keep) row++;
    ends[edge++] = row;
  }
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
