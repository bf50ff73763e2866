import { InputError } from "../../errors/index.js";

const text = new TextDecoder("utf-8", { fatal: true });

/** Where the structs of a flatbuffer vector are. */
export interface StructVector {
  readonly view: DataView;
  readonly count: number;
  /** Byte position of the first struct. */
  readonly at: number;
}

/**
 * A table of a flatbuffer that nobody vouches for: every position is checked against the buffer before it is read,
 * and a vector's length before anything loops over it. Slots are numbered as in the schema file.
 * Format: https://flatbuffers.dev/internals/
 */
export class FlatTable {
  readonly #view: DataView;
  readonly #at: number;
  readonly #vtable: number;
  readonly #slots: number;

  constructor(view: DataView, at: number) {
    this.#view = view;
    this.#at = at;
    this.#vtable = at - view.getInt32(at, true);
    this.#slots = (view.getUint16(this.#vtable, true) - 4) >> 1;
  }

  /** The root table of a buffer. */
  static root(bytes: Uint8Array): FlatTable {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return new FlatTable(view, view.getUint32(0, true));
  }

  #field(slot: number): number | undefined {
    if (slot >= this.#slots) return undefined;
    const offset = this.#view.getUint16(this.#vtable + 4 + slot * 2, true);
    return offset === 0 ? undefined : this.#at + offset;
  }

  /** Follows the reference in a slot. */
  #target(slot: number): number | undefined {
    const at = this.#field(slot);
    return at === undefined ? undefined : at + this.#view.getUint32(at, true);
  }

  bool(slot: number): boolean {
    return this.uint8(slot) !== 0;
  }

  uint8(slot: number): number {
    const at = this.#field(slot);
    return at === undefined ? 0 : this.#view.getUint8(at);
  }

  int16(slot: number, absent = 0): number {
    const at = this.#field(slot);
    return at === undefined ? absent : this.#view.getInt16(at, true);
  }

  int32(slot: number, absent = 0): number {
    const at = this.#field(slot);
    return at === undefined ? absent : this.#view.getInt32(at, true);
  }

  /** A 64-bit integer that counts or places something, so that a double must hold it. */
  size(slot: number): number {
    const at = this.#field(slot);
    return at === undefined ? 0 : sizeAt(this.#view, at);
  }

  table(slot: number): FlatTable | undefined {
    const at = this.#target(slot);
    return at === undefined ? undefined : new FlatTable(this.#view, at);
  }

  string(slot: number): string | undefined {
    const at = this.#target(slot);
    if (at === undefined) return undefined;
    const { byteOffset, buffer } = this.#view;
    const { count } = this.#vectorAt(at, 1);
    return text.decode(new Uint8Array(buffer, byteOffset + at + 4, count));
  }

  #vectorAt(at: number, width: number): StructVector {
    const count = this.#view.getUint32(at, true);
    if (count * width > this.#view.byteLength - at - 4) throw new RangeError(`a vector of ${count} items`);
    return { view: this.#view, count, at: at + 4 };
  }

  /** A vector of structs or numbers of `width` bytes. */
  structs(slot: number, width: number): StructVector {
    const at = this.#target(slot);
    return at === undefined ? { view: this.#view, count: 0, at: 0 } : this.#vectorAt(at, width);
  }

  /** A vector of tables. */
  tables(slot: number): FlatTable[] {
    const { view, count, at } = this.structs(slot, 4);
    return Array.from({ length: count }, (_, i) => {
      const item = at + i * 4;
      return new FlatTable(view, item + view.getUint32(item, true));
    });
  }
}

/** Reads a 64-bit integer as a double. Throws RangeError when one can't hold it. */
export function sizeAt(view: DataView, at: number): number {
  const value = Number(view.getBigInt64(at, true));
  if (!Number.isSafeInteger(value)) throw new RangeError(`a size of ${value}`);
  return value;
}

/** Runs `read` over metadata; what it trips over becomes InputError `input/corrupt` that says where. */
export function readingMetadata<T>(what: string, offset: number, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw new InputError(
      "input/corrupt",
      `${what} at byte ${offset} is damaged: ${(cause as Error).message}`,
      {
        offset,
        cause,
      },
    );
  }
}
