import { EngineError } from "../errors/index.js";

const EMPTY = -1;
const PAGE_BITS = 20;
const PAGE = 1 << PAGE_BITS;
const MOST_PAGES = 4096;

/** FNV-1a over bytes, with a final mix so that the low bits are good. */
export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

function wider(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const twice = new Int32Array(array.length * 2);
  twice.set(array);
  return twice;
}

/**
 * Distinct byte strings, each with a number from 0 in order of arrival. Exact: keys are kept and compared. A key takes its
 * bytes and about 17 more. Throws EngineError beyond 4 GB of keys.
 */
export class ByteTable {
  #slots = new Int32Array(64).fill(EMPTY);
  #hashes = new Int32Array(32);
  /** Where each key's length and bytes begin: the page in the high bits, the place in it in the low ones. */
  #starts = new Int32Array(32);
  readonly #pages: Uint8Array[] = [];
  #free = PAGE;
  #size = 0;

  /** How many distinct keys there are. */
  get size(): number {
    return this.#size;
  }

  /** Bytes held. */
  get byteLength(): number {
    const pages = this.#pages.reduce((sum, { byteLength }) => sum + byteLength, 0);
    return pages + this.#slots.byteLength + this.#hashes.byteLength * 2;
  }

  #same(key: number, bytes: Uint8Array, start: number, end: number): boolean {
    const at = this.#starts[key]!;
    const page = this.#pages[at >>> PAGE_BITS]!;
    let place = at & (PAGE - 1);
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = page[place++]!;
      length |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    if (length !== end - start) return false;
    for (let i = start; i < end; i++) if (page[place++] !== bytes[i]) return false;
    return true;
  }

  #slot(hash: number, bytes: Uint8Array, start: number, end: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const key = this.#slots[slot]!;
      if (key === EMPTY || (this.#hashes[key] === hash && this.#same(key, bytes, start, end))) return slot;
      slot = (slot + 1) & mask;
    }
  }

  /** The number of a key, or -1 when it isn't here; its hash as for `add`. */
  find(bytes: Uint8Array, start = 0, end = bytes.length, hash = hashBytes(bytes, start, end)): number {
    return this.#slots[this.#slot(hash, bytes, start, end)]!;
  }

  /**
   * The number of a key, which is added when it is new: a result equal to the old `size` says so. A hash that is given
   * must be the same for equal keys, and all of a table's keys must be given theirs.
   */
  add(bytes: Uint8Array, start = 0, end = bytes.length, hash = hashBytes(bytes, start, end)): number {
    const slot = this.#slot(hash, bytes, start, end);
    const known = this.#slots[slot]!;
    if (known !== EMPTY) return known;
    const key = this.#size++;
    if (key === this.#hashes.length) {
      this.#hashes = wider(this.#hashes);
      this.#starts = wider(this.#starts);
    }
    this.#hashes[key] = hash;
    this.#starts[key] = this.#store(bytes, start, end);
    this.#slots[slot] = key;
    if (this.#size * 4 > this.#slots.length * 3) this.#rehash();
    return key;
  }

  /** Writes a key behind its length, on a page where it fits whole; returns where. */
  #store(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start;
    if (this.#free + length + 5 > PAGE) {
      if (this.#pages.length === MOST_PAGES)
        throw new EngineError("engine/failed", "more than 4 GB of distinct keys");
      this.#pages.push(new Uint8Array(Math.max(PAGE, length + 5)));
      this.#free = 0;
    }
    const nth = this.#pages.length - 1;
    const page = this.#pages[nth]!;
    const at = (nth << PAGE_BITS) | this.#free;
    let place = this.#free;
    let rest = length;
    for (; rest >= 0x80; rest >>>= 7) page[place++] = (rest & 0x7f) | 0x80;
    page[place++] = rest;
    for (let i = start; i < end; i++) page[place++] = bytes[i]!;
    this.#free = place;
    return at;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(EMPTY);
    const mask = slots.length - 1;
    for (let key = 0; key < this.#size; key++) {
      let slot = this.#hashes[key]! & mask;
      while (slots[slot] !== EMPTY) slot = (slot + 1) & mask;
      slots[slot] = key;
    }
    this.#slots = slots;
  }

  /** The bytes of key number `key`: a view. */
  bytes(key: number): Uint8Array {
    const at = this.#starts[key]!;
    const page = this.#pages[at >>> PAGE_BITS]!;
    let place = at & (PAGE - 1);
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = page[place++]!;
      length |= (byte & 0x7f) << shift;
      if (byte < 0x80) return page.subarray(place, place + length);
    }
  }

  /** The numbers of all keys, in ascending order of their bytes. */
  ascending(): Int32Array {
    return Int32Array.from({ length: this.#size }, (_, key) => key).sort((a, b) => this.#compare(a, b));
  }

  #compare(a: number, b: number): number {
    const one = this.bytes(a);
    const two = this.bytes(b);
    const length = Math.min(one.length, two.length);
    for (let i = 0; i < length; i++) if (one[i] !== two[i]) return one[i]! - two[i]!;
    return one.length - two.length;
  }
}
