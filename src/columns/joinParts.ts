import { Binary, type Data, type DataType, makeData, Utf8, Vector, vectorFromArray } from "apache-arrow";
import { expandBits } from "./bitmap.js";
import { flatBytes } from "./flatData.js";
import { kindOf } from "./typeName.js";

type Values = Uint8Array | Float64Array | BigInt64Array;

function lengthOf(parts: readonly Data[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0);
}

function bitmapOf(flags: Uint8Array): Uint8Array {
  const bitmap = new Uint8Array(Math.ceil(flags.length / 64) * 8);
  for (let i = 0; i < flags.length; i++) if (flags[i] === 1) bitmap[i >> 3]! |= 1 << (i & 7);
  return bitmap;
}

function validity(parts: readonly Data[]): { nullCount: number; nullBitmap?: Uint8Array } {
  const nullCount = parts.reduce((sum, part) => sum + part.nullCount, 0);
  if (nullCount === 0) return { nullCount };
  const valid = parts.flatMap((part) =>
    Array.from({ length: part.length }, (_, i) => (part.getValid(i) ? 1 : 0)),
  );
  return { nullCount, nullBitmap: bitmapOf(Uint8Array.from(valid)) };
}

function joinBytes(parts: readonly Data[]): { data: Uint8Array; valueOffsets: Int32Array } {
  const flat = parts.map((part) => flatBytes(part));
  const valueOffsets = new Int32Array(lengthOf(parts) + 1);
  let row = 0;
  for (const [nth, { offsets }] of flat.entries()) {
    for (let i = 0; i < parts[nth]!.length; i++, row++) {
      valueOffsets[row + 1] = valueOffsets[row]! + offsets[i + 1]! - offsets[i]!;
    }
  }
  const data = new Uint8Array(valueOffsets[row]!);
  let at = 0;
  for (const [nth, { bytes, offsets }] of flat.entries()) {
    const piece = bytes.subarray(offsets[0], offsets[parts[nth]!.length]);
    data.set(piece, at);
    at += piece.length;
  }
  return { data, valueOffsets };
}

function joinFixed(parts: readonly Data[]): Values {
  const { stride, values } = parts[0]!;
  const joined = new (values.constructor as new (length: number) => Values)(lengthOf(parts) * stride);
  let at = 0;
  for (const part of parts) {
    joined.set((part.values as Values).subarray(0, part.length * stride) as never, at);
    at += part.length * stride;
  }
  return joined;
}

function joinBits(parts: readonly Data[]): Uint8Array {
  const flags = new Uint8Array(lengthOf(parts));
  let at = 0;
  for (const part of parts) {
    expandBits(part.values as Uint8Array, part.offset, part.length, flags.subarray(at));
    at += part.length;
  }
  return bitmapOf(flags);
}

/** Parts of a column, one behind the other, as one column with the same values; text and binary in their plain layout. */
export function joinParts(type: DataType, parts: readonly Data[]): Data {
  const rest = { length: lengthOf(parts), ...validity(parts) };
  if (rest.length === 0) return makeData({ type, length: 0 });
  switch (kindOf(type)) {
    case "string":
      return makeData({ type: new Utf8(), ...joinBytes(parts), ...rest });
    case "binary":
      return makeData({ type: new Binary(), ...joinBytes(parts), ...rest });
    case "bool":
      return makeData({ type, data: joinBits(parts), ...rest } as never);
    case "number":
    case "temporal":
      return makeData({ type, data: joinFixed(parts), ...rest } as never);
    default:
      // Of the values of other types nothing is asked but whether they are there.
      return vectorFromArray([...new Vector([...parts])], type).data[0]!;
  }
}
