import { type Data, DataType, makeData } from "apache-arrow";
import { widthOf } from "./integrity.js";

function concatValidity(
  parts: readonly Data[],
  length: number,
): { nullCount: number; nullBitmap?: Uint8Array } {
  const nullCount = parts.reduce((sum, part) => sum + part.nullCount, 0);
  if (nullCount === 0) return { nullCount };
  const nullBitmap = new Uint8Array(Math.ceil(length / 64) * 8);
  let at = 0;
  for (const part of parts) {
    for (let i = 0; i < part.length; i++, at++) if (part.getValid(i)) nullBitmap[at >> 3]! |= 1 << (at & 7);
  }
  return { nullCount, nullBitmap };
}

function concatBytes(slices: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(slices.reduce((sum, slice) => sum + slice.byteLength, 0));
  let at = 0;
  for (const slice of slices) {
    bytes.set(slice, at);
    at += slice.byteLength;
  }
  return bytes;
}

function slotBytes(part: Data, width: number): Uint8Array {
  const { buffer, byteOffset } = part.values as Uint8Array;
  return new Uint8Array(buffer, byteOffset, part.length * width);
}

function concatOffsets(parts: readonly Data[], length: number): { valueOffsets: unknown; data: Uint8Array } {
  const first = parts[0]!.valueOffsets as Int32Array | BigInt64Array;
  const ends = new Float64Array(length + 1);
  const slices: Uint8Array[] = [];
  let row = 0;
  for (const { valueOffsets, values, length: rows } of parts) {
    const start = Number(valueOffsets[0] ?? 0);
    const base = ends[row]!;
    for (let i = 1; i <= rows; i++) ends[++row] = base + Number(valueOffsets[i]) - start;
    slices.push(values.subarray(start, start + ends[row]! - base));
  }
  const valueOffsets =
    first instanceof BigInt64Array ? BigInt64Array.from(ends, BigInt) : Int32Array.from(ends);
  return { valueOffsets, data: concatBytes(slices) };
}

/** Data of one type as one, buffer by buffer; undefined for views, bits, dictionaries and nested types. */
export function concatData(parts: readonly Data[]): Data | undefined {
  const { type } = parts[0]!;
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const common = { type, length, ...concatValidity(parts, length) };
  const hasOffsets =
    DataType.isUtf8(type) ||
    DataType.isLargeUtf8(type) ||
    DataType.isBinary(type) ||
    DataType.isLargeBinary(type);
  if (hasOffsets) return makeData({ ...common, ...concatOffsets(parts, length) } as never) as Data;
  const width = DataType.isDictionary(type) ? undefined : widthOf(type);
  if (width === undefined) return undefined;
  return makeData({
    ...common,
    data: concatBytes(parts.map((part) => slotBytes(part, width))),
  } as never) as Data;
}
