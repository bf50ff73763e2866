import { THRIFT, type ThriftField, type ThriftList, type ThriftStruct, type ThriftValue } from "./thrift.js";

/** A 32-bit integer field. */
export function i32(value: number): ThriftField {
  return { type: THRIFT.i32, value };
}

/** A 64-bit integer field. */
export function i64(value: number | bigint): ThriftField {
  return { type: THRIFT.i64, value: BigInt(value) };
}

/** A text field. */
export function text(value: string): ThriftField {
  return { type: THRIFT.binary, value: new TextEncoder().encode(value) };
}

/** A list of structures. */
export function structs(items: ThriftStruct[]): ThriftField {
  return { type: THRIFT.list, value: { of: THRIFT.struct, items } };
}

/** Writes a structure in Thrift's compact protocol; what `readThrift` read comes out byte for byte. */
export function writeThrift(value: ThriftStruct): Uint8Array {
  const writer = new ThriftWriter();
  writer.struct(value);
  return writer.bytes();
}

class ThriftWriter {
  #bytes = new Uint8Array(1024);
  #length = 0;

  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  struct(fields: ThriftStruct): void {
    let last = 0;
    for (const [id, field] of fields) {
      const step = id - last;
      const isBoolean = typeof field.value === "boolean";
      const type = isBoolean ? (field.value ? THRIFT.true : THRIFT.false) : field.type;
      if (step > 0 && step < 16) {
        this.#byte((step << 4) | type);
      } else {
        this.#byte(type);
        this.#integer(id);
      }
      if (!isBoolean) this.#value(type, field.value);
      last = id;
    }
    this.#byte(0);
  }

  #value(type: number, value: ThriftValue): void {
    if (type === THRIFT.i8) this.#byte((value as number) & 255);
    else if (type === THRIFT.double) this.#double(value as number);
    else if (typeof value === "bigint") this.#varint(BigInt.asUintN(64, (value << 1n) ^ (value >> 63n)));
    else if (typeof value === "number") this.#integer(value);
    else if (typeof value === "boolean") this.#byte(value ? 1 : 2);
    else if (value instanceof Uint8Array) this.#binary(value);
    else if (value instanceof Map) this.struct(value);
    else this.#list(value);
  }

  #list({ of, items }: ThriftList): void {
    if (items.length < 15) {
      this.#byte((items.length << 4) | of);
    } else {
      this.#byte((15 << 4) | of);
      this.#varint(BigInt(items.length));
    }
    for (const item of items) this.#value(of, item);
  }

  #integer(value: number): void {
    this.#varint(BigInt(((value << 1) ^ (value >> 31)) >>> 0));
  }

  #varint(value: bigint): void {
    let rest = value;
    for (; rest > 127n; rest >>= 7n) this.#byte(Number(rest & 127n) | 128);
    this.#byte(Number(rest));
  }

  #double(value: number): void {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setFloat64(0, value, true);
    this.#append(bytes);
  }

  #binary(value: Uint8Array): void {
    this.#varint(BigInt(value.length));
    this.#append(value);
  }

  #byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  #append(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more));
    grown.set(this.#bytes);
    this.#bytes = grown;
  }
}
