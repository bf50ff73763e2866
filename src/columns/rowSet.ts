import { onesIn } from "./bitmap.js";

/** Rows of a stretch, which has a bitmap of its own. */
export const PAGE_ROWS = 65536;

/** A set of row numbers, in bitmaps made where they are needed: an eighth of a byte a row at most. */
export class RowSet {
  readonly #pages = new Map<number, Uint8Array>();
  #last: { readonly index: number; readonly page: Uint8Array } | undefined;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  #page(row: number): Uint8Array {
    const index = Math.floor(row / PAGE_ROWS);
    // Rows are added by stretches, one after the other.
    if (this.#last?.index === index) return this.#last.page;
    let page = this.#pages.get(index);
    if (!page) {
      page = new Uint8Array(PAGE_ROWS / 8);
      this.#pages.set(index, page);
    }
    this.#last = { index, page };
    return page;
  }

  /** Adds the rows whose flag is 1; `first` is the row of the first flag. A block never leaves its page. */
  addFlags(first: number, flags: Uint8Array, count: number): void {
    let page: Uint8Array | undefined;
    const base = first % PAGE_ROWS;
    // Four flags at a time: most rows of most blocks have none.
    const fours =
      (flags.byteOffset & 3) === 0 ? new Int32Array(flags.buffer, flags.byteOffset, count >> 2) : [];
    for (let i = 0; i < count; i++) {
      if ((i & 3) === 0 && fours[i >> 2] === 0) {
        i += 3;
        continue;
      }
      if (flags[i] !== 1) continue;
      page ??= this.#page(first);
      const bit = base + i;
      const mask = 1 << (bit & 7);
      if ((page[bit >> 3]! & mask) === 0) this.#size++;
      page[bit >> 3]! |= mask;
    }
  }

  /** Adds one row. */
  add(row: number): void {
    const page = this.#page(row);
    const bit = row % PAGE_ROWS;
    const mask = 1 << (bit & 7);
    if ((page[bit >> 3]! & mask) === 0) this.#size++;
    page[bit >> 3]! |= mask;
  }

  /** The rows from `first` on, counted from there. */
  from(first: number): RowSet {
    const shifted = new RowSet();
    for (const row of this) if (row >= first) shifted.add(row - first);
    return shifted;
  }

  /** Adds the rows of another set. */
  addAll(other: RowSet): void {
    for (const [index, theirs] of other.#pages) {
      const ours = this.#page(index * PAGE_ROWS);
      const [into, from] = [new Int32Array(ours.buffer), new Int32Array(theirs.buffer)];
      for (let i = 0; i < from.length; i++) {
        const added = from[i]! & ~into[i]!;
        if (added === 0) continue;
        into[i]! |= added;
        this.#size += onesIn(added);
      }
    }
  }

  has(row: number): boolean {
    const page = this.#pages.get(Math.floor(row / PAGE_ROWS));
    const bit = row % PAGE_ROWS;
    return page !== undefined && ((page[bit >> 3]! >> (bit & 7)) & 1) === 1;
  }

  /** Sets `out[i]` to 1 for each row `first + i` in the set; other bytes stay. Returns whether any was set. */
  markInto(first: number, count: number, out: Uint8Array): boolean {
    let any = false;
    let i = 0;
    while (i < count) {
      const row = first + i;
      const index = Math.floor(row / PAGE_ROWS);
      const end = Math.min(count, i + PAGE_ROWS - (row % PAGE_ROWS));
      const page = this.#pages.get(index);
      if (page) {
        for (; i < end; i++) {
          const bit = (first + i) % PAGE_ROWS;
          if (((page[bit >> 3]! >> (bit & 7)) & 1) === 1) {
            out[i] = 1;
            any = true;
          }
        }
      }
      i = end;
    }
    return any;
  }

  /** The first rows of the stretches of 65,536 that may hold a row of the set. */
  get stretches(): number[] {
    return [...this.#pages.keys()].map((index) => index * PAGE_ROWS);
  }

  /** Calls `visit` with i for each row `first + i` of the `count` rows from `first` on that is in the set, ascending. */
  visit(first: number, count: number, visit: (i: number) => void): void {
    for (let row = first; row < first + count; ) {
      const start = Math.floor(row / PAGE_ROWS) * PAGE_ROWS;
      const end = Math.min(first + count, start + PAGE_ROWS);
      const page = this.#pages.get(start / PAGE_ROWS);
      for (let bit = row - start; page && bit < end - start; bit++) {
        const byte = page[bit >> 3]!;
        if (byte === 0) bit |= 7;
        else if (((byte >> (bit & 7)) & 1) === 1) visit(start + bit - first);
      }
      row = end;
    }
  }

  /** The rows, ascending. */
  *[Symbol.iterator](): Generator<number> {
    for (const index of [...this.#pages.keys()].sort((a, b) => a - b)) {
      const page = this.#pages.get(index)!;
      for (let byte = 0; byte < page.length; byte++) {
        if (page[byte] === 0) continue;
        for (let bit = 0; bit < 8; bit++) {
          if ((page[byte]! >> bit) & 1) yield index * PAGE_ROWS + byte * 8 + bit;
        }
      }
    }
  }
}
