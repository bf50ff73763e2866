import { DataType, type Decimal, type Duration, type Time, TimeUnit, util } from "apache-arrow";
import fc from "fast-check";
import { PER_SECOND } from "../columns/temporalText.js";
import { laneOf } from "../columns/view.js";
import type { StoredValue } from "./storedColumn.js";

const encoder = new TextEncoder();

/** Text: empty, repeated, long, beyond the basic plane, with every character that some format treats specially. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    "",
    "a",
    "b",
    "ab",
    "null",
    "NaN",
    "0",
    "-1",
    "true",
    "{}",
    "__proto__",
    "\ufeff",
    "\u0000",
  ),
  fc.constantFrom(
    "é",
    "e\u0301",
    "𝒳",
    "👩‍👩‍👧",
    "ＦＲ",
    "ß",
    "\u2028",
    "a text of more than twelve bytes, over and over",
  ),
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.string({
    unit: fc.constantFrom('"', ",", "\n", "\r", "'", "=", " ", "\t", "\\", "|", "<", "&", "a", "1"),
  }),
);

/** Integers between two bounds: near zero, at the bounds, around what a double holds exactly, and anywhere. */
function integers(low: bigint, high: bigint): fc.Arbitrary<bigint> {
  const near = (centre: bigint, by = 2n): fc.Arbitrary<bigint> =>
    fc.bigInt({ min: centre - by, max: centre + by });
  return fc
    .oneof(
      { weight: 4, arbitrary: near(0n, 4n) },
      { weight: 1, arbitrary: near(low) },
      { weight: 1, arbitrary: near(high) },
      { weight: 1, arbitrary: near(2n ** 53n) },
      { weight: 1, arbitrary: near(-(2n ** 53n)) },
      { weight: 2, arbitrary: fc.bigInt({ min: low, max: high }) },
    )
    .map((value) => (value < low ? low : value > high ? high : value));
}

const int64 = integers(-(2n ** 63n), 2n ** 63n - 1n);
const int32 = integers(-(2n ** 31n), 2n ** 31n - 1n);
// Days a calendar of people knows, beside all others.
const days = fc.oneof(fc.bigInt({ min: -30_000n, max: 40_000n }), int32);

function ticksOf(unit: TimeUnit): fc.Arbitrary<bigint> {
  const day = 86_400n * BigInt(PER_SECOND[unit]);
  return fc.oneof(
    fc.tuple(fc.bigInt({ min: -30_000n, max: 40_000n }), integers(0n, day - 1n)).map(([d, t]) => d * day + t),
    int64,
  );
}

function floats(precision: number): fc.Arbitrary<number> {
  const some = fc.constantFrom(
    0,
    -0,
    1,
    -1,
    0.5,
    2,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  );
  if (precision === 0) return fc.oneof(some, fc.nat({ max: 65_535 }).map(util.uint16ToFloat64));
  const any = precision === 1 ? fc.float() : fc.double();
  return fc.oneof(some, fc.integer({ min: -1000, max: 1000 }), any);
}

function temporal(type: DataType): fc.Arbitrary<bigint> {
  if (DataType.isDate(type)) return type.unit === 0 ? days : ticksOf(TimeUnit.MILLISECOND);
  const { unit } = type as Time | Duration;
  if (DataType.isTimestamp(type)) return ticksOf(unit);
  return DataType.isTime(type) ? integers(0n, 86_400n * BigInt(PER_SECOND[unit]) - 1n) : int64;
}

function wholeNumbers(type: DataType): fc.Arbitrary<bigint> {
  if (DataType.isBool(type)) return fc.bigInt({ min: 0n, max: 1n });
  if (DataType.isDecimal(type)) {
    const most = 10n ** BigInt((type as Decimal).precision) - 1n;
    return integers(-most, most);
  }
  if (!DataType.isInt(type)) return temporal(type);
  const size = 2n ** BigInt(type.bitWidth);
  return type.isSigned ? integers(-size / 2n, size / 2n - 1n) : integers(0n, size - 1n);
}

/** By unit: months; days and milliseconds; months, days and nanoseconds. */
const INTERVAL_BYTES = [4, 8, 16];

function bytesOf(width: number): fc.Arbitrary<Uint8Array> {
  return fc.oneof(fc.constant(new Uint8Array(width)), fc.uint8Array({ minLength: width, maxLength: width }));
}

/** Any value that a flat type or an interval can store, in its storage unit; the extremes and the odd ones often. */
export function anyStored(type: DataType): fc.Arbitrary<StoredValue> {
  if (DataType.isNull(type)) return fc.constant(0);
  if (DataType.isFloat(type)) return floats(type.precision);
  if (DataType.isInterval(type)) return bytesOf(INTERVAL_BYTES[type.unit]!);
  const lane = laneOf(type);
  if (lane === "integer") return wholeNumbers(type);
  if (lane === "number") return wholeNumbers(type).map(Number);
  if (DataType.isFixedSizeBinary(type)) return bytesOf(type.byteWidth);
  const isText = DataType.isUtf8(type) || DataType.isLargeUtf8(type) || DataType.isUtf8View(type);
  return isText ? anyText.map((text) => encoder.encode(text)) : fc.uint8Array({ maxLength: 20 });
}
