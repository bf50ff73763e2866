import { DataType, type Dictionary, Precision, TimeUnit } from "apache-arrow";
import { atScale, type IntegerBounds, integersAround, parseExact } from "./exactNumber.js";
import { parseClock, parseDuration, parseMoment } from "./moment.js";
import type { Stored } from "./stored.js";
import { kindOf, logicalName } from "./typeName.js";
import { laneOf } from "./view.js";

/** A value a suite may hold. Numbers a double can't hold are written as decimal text; moments as ISO 8601 text. */
export type Literal = number | bigint | string | boolean | Date;

/**
 * A literal in a column's own terms: a double, the integers around it in storage units, or UTF-8 bytes. An infinity is
 * a double for a column of integers too.
 */
export type Bound =
  | { readonly lane: "number"; readonly value: number }
  | { readonly lane: "integer"; readonly value: IntegerBounds }
  | { readonly lane: "bytes"; readonly value: Uint8Array };

/** A literal that can't be compared with a column, and the sentence that says so. */
export interface Unbound {
  readonly problem: string;
}

const NANOS: Record<TimeUnit, bigint> = {
  [TimeUnit.SECOND]: 1_000_000_000n,
  [TimeUnit.MILLISECOND]: 1_000_000n,
  [TimeUnit.MICROSECOND]: 1_000n,
  [TimeUnit.NANOSECOND]: 1n,
};
const NANOS_PER_DAY = 86_400_000_000_000n;

/** Nanoseconds in one tick of a temporal type. */
export function nanosPerTick(type: DataType): bigint {
  if (DataType.isDate(type)) return type.unit === 0 ? NANOS_PER_DAY : 1_000_000n;
  if (DataType.isTimestamp(type) || DataType.isDuration(type) || DataType.isTime(type))
    return NANOS[type.unit];
  return 1n;
}

function nanosOf(type: DataType, literal: Literal): bigint | undefined {
  if (literal instanceof Date) return BigInt(literal.getTime()) * 1_000_000n;
  if (DataType.isDuration(type) && (typeof literal === "number" || typeof literal === "bigint")) {
    const ticks = parseExact(literal);
    return ticks && ticks.scale === 0 ? ticks.unscaled * nanosPerTick(type) : undefined;
  }
  if (typeof literal !== "string") return undefined;
  if (DataType.isDuration(type)) return parseDuration(literal);
  return DataType.isTime(type) ? parseClock(literal) : parseMoment(literal);
}

function wanted(type: DataType): string {
  switch (kindOf(type)) {
    case "number":
      return "a number";
    case "bool":
      return "true or false";
    case "string":
      return "text";
    case "binary":
      return "base64 text";
    case "temporal":
      if (DataType.isDuration(type)) return 'an ISO 8601 duration such as "PT1H", or a count of its unit';
      return DataType.isTime(type)
        ? 'a time such as "09:30:00"'
        : 'an ISO 8601 moment such as "2024-01-31T09:30:00"';
    default:
      return "no literal at all";
  }
}

function unbound(type: DataType, literal: Literal): Unbound {
  const shown = typeof literal === "string" ? JSON.stringify(literal) : String(literal);
  return { problem: `${shown} can't be compared with ${logicalName(type)}, which takes ${wanted(type)}` };
}

function bindNumber(type: DataType, literal: Literal): Bound | Unbound {
  if (typeof literal !== "number" && typeof literal !== "bigint" && typeof literal !== "string") {
    return unbound(type, literal);
  }
  if (/^[+-]?Infinity$/.test(String(literal))) return { lane: "number", value: Number(literal) };
  const exact = parseExact(literal);
  if (!exact) return unbound(type, literal);
  if (laneOf(type) === "number") return { lane: "number", value: atPrecision(type, Number(literal)) };
  return { lane: "integer", value: atScale(exact, DataType.isDecimal(type) ? type.scale : 0) };
}

/** The nearest half-precision float, ties to even. */
function roundToHalf(value: number): number {
  const size = Math.abs(value);
  if (size === 0 || size === Number.POSITIVE_INFINITY) return value;
  if (size >= 65520) return Math.sign(value) * Number.POSITIVE_INFINITY;
  const step = 2 ** (Math.max(Math.floor(Math.log2(size)), -14) - 10);
  const down = Math.floor(value / step);
  const rest = value / step - down;
  return (rest > 0.5 || (rest === 0.5 && down % 2 !== 0) ? down + 1 : down) * step;
}

// A literal takes the column's precision, so that 0.1 is found in a float32 column that holds 0.1.
function atPrecision(type: DataType, value: number): number {
  if (!DataType.isFloat(type) || type.precision === Precision.DOUBLE) return value;
  const rounded = type.precision === Precision.SINGLE ? Math.fround(value) : roundToHalf(value);
  // Beyond the column's range there is no nearest value: a bound of 1e39 is not an infinity.
  return Number.isFinite(rounded) ? rounded : value;
}

/** Puts a literal into a column's terms, exactly, or says why it can't be. */
export function bindLiteral(columnType: DataType, literal: Literal): Bound | Unbound {
  const type = DataType.isDictionary(columnType) ? (columnType as Dictionary).dictionary : columnType;
  switch (kindOf(type)) {
    case "number":
      return bindNumber(type, literal);
    case "bool":
      return typeof literal === "boolean"
        ? { lane: "number", value: literal ? 1 : 0 }
        : unbound(type, literal);
    case "string":
      return typeof literal === "string"
        ? { lane: "bytes", value: new TextEncoder().encode(literal) }
        : unbound(type, literal);
    case "binary":
      return bindBinary(type, literal);
    case "temporal": {
      const nanos = nanosOf(type, literal);
      if (nanos === undefined) return unbound(type, literal);
      const around = integersAround(nanos, nanosPerTick(type));
      if (laneOf(type) === "integer") return { lane: "integer", value: around };
      const whole = around.floor === around.ceil;
      return { lane: "number", value: Number(around.floor) + (whole ? 0 : 0.5) };
    }
    default:
      return unbound(type, literal);
  }
}

function bindBinary(type: DataType, literal: Literal): Bound | Unbound {
  if (typeof literal !== "string" || !/^[A-Za-z0-9+/]*={0,2}$/.test(literal)) return unbound(type, literal);
  try {
    return { lane: "bytes", value: Uint8Array.from(atob(literal), (char) => char.charCodeAt(0)) };
  } catch {
    return unbound(type, literal);
  }
}

/** How a stored value lies to a bound: negative below, 0 at, positive above. */
export function orderTo(value: Stored, bound: Bound): number {
  if (value instanceof Uint8Array) {
    const other = bound.value as Uint8Array;
    const length = Math.min(value.length, other.length);
    for (let i = 0; i < length; i++) if (value[i] !== other[i]) return value[i]! - other[i]!;
    return value.length - other.length;
  }
  if (bound.lane === "integer") {
    const { floor, ceil } = bound.value;
    if (floor === ceil) return value < floor ? -1 : value > floor ? 1 : 0;
    return value <= floor ? -1 : 1;
  }
  const other = bound.value as number;
  return value < other ? -1 : value > other ? 1 : 0;
}
