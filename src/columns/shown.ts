import { DataType, type Dictionary, TimeUnit } from "apache-arrow";
import { formatExact } from "./exactNumber.js";
import { nanosPerTick } from "./literal.js";
import { kindOf } from "./typeName.js";
import type { ColumnView } from "./view.js";

/** A value as results hold it: exact, and text where a JSON number can't hold it. */
export type Shown = null | boolean | number | string;

const FRACTION_DIGITS: Record<TimeUnit, number> = {
  [TimeUnit.SECOND]: 0,
  [TimeUnit.MILLISECOND]: 3,
  [TimeUnit.MICROSECOND]: 6,
  [TimeUnit.NANOSECOND]: 9,
};

const decoder = new TextDecoder();

function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value < 0n && quotient * by !== value ? quotient - 1n : quotient;
}

function clockText(nanos: bigint, digits: number): string {
  const seconds = nanos / 1_000_000_000n;
  const part = (value: bigint) => value.toString().padStart(2, "0");
  const text = `${part(seconds / 3600n)}:${part((seconds / 60n) % 60n)}:${part(seconds % 60n)}`;
  const fraction = (nanos % 1_000_000_000n).toString().padStart(9, "0").slice(0, digits);
  return digits === 0 ? text : `${text}.${fraction}`;
}

const NANOS_PER_DAY = 86_400_000_000_000n;
// The days a JavaScript Date can hold.
const LAST_DAY = 100_000_000n;

function momentText(nanos: bigint, type: DataType): string {
  const days = floorDivide(nanos, NANOS_PER_DAY);
  if (days > LAST_DAY || days < -LAST_DAY) return `${nanos / nanosPerTick(type)} ticks`;
  const date = new Date(Number(days) * 86_400_000).toISOString().split("T")[0]!;
  if (DataType.isDate(type) && type.unit === 0) return date;
  const digits = DataType.isTimestamp(type) ? FRACTION_DIGITS[type.unit] : 3;
  const clock = clockText(nanos - days * NANOS_PER_DAY, digits);
  return `${date}T${clock}${DataType.isTimestamp(type) && type.timezone ? "Z" : ""}`;
}

/** A number as JSON can hold it: NaN, infinities and -0 are text. */
export function shownNumber(value: number): Shown {
  if (!Number.isFinite(value)) return String(value);
  return Object.is(value, -0) ? 0 : value;
}

/** An integer as JSON can hold it: text beyond 2^53. */
export function shownInteger(value: bigint): Shown {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

/** A stored value of a column of this type: moments as ISO 8601, decimals exact, binary as base64. */
export function shownStored(columnType: DataType, stored: number | bigint | Uint8Array): Shown {
  const type = DataType.isDictionary(columnType) ? (columnType as Dictionary).dictionary : columnType;
  if (stored instanceof Uint8Array)
    return kindOf(type) === "string" ? decoder.decode(stored) : base64(stored);
  if (DataType.isDecimal(type)) return formatExact(BigInt(stored), type.scale);
  if (DataType.isBool(type)) return stored === 1;
  if (DataType.isDate(type) || DataType.isTimestamp(type)) {
    return momentText(BigInt(stored) * nanosPerTick(type), type);
  }
  if (DataType.isTime(type))
    return clockText(BigInt(stored) * nanosPerTick(type), FRACTION_DIGITS[type.unit]);
  return typeof stored === "bigint" ? shownInteger(stored) : shownNumber(stored);
}

// A cell can be a whole document; a result shows the head of it.
const LONGEST = 1000;

/** One cell as results show it, cut at 1,000 characters. */
export function shownCell(view: ColumnView, row: number): Shown {
  if (!view.isValid(row)) return null;
  if (view.lane === "opaque") return `(${kindOf(view.type)})`;
  let shown: Shown;
  if (view.lane === "bytes") {
    shown = shownStored(view.type, view.bytes(row).subarray(0, LONGEST * 4));
  } else {
    const value = view.number(row);
    shown = shownStored(view.type, view.lane === "integer" ? view.integer(row) : value);
  }
  return typeof shown === "string" && shown.length > LONGEST ? `${shown.slice(0, LONGEST)}...` : shown;
}
