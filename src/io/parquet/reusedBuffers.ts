/**
 * Memory for what is read of a file, used again and again: what threads share isn't freed before each of them has
 * collected its garbage, and a thread that only decodes has hardly any.
 */
export class ReusedBuffers {
  readonly #isShared: boolean;
  readonly #free: (ArrayBuffer | SharedArrayBuffer)[] = [];

  constructor(isShared: boolean) {
    this.#isShared = isShared;
  }

  /** So many bytes, with anything in them. */
  take(length: number): Uint8Array {
    const found = this.#free.findIndex(({ byteLength }) => byteLength >= length);
    if (found >= 0) return new Uint8Array(this.#free.splice(found, 1)[0]!, 0, length);
    // One that is too small now would be too small again.
    this.#free.pop();
    const size = Math.ceil(length * 1.25);
    return new Uint8Array(this.#isShared ? new SharedArrayBuffer(size) : new ArrayBuffer(size), 0, length);
  }

  /** Takes back bytes that nobody looks at any more. */
  giveBack({ buffer }: Uint8Array): void {
    this.#free.push(buffer);
  }
}
