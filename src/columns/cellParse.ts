import { DataType, TimeUnit, Type } from "apache-arrow";
import { atScale, parseExact } from "./exactNumber.js";
import { parseDuration } from "./moment.js";
import { parseDate, parseTime, parseTimestamp, ticksOfNanos } from "./temporalParse.js";

/** Text as the number a column stores, or undefined when it is not a value of the column's type. */
export type Parse = (text: string) => number | bigint | undefined;

// Longer digits fit no type, and making a bigint of millions of them takes minutes.
const LONGEST = 400;
const INTEGER = /^[+-]?\d+$/;
const FLOAT = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const SPECIAL: ReadonlyMap<string, number> = new Map([
  ["nan", Number.NaN],
  ["infinity", Number.POSITIVE_INFINITY],
  ["+infinity", Number.POSITIVE_INFINITY],
  ["-infinity", Number.NEGATIVE_INFINITY],
  ["inf", Number.POSITIVE_INFINITY],
  ["+inf", Number.POSITIVE_INFINITY],
  ["-inf", Number.NEGATIVE_INFINITY],
]);

function integerParser(bitWidth: number, isSigned: boolean): Parse {
  const max = 2n ** BigInt(isSigned ? bitWidth - 1 : bitWidth) - 1n;
  const min = isSigned ? -max - 1n : 0n;
  const [low, high] = [Number(min), Number(max)];
  return (text) => {
    if (text.length > LONGEST || !INTEGER.test(text)) return undefined;
    const value = Number(text);
    if (Number.isSafeInteger(value)) return value >= low && value <= high ? value : undefined;
    const exact = BigInt(text.startsWith("+") ? text.slice(1) : text);
    return exact >= min && exact <= max ? exact : undefined;
  };
}

/**
 * Text as the nearest double. Undefined when it is no number, one beyond a double's range, or an integer that would
 * lose digits (the shortest text of a double, which JavaScript fills up with zeros, loses none).
 */
export function parseFloatText(text: string): number | undefined {
  if (text.length > LONGEST) return undefined;
  if (!FLOAT.test(text)) return SPECIAL.get(text.toLowerCase());
  const value = Number(text);
  if (!Number.isFinite(value) || (value === 0 && /^[^eE]*[1-9]/.test(text))) return undefined;
  if (Number.isSafeInteger(value) || !INTEGER.test(text)) return value;
  const digits = text.startsWith("+") ? text.slice(1) : text;
  return String(value) === digits || BigInt(digits) === BigInt(value) ? value : undefined;
}

/** `true` or `false`, in lower case, upper case or capitalised, as 1 or 0. */
export function parseBool(text: string): number | undefined {
  if (text === "true" || text === "True" || text === "TRUE") return 1;
  return text === "false" || text === "False" || text === "FALSE" ? 0 : undefined;
}

function decimalParser(precision: number, scale: number): Parse {
  const limit = 10n ** BigInt(precision);
  return (text) => {
    const exact = text.length <= LONGEST && FLOAT.test(text) ? parseExact(text) : undefined;
    if (!exact) return undefined;
    const { floor, ceil } = atScale(exact, scale);
    return floor === ceil && floor < limit && -floor < limit ? floor : undefined;
  };
}

function parseDay(text: string): number | undefined {
  const days = parseDate(text);
  return days !== undefined && days >= -(2 ** 31) && days < 2 ** 31 ? days : undefined;
}

/** The parser of a fixed-width type's stored numbers; undefined for types that have none. */
export function parserOf(type: DataType): Parse | undefined {
  const { unit } = type as unknown as { unit: TimeUnit };
  switch (type.typeId as Type) {
    case Type.Int:
      return DataType.isInt(type) ? integerParser(type.bitWidth, type.isSigned) : undefined;
    case Type.Float:
      return parseFloatText;
    case Type.Bool:
      return parseBool;
    case Type.Decimal:
      return DataType.isDecimal(type) ? decimalParser(type.precision, type.scale) : undefined;
    case Type.Date:
      return unit === 0 ? parseDay : (text) => parseTimestamp(text, TimeUnit.MILLISECOND, false);
    case Type.Time: {
      const isNarrow = DataType.isTime(type) && type.bitWidth === 32;
      return (text) => {
        const ticks = parseTime(text, unit);
        return isNarrow && ticks !== undefined && Number(ticks) !== (Number(ticks) | 0) ? undefined : ticks;
      };
    }
    case Type.Timestamp: {
      const isZoned = DataType.isTimestamp(type) && Boolean(type.timezone);
      return (text) => parseTimestamp(text, unit, isZoned);
    }
    case Type.Duration:
      return (text) => {
        const nanos = text.length <= LONGEST ? parseDuration(text) : undefined;
        return nanos === undefined ? undefined : ticksOfNanos(nanos, unit);
      };
    default:
      return undefined;
  }
}
