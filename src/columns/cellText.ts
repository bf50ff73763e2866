import {
  type Data,
  DataType,
  type Decimal,
  IntervalUnit,
  Precision,
  TimeUnit,
  Type,
  type Union,
  UnionMode,
  util,
} from "apache-arrow";
import { formatExact } from "./exactNumber.js";
import { dateText, durationText, timestampText, timeText } from "./temporalText.js";
import { viewBytes } from "./viewBytes.js";

// A byte order mark is part of the value.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const MS_PER_DAY = 86_400_000n;

function numberText(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

function floatText(data: Data, index: number): string {
  const stored = (data.values as Float64Array)[index]!;
  const isHalf = (data.type as unknown as { precision: Precision }).precision === Precision.HALF;
  return numberText(isHalf ? util.uint16ToFloat64(stored) : stored);
}

function decimalText(data: Data, index: number): string {
  const { scale, bitWidth } = data.type as Decimal;
  const words = data.values as Uint32Array;
  const stride = bitWidth / 32;
  let unscaled = 0n;
  for (let i = stride - 1; i >= 0; i--) unscaled = (unscaled << 32n) | BigInt(words[index * stride + i]!);
  return formatExact(BigInt.asIntN(bitWidth, unscaled), scale);
}

function base64(bytes: Uint8Array): string {
  let latin1 = "";
  for (let i = 0; i < bytes.length; i += 8192) latin1 += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(latin1);
}

/** The bytes of one value of a text or binary column. */
function valueBytes(data: Data, index: number): Uint8Array {
  const values = data.values as Uint8Array;
  if (DataType.isFixedSizeBinary(data.type)) {
    return values.subarray(index * data.type.byteWidth, (index + 1) * data.type.byteWidth);
  }
  if (DataType.isUtf8View(data.type) || DataType.isBinaryView(data.type)) return viewBytes(data, index);
  const offsets = data.valueOffsets as Int32Array | BigInt64Array;
  return values.subarray(Number(offsets[index]), Number(offsets[index + 1]));
}

function intervalText(data: Data, index: number): string {
  const values = data.values as Int32Array;
  const { unit } = data.type as unknown as { unit: IntervalUnit };
  if (unit === IntervalUnit.YEAR_MONTH) return `P${values[index]}M`;
  if (unit === IntervalUnit.DAY_TIME) {
    const time = durationText(BigInt(values[index * 2 + 1]!), TimeUnit.MILLISECOND);
    return `P${values[index * 2]}D${time.replace(/^(-?)PT/, "T$1")}`;
  }
  const at = index * 4;
  const nanos = BigInt.asIntN(64, (BigInt(values[at + 3]!) << 32n) | BigInt(values[at + 2]! >>> 0));
  const time = durationText(nanos, TimeUnit.NANOSECOND).replace(/^(-?)PT/, "T$1");
  return `P${values[at]}M${values[at + 1]}D${time}`;
}

/** Where a value really is: behind a dictionary's code, or in a union's child. */
function resolve(data: Data, index: number): { readonly data: Data; readonly index: number } {
  if (DataType.isDictionary(data.type)) {
    let code = Number((data.values as Int32Array)[index]);
    for (const part of data.dictionary?.data ?? []) {
      if (code < part.length) return resolve(part, code);
      code -= part.length;
    }
  }
  if (DataType.isUnion(data.type)) {
    const { mode, typeIdToChildIndex } = data.type as Union;
    const child = data.children[typeIdToChildIndex[data.typeIds[index]!]!]!;
    return resolve(child, mode === UnionMode.Dense ? data.valueOffsets[index]! : index);
  }
  return { data, index };
}

function isNull(data: Data, index: number): boolean {
  return data.type.typeId === Type.Null || !data.getValid(index);
}

/**
 * One cell as exact text, or null. Numbers in full; dates and times in ISO 8601 with all the digits of their unit
 * (`Z` where the type has a zone: the text is UTC); durations as `PT1.500S`; binary as base64; lists, structs and maps
 * as JSON text, in which what a JSON number can't hold exactly is a string.
 */
export function cellText(column: Data, row: number): string | null {
  if (isNull(column, row)) return null;
  const { data, index } = resolve(column, row);
  if (data !== column && isNull(data, index)) return null;
  const { type, values } = data;
  switch (type.typeId as Type) {
    case Type.Bool: {
      const bit = data.offset + index;
      return (values[bit >> 3] >> (bit & 7)) & 1 ? "true" : "false";
    }
    case Type.Int:
      return String(values[index]);
    case Type.Float:
      return floatText(data, index);
    case Type.Decimal:
      return decimalText(data, index);
    case Type.Utf8:
    case Type.LargeUtf8:
    case Type.Utf8View:
      return decoder.decode(valueBytes(data, index));
    case Type.Binary:
    case Type.LargeBinary:
    case Type.BinaryView:
    case Type.FixedSizeBinary:
      return base64(valueBytes(data, index));
    case Type.Date: {
      if (typeof values[index] === "number") return dateText(values[index]);
      const isWhole = values[index] % MS_PER_DAY === 0n;
      return isWhole
        ? dateText(Number(values[index] / MS_PER_DAY))
        : timestampText(values[index], TimeUnit.MILLISECOND, false);
    }
    case Type.Time:
      return timeText(BigInt(values[index]), (type as unknown as { unit: TimeUnit }).unit);
    case Type.Timestamp: {
      const { unit, timezone } = type as unknown as { unit: TimeUnit; timezone?: string | null };
      return timestampText(values[index], unit, Boolean(timezone));
    }
    case Type.Duration:
      return durationText(values[index], (type as unknown as { unit: TimeUnit }).unit);
    case Type.Interval:
      return intervalText(data, index);
    default:
      return nestedJson(data, index);
  }
}

function nestedJson(data: Data, index: number): string {
  const { type, children } = data;
  if (DataType.isStruct(type)) {
    const members = type.children.map(
      (field, i) => `${JSON.stringify(field.name)}:${cellJson(children[i]!, index)}`,
    );
    return `{${members.join(",")}}`;
  }
  const size = DataType.isFixedSizeList(type) ? type.listSize : undefined;
  const from = size === undefined ? Number(data.valueOffsets[index]) : index * size;
  const to = size === undefined ? Number(data.valueOffsets[index + 1]) : from + size;
  const items: string[] = [];
  for (let i = from; i < to; i++) items.push(cellJson(children[0]!, i));
  return `[${items.join(",")}]`;
}

/**
 * One cell as JSON text: numbers and booleans as such, but 64-bit integers from 2^53 on, decimals, NaN and infinities
 * as strings; nested values as arrays and objects, maps as arrays of `{"key","value"}`; all else as `cellText` in quotes.
 */
export function cellJson(data: Data, index: number): string {
  const text = cellText(data, index);
  if (text === null) return "null";
  switch (resolve(data, index).data.typeId as Type) {
    case Type.Bool:
    case Type.List:
    case Type.LargeList:
    case Type.FixedSizeList:
    case Type.Struct:
    case Type.Map:
      return text;
    case Type.Int:
      return Number.isSafeInteger(Number(text)) ? text : `"${text}"`;
    case Type.Float:
      return Number.isFinite(Number(text)) ? text : `"${text}"`;
    default:
      return JSON.stringify(text);
  }
}
