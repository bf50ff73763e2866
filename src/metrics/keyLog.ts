import { DEALT, type Dealt, dealEntries, ENTRY, PARTS } from "../kernels/entries.js";

/** Set in an entry's row where the key is known to come again: the row itself was counted already. */
export const REPEATS = 0x8000_0000 | 0;

/** Rows that an entry can name. */
export const MOST_ROWS = 2 ** 31;

/** Keys and their rows, apart by a hash of the key and in order of arrival within a partition: 12 bytes an entry. */
export class KeyLog {
  /** Keys that wait until there are so many that they are worth dealing. */
  #words = new Int32Array(2048);
  #rows = new Int32Array(1024);
  #waiting = 0;
  #dealt: Dealt[] = [];
  /** By partition, what stands in place of all that came before. */
  #settled: (Int32Array | undefined)[] = [];
  readonly #counts = new Float64Array(PARTS);
  #size = 0;

  /** Entries in all. */
  get size(): number {
    return this.#size;
  }

  get byteLength(): number {
    return this.#words.byteLength + this.#rows.byteLength + (this.#size - this.#waiting) * ENTRY * 4;
  }

  /** Entries of a partition. */
  count(part: number): number {
    this.#deal();
    return this.#counts[part]!;
  }

  /** Adds keys, two words each; their rows are `firstRow + rows[i]`, or on end from `firstRow`. */
  add(words: Int32Array, count: number, rows: Int32Array | undefined, firstRow: number): void {
    for (let from = 0; from < count; ) {
      if (this.#waiting === this.#rows.length) this.#makeRoom();
      const taken = Math.min(count - from, this.#rows.length - this.#waiting);
      this.#words.set(words.subarray(from * 2, (from + taken) * 2), this.#waiting * 2);
      const waiting = this.#rows.subarray(this.#waiting, this.#waiting + taken);
      if (rows) for (let i = 0; i < taken; i++) waiting[i] = firstRow + rows[from + i]!;
      else for (let i = 0; i < taken; i++) waiting[i] = firstRow + from + i;
      this.#waiting += taken;
      from += taken;
    }
    this.#size += count;
  }

  #makeRoom(): void {
    const room = this.#rows.length;
    if (room === DEALT) {
      this.#deal();
      return;
    }
    const words = new Int32Array(room * 4);
    words.set(this.#words);
    this.#words = words;
    const rows = new Int32Array(room * 2);
    rows.set(this.#rows);
    this.#rows = rows;
  }

  #deal(): void {
    if (this.#waiting === 0) return;
    const dealt = dealEntries(this.#words, this.#rows, this.#waiting);
    this.#waiting = 0;
    this.#dealt.push(dealt);
    let start = 0;
    for (let part = 0; part < PARTS; part++) {
      const end = dealt.ends[part]!;
      this.#counts[part]! += (end - start) / ENTRY;
      start = end;
    }
  }

  /** Copies the entries of a partition into `out`, in order of arrival; returns how many words they are. */
  gather(part: number, out: Int32Array): number {
    this.#deal();
    let length = 0;
    const settled = this.#settled[part];
    if (settled) {
      out.set(settled);
      length = settled.length;
    }
    for (const { entries, ends } of this.#dealt) {
      const start = part === 0 ? 0 : ends[part - 1]!;
      const end = ends[part]!;
      out.set(entries.subarray(start, end), length);
      length += end - start;
    }
    return length;
  }

  /** Puts other entries in place of all there are: `entriesOf` gives those of a partition, as a view. */
  replace(entriesOf: (part: number) => Int32Array): void {
    this.#deal();
    const settled: Int32Array[] = [];
    this.#size = 0;
    for (let part = 0; part < PARTS; part++) {
      const entries = entriesOf(part).slice();
      settled.push(entries);
      this.#counts[part] = entries.length / ENTRY;
      this.#size += entries.length / ENTRY;
    }
    this.#settled = settled;
    this.#dealt = [];
  }
}
