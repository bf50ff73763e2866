import {
  Binary,
  type Data,
  DataType,
  type Dictionary,
  makeData,
  Null,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import { concatData } from "../../columns/concatData.js";
import { gatherData } from "../../columns/gatherData.js";
import { joinParts } from "../../columns/joinParts.js";

/** The largest precision of a decimal that Parquet stores as an integer. */
const MOST_INTEGER_DIGITS = 18;

/**
 * The type of plain values as which a dictionary goes into a Parquet file; undefined where it goes as a dictionary. The
 * Parquet module can't make such dictionaries when it reads, and those of views and bytes of fixed size it writes wrong.
 */
export function plainForm({ dictionary: type }: Dictionary): DataType | undefined {
  if (DataType.isUtf8View(type)) return new Utf8();
  if (DataType.isBinaryView(type)) return new Binary();
  const isWide = DataType.isDecimal(type) && (type.bitWidth !== 128 || type.precision > MOST_INTEGER_DIGITS);
  const isHalf = DataType.isFloat(type) && type.precision === 0;
  const isOther = DataType.isNull(type) || DataType.isBool(type) || DataType.isFixedSizeBinary(type);
  return isWide || isHalf || isOther ? type : undefined;
}

/** The values of a dictionary column, row by row, in the type that `plainForm` gives. Throws InputError. */
export function plainValues(data: Data, type: DataType, column: string): Data {
  const { length, dictionary } = data;
  if (DataType.isNull(type)) return makeData({ type: new Null(), length });
  const known = dictionary!.length === 0 ? nothing(type, 1) : joined(dictionary!.data, type);
  const codes = Float64Array.from({ length }, (_, i) => (data.getValid(i) ? Number(data.values[i]) : 0));
  const runs = Float64Array.from({ length: 2 * length }, (_, i) => codes[i >> 1]! + (i & 1));
  const { valueOffsets, values } = gatherData(known, runs, column);
  const nullBitmap = new Uint8Array(Math.ceil(length / 64) * 8);
  let nullCount = 0;
  for (let i = 0; i < length; i++) {
    if (data.getValid(i) && known.getValid(codes[i]!)) nullBitmap[i >> 3]! |= 1 << (i & 7);
    else nullCount++;
  }
  return makeData({ type, length, nullCount, nullBitmap, valueOffsets, data: values } as never);
}

function joined(parts: readonly Data[], type: DataType): Data {
  return concatData(parts) ?? joinParts(type, parts);
}

function nothing(type: DataType, length: number): Data {
  return vectorFromArray(new Array<null>(length).fill(null), type).data[0]!;
}
