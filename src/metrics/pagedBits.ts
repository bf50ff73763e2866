const PAGE_BITS = 65536;

/** A set of safe integers in bitmaps of 65,536 neighbours: small when the integers are dense. */
export class PagedBits {
  readonly #pages = new Map<number, Uint8Array>();
  #lastIndex = Number.NaN;
  #lastPage: Uint8Array | undefined;

  /** Bytes the bitmaps take. */
  get byteLength(): number {
    return this.#pages.size * (PAGE_BITS / 8);
  }

  #page(index: number): Uint8Array | undefined {
    if (index === this.#lastIndex) return this.#lastPage;
    this.#lastIndex = index;
    this.#lastPage = this.#pages.get(index);
    return this.#lastPage;
  }

  has(value: number): boolean {
    const index = Math.floor(value / PAGE_BITS);
    const page = this.#page(index);
    const bit = value - index * PAGE_BITS;
    return page !== undefined && ((page[bit >> 3]! >> (bit & 7)) & 1) === 1;
  }

  /** Adds a value; true when it was already there. */
  add(value: number): boolean {
    const index = Math.floor(value / PAGE_BITS);
    let page = this.#page(index);
    if (!page) {
      page = new Uint8Array(PAGE_BITS / 8);
      this.#pages.set(index, page);
      this.#lastPage = page;
    }
    const bit = value - index * PAGE_BITS;
    const mask = 1 << (bit & 7);
    const byte = page[bit >> 3]!;
    page[bit >> 3] = byte | mask;
    return (byte & mask) !== 0;
  }

  /** The values, in no order that means anything. */
  *values(): Generator<number> {
    for (const [index, page] of this.#pages) {
      for (let byte = 0; byte < page.length; byte++) {
        if (page[byte] === 0) continue;
        for (let bit = 0; bit < 8; bit++) {
          if ((page[byte]! >> bit) & 1) yield index * PAGE_BITS + byte * 8 + bit;
        }
      }
    }
  }
}
