import { type Data, DataType, type Dictionary, type RecordBatch, type Vector } from "apache-arrow";
import type { Longs, Numbers } from "../kernels/staged.js";
import type { ColumnAddress } from "./address.js";
import { expandBits, packFlags, sliceBits, validityOf } from "./bitmap.js";
import { type FlatBytes, flatBytes } from "./flatData.js";
import { joinParts } from "./joinParts.js";
import { BLOCK_ROWS, type Staged, stage, storedInteger } from "./stage.js";

/**
 * How values are reached: `number` fits a double exactly, `integer` is a 64-bit or decimal integer in storage units,
 * `bytes` is text or binary, `opaque` can only be tested for null.
 */
export type Lane = "number" | "integer" | "bytes" | "opaque";

/** The lane of an Arrow type, dictionaries by their values. */
export function laneOf(type: DataType): Lane {
  if (DataType.isDictionary(type)) return laneOf((type as Dictionary).dictionary);
  if (DataType.isBool(type) || DataType.isFloat(type)) return "number";
  if (DataType.isInt(type)) return type.bitWidth === 64 ? "integer" : "number";
  if (DataType.isDecimal(type) || DataType.isTimestamp(type) || DataType.isDuration(type)) return "integer";
  if (DataType.isDate(type)) return type.unit === 0 ? "number" : "integer";
  if (DataType.isTime(type)) return type.bitWidth === 64 ? "integer" : "number";
  if (
    DataType.isUtf8(type) ||
    DataType.isLargeUtf8(type) ||
    DataType.isUtf8View(type) ||
    DataType.isBinary(type) ||
    DataType.isLargeBinary(type) ||
    DataType.isBinaryView(type) ||
    DataType.isFixedSizeBinary(type)
  ) {
    return "bytes";
  }
  return "opaque";
}

/** Dictionary codes as plain numbers. */
export type Codes = Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array;

const single = new Float64Array(1);

const dictionaries = new WeakMap<Vector, ColumnView>();

/** A calm view of one column of one batch: validity, doubles, bytes or dictionary codes, a block at a time. */
export class ColumnView {
  readonly type: DataType;
  readonly lane: Lane;
  readonly length: number;
  readonly data: Data;
  /** The distinct values, when the column is dictionary-encoded. */
  readonly dictionary: ColumnView | undefined;
  readonly #bitmaps: { bitmap: Uint8Array; offset: number }[] = [];
  readonly #allNull: boolean;
  /** A union has no bitmap of its own: the slot of the child a row points to is null, or isn't. */
  readonly #isUnionWithNulls: boolean;
  #flat: FlatBytes | undefined;
  #staged: { from: number; count: number; result: Staged } | undefined;
  #stored: { from: number; values: Numbers | Longs } | undefined;
  #buffer: Float64Array | undefined;

  /** `dictionary` stands for the one that the data has. */
  constructor(data: Data, parents: readonly Data[] = [], dictionary?: ColumnView) {
    this.data = data;
    this.type = data.type;
    this.lane = laneOf(data.type);
    this.length = data.length;
    this.#allNull = DataType.isNull(data.type);
    this.#isUnionWithNulls = DataType.isUnion(data.type) && data.nullCount > 0;
    for (const part of [...parents, data]) {
      const bitmap = validityOf(part);
      if (bitmap) this.#bitmaps.push({ bitmap, offset: part.offset });
    }
    this.dictionary =
      dictionary ?? (DataType.isDictionary(data.type) ? ColumnView.#ofDictionary(data) : undefined);
  }

  static #ofDictionary(data: Data): ColumnView {
    const vector = data.dictionary!;
    const known = dictionaries.get(vector);
    if (known) return known;
    // A grown (delta) dictionary comes in parts.
    const view = new ColumnView(
      vector.data.length === 1 ? vector.data[0]! : joinParts(vector.type, vector.data),
    );
    dictionaries.set(vector, view);
    return view;
  }

  /** The view of the column at `address` in `batch`. */
  static of(batch: RecordBatch, address: ColumnAddress, position: number): ColumnView {
    let data = batch.data.children[position]!;
    const parents: Data[] = [];
    for (const child of address.path) {
      parents.push(data);
      data = data.children[child]!;
    }
    return new ColumnView(data, parents);
  }

  /** True when no row of this view is null, nulls inside a dictionary included. */
  get hasNoNulls(): boolean {
    if (this.#allNull) return this.length === 0;
    return this.#bitmaps.length === 0 && !this.#isUnionWithNulls && (this.dictionary?.hasNoNulls ?? true);
  }

  /** One byte a row in `out`, 1 where a value is present; false is returned when all are and `out` is untouched. */
  validity(from: number, count: number, out: Uint8Array): boolean {
    if (this.hasNoNulls) return false;
    if (this.#allNull) {
      out.fill(0, 0, count);
      return true;
    }
    out.fill(1, 0, count);
    for (const [nth, { bitmap, offset }] of this.#bitmaps.entries()) {
      const target = nth === 0 ? out : new Uint8Array(count);
      expandBits(bitmap, offset + from, count, target);
      if (nth > 0) for (let i = 0; i < count; i++) out[i]! &= target[i]!;
    }
    if (this.#isUnionWithNulls) {
      for (let i = 0; i < count; i++) if (out[i] && !this.data.getValid(from + i)) out[i] = 0;
    }
    const dictionary = this.dictionary;
    if (dictionary && !dictionary.hasNoNulls) {
      const codes = this.codes(from, count);
      for (let i = 0; i < count; i++) if (out[i] && !dictionary.isValid(codes[i]!)) out[i] = 0;
    }
    return true;
  }

  /** Validity as one bit a row from bit 0 on; undefined when no row of the view is null. */
  bits(from: number, count: number): Uint8Array | undefined {
    if (this.hasNoNulls) return undefined;
    const [only] = this.#bitmaps;
    const isPlain = this.#bitmaps.length === 1 && !this.#isUnionWithNulls && !this.#allNull;
    if (isPlain && (this.dictionary?.hasNoNulls ?? true)) {
      return sliceBits(only!.bitmap, only!.offset + from, count);
    }
    const flags = new Uint8Array(count);
    this.validity(from, count, flags);
    return packFlags(flags, count);
  }

  /** True when row `index` holds a value. */
  isValid(index: number): boolean {
    if (this.#allNull) return false;
    for (const { bitmap, offset } of this.#bitmaps) {
      const bit = offset + index;
      if (((bitmap[bit >> 3]! >> (bit & 7)) & 1) === 0) return false;
    }
    if (this.#isUnionWithNulls) return this.data.getValid(index);
    return this.dictionary ? this.dictionary.isValid(this.code(index)) : true;
  }

  /** Dictionary codes of rows [from, from + count); those of null rows are meaningless. */
  codes(from: number, count: number): Codes {
    const codes = (this.data.values as Codes | BigInt64Array).subarray(from, from + count);
    return codes instanceof BigInt64Array || codes instanceof BigUint64Array
      ? Int32Array.from(codes, Number)
      : codes;
  }

  /** The dictionary code of one row. */
  code(index: number): number {
    return Number((this.data.values as Int32Array)[index]!);
  }

  /** Rows as doubles in storage units; the result is valid until the next call. Lanes `number` and `integer` only. */
  numbers(from: number, count: number): Staged {
    const last = this.#staged;
    if (last && last.from === from && last.count === count) return last.result;
    this.#buffer ??= new Float64Array(Math.min(BLOCK_ROWS, this.length));
    if (this.#buffer.length < count) this.#buffer = new Float64Array(count);
    const result = this.dictionary
      ? this.#gatherNumbers(this.dictionary, from, count, this.#buffer)
      : stage(this.data, from, count, this.#buffer);
    this.#staged = { from, count, result };
    return result;
  }

  #gatherNumbers(dictionary: ColumnView, from: number, count: number, out: Float64Array): Staged {
    const { values, exact } = dictionary.numbers(0, dictionary.length);
    const codes = this.codes(from, count);
    for (let i = 0; i < count; i++) out[i] = values[codes[i]!] ?? 0;
    return { values: out.subarray(0, count), exact };
  }

  /** Rows of a buffer, as the same object while the same rows are asked for: by it kernels know a block that is in place. */
  #rowsOf<T extends Numbers | Longs>(values: T, from: number, count: number): T {
    const last = this.#stored;
    if (last && last.from === from && last.values.length === count) return last.values as T;
    const rows = values.subarray(from, from + count) as T;
    this.#stored = { from, values: rows };
    return rows;
  }

  /** As `numbers`, in the type they are stored in where a double holds each; undefined when some are beyond that. */
  plainNumbers(from: number, count: number): Numbers | undefined {
    const values = this.data.values as unknown;
    const isPlain = !this.dictionary && !DataType.isDecimal(this.type);
    if (isPlain && (values instanceof Int32Array || values instanceof Float32Array)) {
      return this.#rowsOf(values, from, count);
    }
    const staged = this.numbers(from, count);
    return staged.exact ? staged.values : undefined;
  }

  /** The 64-bit integers of rows [from, from + count), where that is how the column is stored. */
  longs(from: number, count: number): Longs | undefined {
    const values = this.data.values as unknown;
    if (this.dictionary || this.lane !== "integer") return undefined;
    return values instanceof BigInt64Array || values instanceof BigUint64Array
      ? this.#rowsOf(values, from, count)
      : undefined;
  }

  /** One row as a double in storage units; leaves what `numbers` gave untouched. */
  number(index: number): number {
    if (this.dictionary) return this.dictionary.number(this.code(index));
    return stage(this.data, index, 1, single).values[0]!;
  }

  /** The stored integer of one valid row of the `integer` lane, exactly. */
  integer(index: number): bigint {
    return this.dictionary ? this.dictionary.integer(this.code(index)) : storedInteger(this.data, index);
  }

  /** Bytes and offsets of a `bytes` lane without a dictionary. */
  get flat(): FlatBytes {
    this.#flat ??= flatBytes(this.data);
    return this.#flat;
  }

  /** The bytes of one valid row of the `bytes` lane. */
  bytes(index: number): Uint8Array {
    if (this.dictionary) return this.dictionary.bytes(this.code(index));
    const { bytes, offsets } = this.flat;
    return bytes.subarray(offsets[index]!, offsets[index + 1]!);
  }
}
