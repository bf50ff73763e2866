const EMPTY = -1;

/** Distinct 64-bit keys, given as two 32-bit words, numbered from 0 in order of arrival. */
export class PairTable {
  #slots = new Int32Array(1024).fill(EMPTY);
  #words = new Int32Array(1024);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Bytes held. */
  get byteLength(): number {
    return this.#slots.byteLength + this.#words.byteLength;
  }

  #slot(low: number, high: number): number {
    const mask = this.#slots.length - 1;
    let hash = Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
    let slot = (hash ^ (hash >>> 13)) & mask;
    for (;;) {
      const key = this.#slots[slot]!;
      if (key === EMPTY || (this.#words[key * 2] === low && this.#words[key * 2 + 1] === high)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  /** The number of a key, or -1. */
  find(low: number, high: number): number {
    return this.#slots[this.#slot(low | 0, high | 0)]!;
  }

  /** The number of a key, added when new: a result equal to the old `size` says so. */
  add(low: number, high: number): number {
    const slot = this.#slot(low | 0, high | 0);
    const known = this.#slots[slot]!;
    if (known !== EMPTY) return known;
    const key = this.#size++;
    if (key * 2 >= this.#words.length) {
      const words = new Int32Array(this.#words.length * 2);
      words.set(this.#words);
      this.#words = words;
    }
    this.#words[key * 2] = low | 0;
    this.#words[key * 2 + 1] = high | 0;
    this.#slots[slot] = key;
    if (this.#size * 2 > this.#slots.length) this.#grow();
    return key;
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(EMPTY);
    for (let key = 0; key < this.#size; key++) {
      this.#slots[this.#slot(this.#words[key * 2]!, this.#words[key * 2 + 1]!)] = key;
    }
  }

  /** The words of key number `key`. */
  words(key: number): readonly [low: number, high: number] {
    return [this.#words[key * 2]!, this.#words[key * 2 + 1]!];
  }
}
