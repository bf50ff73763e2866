import type { ColumnAddress } from "../../columns/address.js";
import { type Bound, bindLiteral, type Literal, orderTo } from "../../columns/literal.js";
import type { Stored } from "../../columns/stored.js";
import type { ColumnSummary } from "../../columns/summary.js";
import { type ColumnView, laneOf } from "../../columns/view.js";
import { ConfigError } from "../../errors/index.js";
import { doublesWithin, longsWithin } from "../../kernels/ranges.js";
import { columnLeaf, nanByte, withNans } from "../columnLeaf.js";
import { nextDown, nextUp } from "../nextDouble.js";
import type { Bounds, NanTruth } from "../predicate.js";
import { type BoundPredicate, CAN_BE_FALSE, CAN_BE_TRUE } from "../truth.js";

function bound(address: ColumnAddress, literal: Literal | undefined): Bound | undefined {
  if (literal === undefined) return undefined;
  const result = bindLiteral(address.type, literal);
  if ("problem" in result) {
    throw new ConfigError("config/bad-value", `column ${JSON.stringify(address.name)}: ${result.problem}`, {
      unit: address.name,
      value: literal,
    });
  }
  return result;
}

/** Inclusive double bounds; an exclusive one moves to the next double. */
function doubles(low?: Bound, lowOpen?: Bound, high?: Bound, highOpen?: Bound): [number, number] {
  let min = Number.NEGATIVE_INFINITY;
  let max = Number.POSITIVE_INFINITY;
  if (low?.lane === "number") min = Math.max(min, low.value);
  if (lowOpen?.lane === "number") min = Math.max(min, nextUp(lowOpen.value));
  if (high?.lane === "number") max = Math.min(max, high.value);
  if (highOpen?.lane === "number") max = Math.min(max, nextDown(highOpen.value));
  // Above +Infinity and below -Infinity there is no next double: nothing passes.
  if (lowOpen?.lane === "number" && lowOpen.value === Number.POSITIVE_INFINITY) return [1, 0];
  if (highOpen?.lane === "number" && highOpen.value === Number.NEGATIVE_INFINITY) return [1, 0];
  return [min, max];
}

const larger = (a: bigint | undefined, b: bigint) => (a === undefined || b > a ? b : a);
const smaller = (a: bigint | undefined, b: bigint) => (a === undefined || b < a ? b : a);

/** Inclusive integer bounds in storage units. */
function integers(low?: Bound, lowOpen?: Bound, high?: Bound, highOpen?: Bound) {
  let min: bigint | undefined;
  let max: bigint | undefined;
  if (low?.lane === "integer") min = larger(min, low.value.ceil);
  if (lowOpen?.lane === "integer") min = larger(min, lowOpen.value.floor + 1n);
  if (high?.lane === "integer") max = smaller(max, high.value.floor);
  if (highOpen?.lane === "integer") max = smaller(max, highOpen.value.ceil - 1n);
  return { min, max };
}

/** Tests 64-bit integers where they lie; a bound beyond all of them is cut to the last. */
function testLongs(
  longs: BigInt64Array | BigUint64Array,
  count: number,
  min: bigint | undefined,
  max: bigint | undefined,
  out: Uint8Array,
): void {
  const signed = longs instanceof BigInt64Array;
  const [least, most] = signed ? [-(2n ** 63n), 2n ** 63n - 1n] : [0n, 2n ** 64n - 1n];
  const low = min === undefined || min < least ? least : min;
  const high = max === undefined || max > most ? most : max;
  if (low > high) out.fill(0, 0, count);
  else longsWithin(longs, count, { low, high }, out);
}

function testIntegers(min: bigint | undefined, max: bigint | undefined, low: number, high: number) {
  // Bounds that only an infinity could meet have no integer to compare with.
  const isEmpty = low > high || low === Number.POSITIVE_INFINITY || high === Number.NEGATIVE_INFINITY;
  return (view: ColumnView, from: number, count: number, out: Uint8Array): void => {
    const longs = view.longs(from, count);
    if (longs) {
      if (isEmpty) out.fill(0, 0, count);
      else testLongs(longs, count, min, max, out);
      return;
    }
    const { values, exact } = view.numbers(from, count);
    for (let i = 0; i < count; i++) {
      const value = values[i]!;
      out[i] = value >= low && value <= high ? 1 : 0;
    }
    // What staging left out is 0 by now.
    if (exact || isEmpty) return;
    for (let i = 0; i < count; i++) {
      if (!Number.isNaN(values[i]!) || !view.isValid(from + i)) continue;
      const value = view.integer(from + i);
      out[i] = (min === undefined || value >= min) && (max === undefined || value <= max) ? 1 : 0;
    }
  };
}

function compareBytes(a: Uint8Array, start: number, end: number, b: Uint8Array): number {
  const length = Math.min(end - start, b.length);
  for (let i = 0; i < length; i++) if (a[start + i] !== b[i]) return a[start + i]! - b[i]!;
  return end - start - b.length;
}

function testBytes(low?: Bound, lowOpen?: Bound, high?: Bound, highOpen?: Bound) {
  const key = (part?: Bound) => (part?.lane === "bytes" ? part.value : undefined);
  const [min, above, max, below] = [key(low), key(lowOpen), key(high), key(highOpen)];
  return (view: ColumnView, from: number, count: number, out: Uint8Array): void => {
    const { bytes, offsets } = view.flat;
    for (let i = 0; i < count; i++) {
      const start = offsets[from + i]!;
      const end = offsets[from + i + 1]!;
      const inside =
        (!min || compareBytes(bytes, start, end, min) >= 0) &&
        (!above || compareBytes(bytes, start, end, above) > 0) &&
        (!max || compareBytes(bytes, start, end, max) <= 0) &&
        (!below || compareBytes(bytes, start, end, below) < 0);
      out[i] = inside ? 1 : 0;
    }
  };
}

/** The bounds of a range, bound to a column. */
export interface Sides {
  readonly low: Bound | undefined;
  readonly lowOpen: Bound | undefined;
  readonly high: Bound | undefined;
  readonly highOpen: Bound | undefined;
}

/** Puts bounds into a column's own terms. Throws ConfigError. */
export function bindSides(address: ColumnAddress, bounds: Bounds): Sides {
  return {
    low: bound(address, bounds.min),
    lowOpen: bound(address, bounds.minExclusive),
    high: bound(address, bounds.max),
    highOpen: bound(address, bounds.maxExclusive),
  };
}

/** The sides of a range of numbers, inclusive: as doubles, and exactly where they are integers. */
export function numericLimits({ low, lowOpen, high, highOpen }: Sides) {
  const [lowDouble, highDouble] = doubles(low, lowOpen, high, highOpen);
  const { min, max } = integers(low, lowOpen, high, highOpen);
  const least = min === undefined ? lowDouble : Math.max(lowDouble, Number(min));
  const most = max === undefined ? highDouble : Math.min(highDouble, Number(max));
  return { least, most, min, max };
}

/** Binds `range`: inclusive and exclusive bounds on numbers, moments, and text by code point. Throws ConfigError. */
export function bindRange(address: ColumnAddress, bounds: Bounds, nan: NanTruth): BoundPredicate {
  const sides = bindSides(address, bounds);
  const { low, lowOpen, high, highOpen } = sides;
  const lane = laneOf(address.type);
  const isLow = (value: Stored) =>
    (low && orderTo(value, low) < 0) || (lowOpen && orderTo(value, lowOpen) <= 0);
  const isHigh = (value: Stored) =>
    (high && orderTo(value, high) > 0) || (highOpen && orderTo(value, highOpen) >= 0);
  const byFooter = (summary: ColumnSummary) => {
    if (!summary.within) return undefined;
    const { min, max } = summary.within;
    if (!isLow(min) && !isHigh(max)) return withNans(CAN_BE_TRUE, summary, nan);
    return isLow(max) || isHigh(min) ? withNans(CAN_BE_FALSE, summary, nan) : undefined;
  };
  if (lane === "bytes") {
    return columnLeaf(address, testBytes(low, lowOpen, high, highOpen), undefined, byFooter);
  }

  const { least, most, min, max } = numericLimits(sides);
  const bySummary = (summary: ColumnSummary) => {
    if (summary.rows === summary.nulls) return { can: 0, unknown: 0 };
    if (summary.min === undefined || summary.max === undefined) return undefined;
    if (summary.min >= least && summary.max <= most) return withNans(CAN_BE_TRUE, summary, nan);
    if (summary.max < least || summary.min > most) return withNans(CAN_BE_FALSE, summary, nan);
    return undefined;
  };
  if (lane === "integer")
    return columnLeaf(address, testIntegers(min, max, least, most), bySummary, byFooter);

  const ofNan = nanByte(nan);
  const test = (view: ColumnView, from: number, count: number, out: Uint8Array): void => {
    doublesWithin(view.plainNumbers(from, count)!, count, least, most, ofNan, out);
  };
  return columnLeaf(address, test, bySummary, byFooter);
}
