import type { Conversion } from "../columns/storageUnit.js";
import type { ColumnView } from "../columns/view.js";

const double = new DataView(new ArrayBuffer(8));
const encoder = new TextEncoder();
const WORD = 4294967296;

// What a part of a key begins with. An integer's tag is the count of its bytes, and SIGN when it is below 0.
const NULL = 0xff;
const SIGN = 0x10;
const DOUBLE = 0x20;
const BIG = 0x40;
// A text's part begins with its length, or with this and the length in four bytes.
const LONG = 0xfe;

/** What a part comes to whose value has no equal where it is looked for. */
export const NO_KEY = -1;

/** Some rows of a batch. */
export interface Rows {
  readonly from: number;
  readonly count: number;
}

/** Writes one column's value of a row at `at` of the writer's buffer; returns where it ended. */
type Part = (i: number, at: number) => number;

/** Writes the values of a row one after the other, each telling its own length, so that equal bytes are equal rows. */
export class KeyWriter {
  buffer = new Uint8Array(256);
  readonly #parts: readonly Part[];

  /** `conversions` say how numbers of a column are put in another type's unit, where they are. */
  constructor(
    views: readonly ColumnView[],
    rows: Rows,
    conversions: readonly (Conversion | undefined)[] = [],
  ) {
    this.#parts = views.map((view, nth) => this.#partOf(view, rows, conversions[nth]));
  }

  /** Writes the key of row `i` of the rows from the buffer's start; returns its length, or NO_KEY. */
  write(i: number): number {
    let at = 0;
    for (const part of this.#parts) {
      at = part(i, at);
      if (at === NO_KEY) return NO_KEY;
    }
    return at;
  }

  #reserve(to: number): void {
    if (to <= this.buffer.length) return;
    const wider = new Uint8Array(to * 2);
    wider.set(this.buffer);
    this.buffer = wider;
  }

  #partOf(view: ColumnView, rows: Rows, convert: Conversion | undefined): Part {
    const valid = validOf(view, rows);
    const write =
      view.lane === "bytes"
        ? this.#bytesPart(view, rows)
        : view.lane === "opaque"
          ? undefined
          : convert
            ? this.#convertedPart(view, rows, convert)
            : this.#numberPart(view, rows);
    return (i, at) => {
      this.#reserve(at + 16);
      if (!write || (valid && valid[i] === 0)) {
        this.buffer[at] = NULL;
        return at + 1;
      }
      return write(i, at);
    };
  }

  #numberPart(view: ColumnView, { from, count }: Rows): Part {
    const { values } = view.numbers(from, count);
    return (i, at) => {
      const value = values[i]!;
      const isBig = view.lane === "integer" && !Number.isSafeInteger(value);
      return isBig ? this.#big(view.integer(from + i), at) : this.#number(value, at);
    };
  }

  #convertedPart(view: ColumnView, { from, count }: Rows, convert: Conversion): Part {
    const { values } = view.numbers(from, count);
    return (i, at) => {
      const isBig = view.lane === "integer" && !Number.isSafeInteger(values[i]!);
      const value = convert(isBig ? view.integer(from + i) : values[i]!);
      if (value === undefined) return NO_KEY;
      if (typeof value === "number") return this.#number(value, at);
      const small = Number(value);
      return Number.isSafeInteger(small) ? this.#integer(small, at) : this.#big(value, at);
    };
  }

  #number(value: number, at: number): number {
    if (Number.isSafeInteger(value)) return this.#integer(value, at);
    double.setFloat64(0, Number.isNaN(value) ? Number.NaN : value);
    this.buffer[at++] = DOUBLE;
    for (let k = 0; k < 8; k++) this.buffer[at++] = double.getUint8(k);
    return at;
  }

  #integer(value: number, at: number): number {
    const { buffer } = this;
    const tag = at++;
    const size = Math.abs(value);
    for (let low = size >>> 0; low !== 0; low >>>= 8) buffer[at++] = low & 0xff;
    if (size >= WORD) {
      // The low word is written whole when there is a high one.
      while (at < tag + 5) buffer[at++] = 0;
      for (let high = Math.floor(size / WORD); high !== 0; high >>>= 8) buffer[at++] = high & 0xff;
    }
    buffer[tag] = (at - tag - 1) | (value < 0 ? SIGN : 0);
    return at;
  }

  #big(value: bigint, at: number): number {
    const digits = encoder.encode(value.toString(36));
    this.buffer[at] = BIG | digits.length;
    this.#reserve(at + 1 + digits.length);
    this.buffer.set(digits, at + 1);
    return at + 1 + digits.length;
  }

  #bytesPart(view: ColumnView, { from: first, count }: Rows): Part {
    const { dictionary } = view;
    const codes = dictionary && view.codes(first, count);
    const { bytes, offsets } = (dictionary ?? view).flat;
    return (i, start) => {
      const slot = codes ? codes[i]! : first + i;
      const from = offsets[slot]!;
      const to = offsets[slot + 1]!;
      const length = to - from;
      this.#reserve(start + length + 8);
      const { buffer } = this;
      let at = start;
      // A short length is one byte, which is never NULL; a long one is four behind a mark.
      buffer[at++] = Math.min(length, LONG);
      if (length >= LONG)
        for (let shift = 0; shift < 32; shift += 8) buffer[at++] = (length >>> shift) & 0xff;
      for (let k = from; k < to; k++) buffer[at++] = bytes[k]!;
      return at;
    };
  }
}

function validOf(view: ColumnView, { from, count }: Rows): Uint8Array | undefined {
  if (view.hasNoNulls) return undefined;
  const flags = new Uint8Array(count);
  return view.validity(from, count, flags) ? flags : undefined;
}
