import { onesIn } from "./bitmap.js";
import { lowestBit, mergeBits } from "./bitWords.js";

/** Rows of a stretch, which has a bitmap of its own. */
export const PAGE_ROWS = 65536;

/** A set of row numbers, in bitmaps made where they are needed: an eighth of a byte a row at most. */
export class RowSet {
  /** 32 rows a word, the first in the lowest bit. */
  readonly #pages = new Map<number, Int32Array>();
  #last: { readonly index: number; readonly page: Int32Array } | undefined;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Bytes that the bitmaps take. */
  get byteLength(): number {
    return this.#pages.size * (PAGE_ROWS / 8);
  }

  #page(row: number): Int32Array {
    const index = Math.floor(row / PAGE_ROWS);
    // Rows are added by stretches, one after the other.
    if (this.#last?.index === index) return this.#last.page;
    let page = this.#pages.get(index);
    if (!page) {
      page = new Int32Array(PAGE_ROWS / 32);
      this.#pages.set(index, page);
    }
    this.#last = { index, page };
    return page;
  }

  /** Adds the rows whose flag is 1, of flags that are 0 or 1; `first` is the row of the first. A block never leaves its page. */
  addFlags(first: number, flags: Uint8Array, count: number): void {
    let page: Int32Array | undefined;
    const base = first % PAGE_ROWS;
    const isAligned = (flags.byteOffset & 3) === 0;
    const fours = isAligned ? new Int32Array(flags.buffer, flags.byteOffset, count >> 2) : new Int32Array(0);
    // Four flags at a time: most rows of most blocks have none.
    for (let four = 0; four < fours.length; four++) {
      const bytes = fours[four]!;
      if (bytes === 0) continue;
      page ??= this.#page(first);
      // The product brings the lowest bits of the four bytes together at its top.
      this.#merge(page, base + 4 * four, Math.imul(bytes, 0x10204080) >>> 28, 4);
    }
    for (let i = 4 * fours.length; i < count; i++) {
      if (flags[i] === 0) continue;
      page ??= this.#page(first);
      this.#merge(page, base + i, 1, 1);
    }
  }

  /** Adds rows of a page: the lowest `count` bits stand for the rows from `row` on. */
  #merge(page: Int32Array, row: number, bits: number, count: number): void {
    const word = row >> 5;
    const shift = row & 31;
    this.#mergeWord(page, word, bits << shift);
    if (shift + count > 32) this.#mergeWord(page, word + 1, bits >>> (32 - shift));
  }

  #mergeWord(page: Int32Array, word: number, bits: number): void {
    const added = bits & ~page[word]!;
    if (added === 0) return;
    page[word]! |= added;
    this.#size += onesIn(added);
  }

  /** Adds one row. */
  add(row: number): void {
    this.#merge(this.#page(row), row % PAGE_ROWS, 1, 1);
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
      for (let word = 0; word < theirs.length; word++) {
        if (theirs[word] !== 0) this.#mergeWord(ours, word, theirs[word]!);
      }
    }
  }

  /** The stretches that hold a row, each as its number and a bitmap. */
  get pages(): [page: number, bits: Int32Array][] {
    return [...this.#pages];
  }

  /** Adds the rows of such pages. */
  addPages(pages: Iterable<readonly [page: number, bits: Int32Array]>): void {
    const other = new RowSet();
    for (const [page, bits] of pages) other.#pages.set(page, bits);
    this.addAll(other);
  }

  has(row: number): boolean {
    const page = this.#pages.get(Math.floor(row / PAGE_ROWS));
    const bit = row % PAGE_ROWS;
    return page !== undefined && ((page[bit >> 5]! >> (bit & 31)) & 1) === 1;
  }

  /**
   * Sets bit i of `bits`, 32 to a word, for each row `first + i` of the `count` rows from `first` on that is in the set;
   * other bits stay. Returns whether any row was.
   */
  mergeInto(first: number, count: number, bits: Int32Array): boolean {
    let any = 0;
    for (let done = 0; done < count; ) {
      const from = (first + done) % PAGE_ROWS;
      const page = this.#pages.get(Math.floor((first + done) / PAGE_ROWS));
      const end = Math.min(count, done + PAGE_ROWS - from);
      if (page) any |= mergeBits(page, from, bits, done, end - done);
      done = end;
    }
    return any !== 0;
  }

  /** Sets `out[i]` to 1 for each row `first + i` in the set; other bytes stay. Returns whether any was set. */
  markInto(first: number, count: number, out: Uint8Array): boolean {
    const bits = new Int32Array((count + 31) >> 5);
    if (!this.mergeInto(first, count, bits)) return false;
    for (let word = 0; word < bits.length; word++) {
      for (let left = bits[word]!; left !== 0; left &= left - 1) {
        out[32 * word + lowestBit(left)] = 1;
      }
    }
    return true;
  }

  /** The first rows of the stretches of 65,536 that may hold a row of the set. */
  get stretches(): number[] {
    return [...this.#pages.keys()].map((index) => index * PAGE_ROWS);
  }

  /** The rows, ascending. */
  *[Symbol.iterator](): Generator<number> {
    for (const index of [...this.#pages.keys()].sort((a, b) => a - b)) {
      const page = this.#pages.get(index)!;
      for (let word = 0; word < page.length; word++) {
        for (let left = page[word]!; left !== 0; left &= left - 1) {
          yield index * PAGE_ROWS + 32 * word + lowestBit(left);
        }
      }
    }
  }
}
