/** A typed array, of whichever type. */
export type View =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

// A cache line: no two arrays share one, and every type is aligned.
const ALIGNMENT = 64;
const LEAST_BYTES = 1 << 20;

/** True where memory can be seen by several threads, or there is none of it. */
export function isShared(view: View): boolean {
  return view.byteLength === 0 || view.buffer instanceof SharedArrayBuffer;
}

/** Memory that threads share, filled from its start and, once everyone is done with it, again from its start. */
export class SharedArena {
  #memory = new SharedArrayBuffer(LEAST_BYTES);
  #used = 0;

  /** The values in shared memory: a copy, or themselves where they lie there already. */
  place<V extends View>(values: V): V {
    if (isShared(values)) return values;
    if (this.#used + values.byteLength > this.#memory.byteLength) {
      // Earlier copies stay where they are, in memory that is freed with them.
      const bytes = Math.max(values.byteLength, 2 * this.#memory.byteLength);
      this.#memory = new SharedArrayBuffer(Math.ceil(bytes / ALIGNMENT) * ALIGNMENT);
      this.#used = 0;
    }
    const Kind = values.constructor as new (memory: SharedArrayBuffer, at: number, length: number) => V;
    const copy = new Kind(this.#memory, this.#used, values.length);
    copy.set(values as never);
    this.#used = Math.ceil((this.#used + values.byteLength) / ALIGNMENT) * ALIGNMENT;
    return copy;
  }

  /** Gives the memory up to what is placed next. */
  empty(): void {
    this.#used = 0;
  }
}
