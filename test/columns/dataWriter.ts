import {
  type Data,
  DataType,
  type Dictionary,
  type Field,
  type FixedSizeList,
  makeData,
  type Null,
  Type,
  type Union,
  Vector,
} from "apache-arrow";

/** Numbers in [0, 1) from a seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Writes Arrow data of any type with everything the format allows: garbage, odd offsets, missing bitmaps. */
export class DataWriter {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = randomFrom(seed);
  }

  below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  chance(p: number): boolean {
    return this.#random() < p;
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.below(256));
  }

  /** Data of `length` rows; half of the time cut out of longer data. */
  data(type: DataType, length: number): Data {
    if (this.chance(0.5)) return this.#whole(type, length);
    const before = this.below(20);
    return this.#whole(type, before + length + this.below(20)).slice(before, length);
  }

  #whole(type: DataType, length: number): Data {
    const parts = { type, length, ...this.#validity(length) };
    const make = (rest: object): Data => makeData({ ...parts, ...rest } as { type: DataType });
    switch (type.typeId) {
      case Type.Null:
        return makeData({ type: type as Null, length });
      case Type.Bool:
        return make({ data: this.bytes(Math.ceil((length + parts.offset) / 8)) });
      case Type.Utf8:
      case Type.LargeUtf8:
      case Type.Binary:
      case Type.LargeBinary: {
        const isText = DataType.isUtf8(type) || DataType.isLargeUtf8(type);
        const valueOffsets = this.#offsets(length);
        const wide = DataType.isLargeUtf8(type) || DataType.isLargeBinary(type);
        const bytes = this.bytes(valueOffsets[length]! + this.below(5));
        return make({
          valueOffsets: wide ? BigInt64Array.from(valueOffsets, BigInt) : valueOffsets,
          data: isText ? bytes.map((byte) => byte & 0x7f) : bytes,
        });
      }
      case Type.Utf8View:
      case Type.BinaryView:
        return make(this.#views(length));
      case Type.List:
      case Type.LargeList:
      case Type.Map: {
        const valueOffsets = this.#offsets(length);
        const child = this.data(type.children[0]!.type, valueOffsets[length]! + this.below(3));
        return make({
          valueOffsets: DataType.isLargeList(type) ? BigInt64Array.from(valueOffsets, BigInt) : valueOffsets,
          child,
        });
      }
      case Type.FixedSizeList:
        return make({ child: this.data(type.children[0]!.type, length * (type as FixedSizeList).listSize) });
      case Type.Struct:
        return make({ children: type.children.map((field: Field) => this.data(field.type, length)) });
      case Type.Union:
        return this.#union(type as Union, length);
      case Type.Dictionary: {
        const { dictionary, indices } = type as Dictionary;
        const chunks = Array.from({ length: 1 + this.below(2) }, () =>
          this.data(dictionary, 1 + this.below(5)),
        );
        const size = chunks.reduce((sum, { length }) => sum + length, 0);
        const codes = Array.from({ length }, () => this.below(size));
        return make({ data: indices.ArrayType.from(codes), dictionary: new Vector(chunks) });
      }
      default:
        return make({ data: this.#fixed(type, length) });
    }
  }

  /** A bit offset, and a bitmap that may be missing, empty, all set or of many nulls, its nulls counted or not. */
  #validity(length: number) {
    const offset = this.chance(0.5) ? 0 : this.below(70);
    const kind = this.below(5);
    if (kind === 0) return { offset };
    if (kind === 1) return { offset, nullBitmap: new Uint8Array(0), nullCount: 0 };
    const bytes = Math.ceil((offset + length) / 8);
    const nullBitmap = kind === 2 ? new Uint8Array(bytes).fill(255) : this.bytes(bytes);
    return { offset, nullBitmap };
  }

  #fixed(type: DataType, length: number): ArrayBufferView {
    const width = type.ArrayType.BYTES_PER_ELEMENT;
    const stride = makeData({ type }).stride;
    const values = new type.ArrayType(this.bytes(length * stride * width).buffer);
    // What get() turns into a number must be a safe integer.
    const isMoment = DataType.isTimestamp(type) || DataType.isDate(type);
    return isMoment && width === 8 ? values.map((value: bigint) => BigInt.asIntN(40, value)) : values;
  }

  #offsets(length: number): Int32Array {
    const offsets = new Int32Array(length + 1);
    offsets[0] = this.below(4);
    for (let i = 0; i < length; i++) offsets[i + 1] = offsets[i]! + (this.chance(0.3) ? 0 : this.below(6));
    return offsets;
  }

  #views(length: number) {
    const variadicBuffers = Array.from({ length: 1 + this.below(2) }, () =>
      this.bytes(60).map((b) => b & 127),
    );
    const views = new Uint8Array(length * 16);
    const view = new DataView(views.buffer);
    for (let i = 0; i < length; i++) {
      const size = this.below(25);
      const buffer = this.below(variadicBuffers.length);
      const from = this.below(60 - size);
      view.setInt32(i * 16, size, true);
      const bytes = variadicBuffers[buffer]!.subarray(from, from + size);
      views.set(bytes.subarray(0, size > 12 ? 4 : 12), i * 16 + 4);
      if (size > 12) {
        view.setInt32(i * 16 + 8, buffer, true);
        view.setInt32(i * 16 + 12, from, true);
      }
    }
    return { views, variadicBuffers };
  }

  #union(type: Union, length: number): Data {
    const ids = type.typeIds;
    const typeIds = Int8Array.from({ length }, () => ids[this.below(ids.length)]!);
    const fields: Field[] = type.children;
    if (DataType.isSparseUnion(type)) {
      const children = fields.map((field) => this.data(field.type, length));
      return makeData({ type, length, typeIds, children } as never);
    }
    const counts = fields.map(() => this.below(3));
    const valueOffsets = Int32Array.from(typeIds, (id) => {
      const child = type.typeIdToChildIndex[id]!;
      counts[child]! += this.chance(0.2) ? 2 : 1;
      return counts[child]! - 1;
    });
    const children = fields.map((field, i) => this.data(field.type, counts[i]!));
    return makeData({ type, length, typeIds, valueOffsets, children } as never);
  }
}
