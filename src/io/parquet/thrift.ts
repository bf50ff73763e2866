import { InputError } from "../../errors/index.js";

/** The type codes of Thrift's compact protocol that Parquet's structures use. */
export const THRIFT = {
  true: 1,
  false: 2,
  i8: 3,
  i16: 4,
  i32: 5,
  i64: 6,
  double: 7,
  binary: 8,
  list: 9,
  set: 10,
  struct: 12,
} as const;

/** A value as it stands on the wire; `i64` is a bigint, smaller integers and doubles are numbers. */
export type ThriftValue = boolean | number | bigint | Uint8Array | ThriftList | ThriftStruct;

/** A list with its element type, so that it can be written again. */
export interface ThriftList {
  readonly of: number;
  readonly items: ThriftValue[];
}

/** A field's wire type and value; booleans carry theirs in the type. */
export interface ThriftField {
  readonly type: number;
  readonly value: ThriftValue;
}

/** A structure by field id, in the order of the wire. */
export type ThriftStruct = Map<number, ThriftField>;

/** Deeper nesting than any Parquet structure has; hostile bytes stop here and not at the stack's end. */
const DEEPEST = 24;

/**
 * Reads the structure that starts at `offset`; binary values are views of `bytes`.
 * The memory it takes is bounded by the bytes it reads. Throws InputError with the offset.
 */
export function readThrift(bytes: Uint8Array, offset = 0): { value: ThriftStruct; end: number } {
  const reader = new ThriftReader(bytes, offset);
  return { value: reader.struct(0), end: reader.at };
}

class ThriftReader {
  readonly #bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, offset: number) {
    this.#bytes = bytes;
    this.at = offset;
  }

  struct(depth: number): ThriftStruct {
    if (depth > DEEPEST) throw this.#corrupt("structures nested too deeply");
    const fields: ThriftStruct = new Map();
    let id = 0;
    for (;;) {
      const head = this.#byte();
      const type = head & 15;
      if (type === 0) return fields;
      id = head >> 4 === 0 ? this.#integer() : id + (head >> 4);
      if (fields.has(id)) throw this.#corrupt(`field ${id} given twice`);
      fields.set(id, { type, value: type === THRIFT.true ? true : this.#value(type, depth) });
    }
  }

  #value(type: number, depth: number): ThriftValue {
    switch (type) {
      case THRIFT.false:
        return false;
      case THRIFT.i8:
        return (this.#byte() << 24) >> 24;
      case THRIFT.i16:
      case THRIFT.i32:
        return this.#integer();
      case THRIFT.i64:
        return this.#long();
      case THRIFT.double: {
        const at = this.#take(8);
        return new DataView(this.#bytes.buffer, this.#bytes.byteOffset + at, 8).getFloat64(0, true);
      }
      case THRIFT.binary: {
        const length = this.#length();
        const at = this.#take(length);
        return this.#bytes.subarray(at, at + length);
      }
      case THRIFT.list:
      case THRIFT.set:
        return this.#list(depth);
      case THRIFT.struct:
        return this.struct(depth + 1);
      default:
        throw this.#corrupt(`unknown type ${type}`);
    }
  }

  #list(depth: number): ThriftList {
    if (depth > DEEPEST) throw this.#corrupt("lists nested too deeply");
    const head = this.#byte();
    const of = head & 15;
    const count = head >> 4 === 15 ? this.#length() : head >> 4;
    // No element is smaller than a byte, so a longer list is a lie, told before anything is allocated for it.
    if (count > this.#bytes.length - this.at) throw this.#corrupt(`a list of ${count} items doesn't fit`);
    const items: ThriftValue[] = [];
    const isBoolean = of === THRIFT.true || of === THRIFT.false;
    for (let i = 0; i < count; i++) {
      items.push(isBoolean ? this.#byte() === 1 : this.#value(of, depth + 1));
    }
    return { of, items };
  }

  #byte(): number {
    return this.#bytes[this.#take(1)]!;
  }

  #take(length: number): number {
    const start = this.at;
    if (length > this.#bytes.length - start) throw this.#corrupt(`${length} bytes wanted past the end`);
    this.at = start + length;
    return start;
  }

  /** A 64-bit number, unfolded; the first seven bytes fit a double exactly and most numbers end there. */
  #long(): bigint {
    let low = 0;
    let high = 0n;
    for (let i = 0; i < 10; i++) {
      const byte = this.#byte();
      if (i < 7) low += (byte & 127) * 2 ** (7 * i);
      else high |= BigInt(byte & 127) << BigInt(7 * i);
      if (byte < 128) {
        const folded = high | BigInt(low);
        return BigInt.asIntN(64, (folded >> 1n) ^ -(folded & 1n));
      }
    }
    throw this.#corrupt("a number without end");
  }

  #integer(): number {
    const folded = this.#length() >>> 0;
    return (folded >>> 1) ^ -(folded & 1);
  }

  #length(): number {
    let value = 0;
    for (let i = 0; i < 5; i++) {
      const byte = this.#byte();
      value += (byte & 127) * 2 ** (7 * i);
      if (byte < 128) return value;
    }
    throw this.#corrupt("a number without end");
  }

  #corrupt(what: string): InputError {
    return new InputError("input/corrupt", `damaged metadata at byte ${this.at}: ${what}`, {
      offset: this.at,
    });
  }
}
