import { ByteTable } from "../columns/byteTable.js";
import type { ColumnView } from "../columns/view.js";

// Beyond these, rows of levels not met before are counted together: bounded memory for columns of ids or documents.
const MOST_LEVELS = 2 ** 20;
const MOST_BYTES = 2 ** 26;

/** The code points of valid UTF-8. */
function codePoints(bytes: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < bytes.length; i++) if ((bytes[i]! & 0xc0) !== 0x80) count++;
  return count;
}

/** How often each text of a column occurs, and how long texts are, in code points. */
export class LevelCounts {
  readonly #table = new ByteTable();
  #counts = new Float64Array(64);
  #bytes = 0;
  readonly #lengths = new Map<number, number>();
  #dictionary: ColumnView | undefined;
  #codes = new Float64Array(0);
  /** Rows whose text wasn't kept. */
  unlisted = 0;

  /** Takes in rows [from, from + count) of a text column; `present` has one byte a row. */
  observe(view: ColumnView, from: number, count: number, present: Uint8Array | undefined): void {
    if (!view.dictionary) {
      for (let i = 0; i < count; i++) {
        if (!present || present[i] === 1) this.#add(view.bytes(from + i), 1);
      }
      return;
    }
    if (view.dictionary !== this.#dictionary) this.#flush();
    if (!this.#dictionary) {
      this.#dictionary = view.dictionary;
      this.#codes = new Float64Array(view.dictionary.length);
    }
    const codes = view.codes(from, count);
    for (let i = 0; i < count; i++) if (!present || present[i] === 1) this.#codes[codes[i]!]!++;
  }

  #flush(): void {
    const dictionary = this.#dictionary;
    this.#dictionary = undefined;
    if (!dictionary) return;
    for (let code = 0; code < this.#codes.length; code++) {
      if (this.#codes[code]! > 0) this.#add(dictionary.bytes(code), this.#codes[code]!);
    }
  }

  #add(bytes: Uint8Array, rows: number): void {
    const isFull = this.#table.size >= MOST_LEVELS || this.#bytes >= MOST_BYTES;
    const known = this.#table.size;
    const level = isFull ? this.#table.find(bytes) : this.#table.add(bytes);
    if (level < 0) {
      this.unlisted += rows;
      this.#addLength(codePoints(bytes), rows);
      return;
    }
    if (level === known) this.#bytes += bytes.length;
    if (level >= this.#counts.length) {
      const wider = new Float64Array(this.#counts.length * 2);
      wider.set(this.#counts);
      this.#counts = wider;
    }
    this.#counts[level]! += rows;
  }

  #addLength(length: number, rows: number): void {
    this.#lengths.set(length, (this.#lengths.get(length) ?? 0) + rows);
  }

  /** Distinct texts kept. */
  get size(): number {
    this.#flush();
    return this.#table.size;
  }

  /** The texts kept and their counts, in order of arrival; the bytes are a view, valid until more rows come. */
  *levels(): Generator<readonly [bytes: Uint8Array, rows: number]> {
    this.#flush();
    for (let i = 0; i < this.#table.size; i++) yield [this.#table.bytes(i), this.#counts[i]!];
  }

  /** Rows by length. */
  lengths(): Map<number, number> {
    const all = new Map(this.#lengths);
    for (const [bytes, rows] of this.levels()) {
      const length = codePoints(bytes);
      all.set(length, (all.get(length) ?? 0) + rows);
    }
    return all;
  }
}
