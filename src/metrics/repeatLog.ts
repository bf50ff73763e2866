import { EngineError } from "../errors/index.js";
import { ENTRY, KeyLog, MOST_ROWS, PARTS } from "./keyLog.js";
import { type SameKey, type Settled, settle } from "./keySettling.js";
import type { Repeats } from "./repeats.js";

// Entries before it is asked whether the keys are few.
const MANY = 2 ** 22;

let scratch = new Int32Array(0);

/**
 * Keys too many for a table, told apart in the end: a partition at a time, in cache. Where keys come many times over,
 * what was logged is made shorter on the way, so that memory follows the distinct keys.
 */
export class RepeatLog {
  readonly #log = new KeyLog();
  readonly #same: SameKey | undefined;
  readonly #repeats: Repeats | undefined;
  #settled: (Settled & { readonly size: number }) | undefined;
  #patience = MANY;

  /** Rows are marked in `repeats`, where they are wanted; `same` compares keys whose words are equal. */
  constructor(repeats: Repeats | undefined, same: SameKey | undefined) {
    this.#repeats = repeats;
    this.#same = same;
  }

  get byteLength(): number {
    return this.#log.byteLength;
  }

  /** Entries held. */
  get size(): number {
    return this.#log.size;
  }

  add(words: Int32Array, count: number, rows: Int32Array | undefined, firstRow: number): void {
    if (firstRow + count > MOST_ROWS) {
      throw new EngineError("engine/failed", `keys of more than ${MOST_ROWS} rows can't be told apart`);
    }
    this.#log.add(words, count, rows, firstRow);
  }

  /** Whether so many keys were logged that they may be worth making shorter, and are: many are the same. */
  get wantsCompaction(): boolean {
    if (this.#log.size < this.#patience) return false;
    this.#patience = this.#log.size * 2;
    const { distinct } = this.#settlePart(0);
    return distinct * 2 < this.#log.counts[0]!;
  }

  /** Leaves one entry of each key; `onKept` is told of its row. */
  compact(onKept?: (row: number) => void): void {
    this.#log.replace((part) => {
      const { distinct } = this.#settlePart(part);
      const entries = scratch.subarray(0, distinct * ENTRY);
      if (onKept) for (let at = 2; at < entries.length; at += ENTRY) onKept(entries[at]! & (MOST_ROWS - 1));
      return entries;
    });
    this.#patience = Math.max(MANY, this.#log.size * 2);
  }

  #settlePart(part: number): Settled {
    const length = this.#log.counts[part]! * ENTRY;
    if (scratch.length < length) scratch = new Int32Array(Math.ceil(length * 1.25));
    this.#log.gather(part, scratch);
    return settle(scratch, length, this.#same, (first, later) => this.#repeats?.add(first, later));
  }

  /** Marks all rows whose keys repeat, and counts. What comes after is taken in as before. */
  settled(): Settled {
    const { size } = this.#log;
    if (this.#settled?.size === size) return this.#settled;
    let distinct = 0;
    let repeated = 0;
    for (let part = 0; part < PARTS; part++) {
      const found = this.#settlePart(part);
      distinct += found.distinct;
      repeated += found.repeated;
    }
    this.#settled = { distinct, repeated, size };
    return this.#settled;
  }
}
