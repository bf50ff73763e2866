/** Bits in Arrow's order, as many as are pushed. */
export class BitList {
  #bytes = new Uint8Array(128);
  #length = 0;
  #ones = 0;

  get length(): number {
    return this.#length;
  }

  get ones(): number {
    return this.#ones;
  }

  push(bit: boolean): void {
    const at = this.#length++;
    if (at >> 3 === this.#bytes.length) {
      const more = new Uint8Array(this.#bytes.length * 2);
      more.set(this.#bytes);
      this.#bytes = more;
    }
    if (!bit) return;
    this.#bytes[at >> 3]! |= 1 << (at & 7);
    this.#ones++;
  }

  /** The bits so far, padded to 8 bytes; the list is empty after. */
  take(): Uint8Array {
    const bytes = this.#bytes.slice(0, Math.ceil(this.#length / 64) * 8);
    this.#bytes.fill(0);
    this.#length = 0;
    this.#ones = 0;
    return bytes;
  }
}
