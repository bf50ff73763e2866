import type { RowTexts } from "./textPiece.js";

/** Texts of single rows, copied one by one. */
export class TextList {
  #rows = new Int32Array(64);
  #offsets = new Int32Array(65);
  #bytes = new Uint8Array(1024);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Bytes held. */
  get byteLength(): number {
    return this.#rows.byteLength + this.#offsets.byteLength + this.#bytes.byteLength;
  }

  /** Bytes in use. */
  get size(): number {
    return this.#count * 8 + this.#offsets[this.#count]!;
  }

  add(row: number, bytes: Uint8Array, start: number, end: number): void {
    if (this.#count === this.#rows.length) {
      this.#rows = wider(this.#rows, this.#count * 2);
      this.#offsets = wider(this.#offsets, this.#count * 2 + 1);
    }
    let at = this.#offsets[this.#count]!;
    if (at + end - start > this.#bytes.length) {
      const more = new Uint8Array((at + end - start) * 2);
      more.set(this.#bytes);
      this.#bytes = more;
    }
    for (let i = start; i < end; i++) this.#bytes[at++] = bytes[i]!;
    this.#rows[this.#count++] = row;
    this.#offsets[this.#count] = at;
  }

  /** The texts, as a view that is good until others are added. */
  texts(): RowTexts {
    return {
      firstRow: this.#rows[0]!,
      rows: this.#rows.subarray(0, this.#count),
      firstSlot: 0,
      flat: { bytes: this.#bytes, offsets: this.#offsets },
      count: this.#count,
    };
  }

  /** Forgets the texts; the memory is kept for others. */
  clear(): void {
    this.#count = 0;
  }
}

function wider(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const more = new Int32Array(length);
  more.set(array);
  return more;
}
