import { type Data, DataType, type Dictionary, type Int32, makeData, util, Vector } from "apache-arrow";
import { type Codes, laneOf } from "../columns/view.js";

/**
 * A value in a column's storage unit: a double, an integer of 64 bits or more, or bytes; false and true are 0 and 1, an
 * interval its bytes.
 */
export type StoredValue = number | bigint | Uint8Array;

/** Which slots hold a value, and which of them are null whatever stands there. */
export interface Validity {
  readonly nullCount: number;
  readonly nullBitmap?: Uint8Array;
}

function bitmapOf(bits: readonly boolean[]): Uint8Array {
  const bitmap = new Uint8Array(Math.ceil(bits.length / 64) * 8);
  for (const [i, bit] of bits.entries()) if (bit) bitmap[i >> 3]! |= 1 << (i & 7);
  return bitmap;
}

/** The validity of slots by one flag each; absent or all true when none is null. */
export function validityFrom(valid: readonly boolean[] | undefined): Validity {
  const nullCount = valid ? valid.filter((bit) => !bit).length : 0;
  return valid && nullCount > 0 ? { nullCount, nullBitmap: bitmapOf(valid) } : { nullCount: 0 };
}

function joined(parts: readonly Uint8Array[]): { data: Uint8Array; valueOffsets: Int32Array } {
  const valueOffsets = new Int32Array(parts.length + 1);
  for (const [i, part] of parts.entries()) valueOffsets[i + 1] = valueOffsets[i]! + part.length;
  const data = new Uint8Array(valueOffsets[parts.length]!);
  for (const [i, part] of parts.entries()) data.set(part, valueOffsets[i]!);
  return { data, valueOffsets };
}

const VIEW_BYTES = 16;
const INLINE_BYTES = 12;

/** Text or bytes in the view layout: short values inline, each long one in a buffer of its own. */
function viewed(parts: readonly Uint8Array[]): { views: Uint8Array; variadicBuffers: Uint8Array[] } {
  const views = new Uint8Array(parts.length * VIEW_BYTES);
  const words = new DataView(views.buffer);
  const variadicBuffers: Uint8Array[] = [];
  for (const [i, part] of parts.entries()) {
    const at = i * VIEW_BYTES;
    words.setInt32(at, part.length, true);
    const isShort = part.length <= INLINE_BYTES;
    views.set(isShort ? part : part.subarray(0, 4), at + 4);
    if (!isShort) words.setInt32(at + 8, variadicBuffers.push(part) - 1, true);
  }
  return { views, variadicBuffers };
}

function bytesParts(type: DataType, parts: readonly Uint8Array[]): object {
  if (DataType.isUtf8View(type) || DataType.isBinaryView(type)) return viewed(parts);
  const { data, valueOffsets } = joined(parts);
  if (DataType.isFixedSizeBinary(type)) return { data };
  const isWide = DataType.isLargeUtf8(type) || DataType.isLargeBinary(type);
  return { data, valueOffsets: isWide ? BigInt64Array.from(valueOffsets, BigInt) : valueOffsets };
}

function decimalWords(bitWidth: number, values: readonly bigint[]): Uint32Array {
  const stride = bitWidth / 32;
  const words = new Uint32Array(values.length * stride);
  for (const [i, value] of values.entries()) {
    for (let k = 0; k < stride; k++) {
      words[i * stride + k] = Number(BigInt.asUintN(32, value >> BigInt(32 * k)));
    }
  }
  return words;
}

function fixedParts(type: DataType, values: readonly StoredValue[]): object {
  if (DataType.isInterval(type)) return { data: new Int32Array(joined(values as Uint8Array[]).data.buffer) };
  if (DataType.isBool(type)) return { data: bitmapOf(values.map((value) => value === 1)) };
  if (DataType.isDecimal(type)) return { data: decimalWords(type.bitWidth, values as bigint[]) };
  if (DataType.isFloat(type) && type.precision === 0) {
    return { data: Uint16Array.from(values as number[], util.float64ToUint16) };
  }
  return { data: (type.ArrayType as unknown as { from(of: readonly StoredValue[]): unknown }).from(values) };
}

/**
 * A column of stored values, as they are. A slot that `valid` calls null keeps its value, as Arrow allows: nothing may
 * ever look at it. Flat types and intervals, dictionaries aside.
 */
export function storedColumn(
  type: DataType,
  values: readonly StoredValue[],
  valid?: readonly boolean[],
): Data {
  const { length } = values;
  if (DataType.isNull(type)) return makeData({ type, length }) as Data;
  const parts =
    laneOf(type) === "bytes" ? bytesParts(type, values as Uint8Array[]) : fixedParts(type, values);
  return makeData({ type, length, ...validityFrom(valid), ...parts } as unknown as { type: Int32 }) as Data;
}

/** A dictionary column over values in one part or several, which may repeat and may hold nulls, and codes. */
export function storedDictionary(
  type: Dictionary,
  dictionary: readonly Data[],
  codes: readonly number[],
  valid?: readonly boolean[],
): Data {
  const data = (type.indices.ArrayType as unknown as { from(of: readonly number[]): Codes }).from(codes);
  return makeData({
    type,
    length: codes.length,
    data: data as Int32Array,
    dictionary: new Vector([...dictionary]),
    ...validityFrom(valid),
  }) as Data;
}
