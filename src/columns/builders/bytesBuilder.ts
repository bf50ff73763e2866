import { type Data, DataType, makeData } from "apache-arrow";
import { LeafBuilder } from "./columnBuilder.js";

const encoder = new TextEncoder();
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const VIEW = 16;
const INLINE = 12;

/** Bytes of all values, and where each ends. */
interface Joined {
  readonly bytes: Uint8Array;
  /** One more than there are values. */
  readonly offsets: Int32Array;
}

function views({ bytes, offsets }: Joined): Uint8Array {
  const count = offsets.length - 1;
  const all = new Uint8Array(count * VIEW);
  const view = new DataView(all.buffer);
  for (let i = 0; i < count; i++) {
    const [from, length] = [offsets[i]!, offsets[i + 1]! - offsets[i]!];
    view.setInt32(i * VIEW, length, true);
    all.set(bytes.subarray(from, from + Math.min(length, length <= INLINE ? INLINE : 4)), i * VIEW + 4);
    if (length > INLINE) view.setInt32(i * VIEW + 12, from, true);
  }
  return all;
}

/** The column of a text or binary type over joined bytes. */
function dataOf(type: DataType, { bytes, offsets }: Joined, validity: object): Data {
  if (DataType.isUtf8View(type) || DataType.isBinaryView(type)) {
    const parts = { type, views: views({ bytes, offsets }), variadicBuffers: [bytes] };
    return makeData({ ...parts, ...validity } as never) as Data;
  }
  if (DataType.isFixedSizeBinary(type)) return makeData({ type, data: bytes, ...validity } as never) as Data;
  const isLarge = DataType.isLargeUtf8(type) || DataType.isLargeBinary(type);
  const valueOffsets = isLarge ? BigInt64Array.from(offsets, BigInt) : offsets;
  return makeData({ type, data: bytes, valueOffsets, ...validity } as never) as Data;
}

/** Builds columns of text, encoded all at once. */
export class TextBuilder extends LeafBuilder {
  readonly #type: DataType;
  #texts: string[] = [];

  constructor(type: DataType) {
    super();
    this.#type = type;
  }

  add(text: string | null): boolean {
    this.#texts.push(text ?? "");
    this.validity.push(text !== null);
    return true;
  }

  finish(): Data {
    const texts = this.#texts;
    this.#texts = [];
    return dataOf(this.#type, joinTexts(texts), this.validity.take());
  }
}

function joinTexts(texts: readonly string[]): Joined {
  const bytes = encoder.encode(texts.join(""));
  const offsets = new Int32Array(texts.length + 1);
  let units = 0;
  for (const [i, text] of texts.entries()) {
    units += text.length;
    offsets[i + 1] = units;
  }
  // As many bytes as UTF-16 units: all of it is ASCII, and the offsets are right.
  if (units === bytes.length) return { bytes, offsets };
  for (const [i, text] of texts.entries()) offsets[i + 1] = offsets[i]! + encodedLength(text);
  return { bytes, offsets };
}

/** Bytes of UTF-8 that well-formed text takes. */
function encodedLength(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    // Each half of a pair stands for two of its four bytes.
    length += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2;
  }
  return length;
}

/** Builds columns of bytes from base64. */
export class BinaryBuilder extends LeafBuilder {
  readonly #type: DataType;
  readonly #width: number | undefined;
  #values: Uint8Array[] = [];

  constructor(type: DataType) {
    super();
    this.#type = type;
    this.#width = DataType.isFixedSizeBinary(type) ? type.byteWidth : undefined;
  }

  add(text: string | null): boolean {
    if (text !== null && !BASE64.test(text)) return false;
    const bytes = text === null ? null : Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
    if (bytes && this.#width !== undefined && bytes.length !== this.#width) return false;
    this.push(bytes);
    return true;
  }

  /** Takes a value as its bytes, as many as the type has. */
  push(bytes: Uint8Array | null): void {
    this.#values.push(bytes ?? new Uint8Array(this.#width ?? 0));
    this.validity.push(bytes !== null);
  }

  finish(): Data {
    const offsets = new Int32Array(this.#values.length + 1);
    for (const [i, value] of this.#values.entries()) offsets[i + 1] = offsets[i]! + value.length;
    const bytes = new Uint8Array(offsets.at(-1)!);
    for (const [i, value] of this.#values.entries()) bytes.set(value, offsets[i]);
    this.#values = [];
    return dataOf(this.#type, { bytes, offsets }, this.validity.take());
  }
}
