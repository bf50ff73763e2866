/** Bytes that the processor fetches at once. */
const LINE = 64;
/** Read ahead at a time: as much as a page of memory, at whose end the processor stops guessing what comes next. */
const STRETCH = 4096;
/** Where fewer rows are taken than one in so many, most of what is read ahead would not be wanted. */
const SPARSE = 64;

/**
 * Fetches bytes before they are wanted, line after line, for who takes a few rows here and there: the processor
 * guesses that the next line is wanted, but not the one after a gap, and would wait for each anew.
 */
export class LinesAhead {
  /** What all that was read comes to: it must come to something, or a compiler may leave the reading out. */
  static seen = 0;
  readonly #bytes: Uint8Array;
  #read = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Undefined where it isn't worth it: few rows are taken, or nearly all, which are read one after the other anyway. */
  static of(values: ArrayBufferView, rows: number, taken: number): LinesAhead | undefined {
    if (taken * SPARSE < rows || taken * 2 > rows) return undefined;
    return new LinesAhead(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }

  /** Fetches a stretch from byte `from` on, unless the bytes up to `to` were fetched. */
  reach(from: number, to: number): void {
    if (to > this.#read) this.#fetch(from, Math.min(to + STRETCH, this.#bytes.length));
  }

  #fetch(from: number, end: number): void {
    let any = 0;
    for (let at = from; at < end; at += LINE) any |= this.#bytes[at]!;
    LinesAhead.seen |= any;
    this.#read = end;
  }
}
