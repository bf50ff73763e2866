import { type DataType, DataType as Types } from "apache-arrow";
import { formatExact, parseExact } from "./exactNumber.js";
import { nanosPerTick } from "./literal.js";
import { kindOf } from "./typeName.js";
import { laneOf } from "./view.js";

// The bits of the widest integer that any type stores.
const WIDEST = 256;

function plainType(type: DataType): DataType {
  return Types.isDictionary(type) ? (type.dictionary as DataType) : type;
}

/** What one unit of storage is worth, as a ratio, so that different units can be compared exactly. */
export function worth(type: DataType): { readonly times: bigint; readonly over: bigint } {
  const plain = plainType(type);
  if (Types.isDecimal(plain)) {
    const power = 10n ** BigInt(Math.abs(plain.scale));
    return plain.scale >= 0 ? { times: 1n, over: power } : { times: power, over: 1n };
  }
  return { times: nanosPerTick(plain), over: 1n };
}

/** Moments, times of day and durations are all temporal, and none of them can be compared with another. */
export function familyOf(type: DataType): string {
  const plain = plainType(type);
  if (Types.isTime(plain)) return "time";
  return Types.isDuration(plain) ? "duration" : kindOf(plain);
}

/** A stored number of one type as the stored number of another that is equal to it; undefined when there is none. */
export type Conversion = (value: number | bigint) => number | bigint | undefined;

function toDouble(from: DataType): Conversion {
  const scale = Types.isDecimal(from) ? from.scale : 0;
  return (value) => {
    const text = formatExact(BigInt(value), scale);
    const double = Number(text);
    const [printed, exact] = [parseExact(double), parseExact(text)!];
    if (!printed) return undefined;
    const isEqual =
      printed.unscaled * 10n ** BigInt(exact.scale) === exact.unscaled * 10n ** BigInt(printed.scale);
    return isEqual ? double : undefined;
  };
}

/**
 * How numbers of one type are put in the storage unit of another of its family, exactly: a double stands for the decimal
 * it prints as. Undefined when both hold equal values as equal numbers.
 */
export function conversionBetween(fromType: DataType, toType: DataType): Conversion | undefined {
  const [from, to] = [plainType(fromType), plainType(toType)];
  const [a, b] = [worth(from), worth(to)];
  const isWide = laneOf(from) === "integer" || laneOf(to) === "integer";
  const isMixed = Types.isFloat(from) !== Types.isFloat(to) && isWide;
  if (!isMixed && a.times === b.times && a.over === b.over) return undefined;
  if (Types.isFloat(to)) return toDouble(from);
  return (value) => {
    const exact = parseExact(value);
    if (!exact) return undefined;
    const numerator = exact.unscaled * a.times * b.over;
    const denominator = a.over * b.times * 10n ** BigInt(exact.scale);
    if (numerator % denominator !== 0n) return undefined;
    const stored = numerator / denominator;
    return BigInt.asIntN(WIDEST, stored) === stored ? stored : undefined;
  };
}
