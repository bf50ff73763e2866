import { type TimeUnit, TimeUnit as Unit } from "apache-arrow";
import { PER_SECOND } from "./temporalText.js";

const DAY = 86_400;
const MIN = -(2n ** 63n);
const MAX = 2n ** 63n - 1n;
// Digits beyond this are no date, and cost time.
const LONGEST = 64;
const SIGNED_YEAR = /^[+-]\d{4,}(?=-)/;
const TIME = /^(-)?(\d\d+):(\d\d)(?::(\d\d)(?:\.(\d+))?)?$/;
const ZONE = /^(?:Z|[+-]\d\d(?::?\d\d)?)$/;
const [ZERO, DASH, COLON, DOT] = [48, 45, 58, 46];

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/**
 * Days from 1970-01-01 to a date of the proleptic Gregorian calendar; undefined when there is no such date.
 * Algorithm: Howard Hinnant, chrono-compatible low-level date algorithms, `days_from_civil`.
 */
function daysOf(year: number, month: number, day: number): number | undefined {
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month))) return undefined;
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const ofYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const ofEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + ofYear;
  return era * 146_097 + ofEra - 719_468;
}

/** A fraction's digits as ticks; undefined when the unit can't hold them all. */
function fractionTicks(digits: string | undefined, unit: TimeUnit): number | undefined {
  if (digits === undefined) return 0;
  const width = unit * 3;
  if (/[^0]/.test(digits.slice(width))) return undefined;
  return Number(digits.slice(0, width).padEnd(width, "0"));
}

/** Two digits as a number, or NaN. */
function twoDigits(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - ZERO, text.charCodeAt(at + 1) - ZERO];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

/** Days, seconds and ticks as ticks, as a number where that is exact; undefined beyond 64 bits. */
function ticksOf(days: number, seconds: number, rest: number, unit: TimeUnit): number | bigint | undefined {
  const per = PER_SECOND[unit];
  const ticks = (days * DAY + seconds) * per + rest;
  if (Number.isSafeInteger(ticks)) return ticks;
  const exact = (BigInt(days) * BigInt(DAY) + BigInt(seconds)) * BigInt(per) + BigInt(rest);
  return exact < MIN || exact > MAX ? undefined : exact;
}

/** Seconds east of UTC; undefined when the text is no zone. */
function offsetSeconds(zone: string): number | undefined {
  if (!ZONE.test(zone)) return undefined;
  if (zone === "Z") return 0;
  const [hours, minutes] = [twoDigits(zone, 1), zone.length > 3 ? twoDigits(zone, zone.length - 2) : 0];
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 3600 + minutes * 60);
}

/** Where the year ends that the text starts with; 0 when it starts with none. */
function endOfYear(text: string): number {
  if (text.charCodeAt(4) === DASH && twoDigits(text, 0) >= 0 && twoDigits(text, 2) >= 0) return 4;
  return text.length <= LONGEST ? (SIGNED_YEAR.exec(text)?.[0].length ?? 0) : 0;
}

/** The days of the date that the text starts with, whose year ends at `end`. */
function daysAt(text: string, end: number): number | undefined {
  if (end === 0 || text.charCodeAt(end) !== DASH || text.charCodeAt(end + 3) !== DASH) return undefined;
  return daysOf(Number(text.slice(0, end)), twoDigits(text, end + 1), twoDigits(text, end + 4));
}

/** `YYYY-MM-DD` as days since 1970-01-01; undefined when it is no such text, or no such date. */
export function parseDate(text: string): number | undefined {
  const end = endOfYear(text);
  return text.length === end + 6 ? daysAt(text, end) : undefined;
}

/** A time of day as ticks since midnight; undefined when it is none, or has digits that the unit can't hold. */
export function parseTime(text: string, unit: TimeUnit): number | bigint | undefined {
  const match = text.length <= LONGEST ? TIME.exec(text) : null;
  if (!match) return undefined;
  const [, minus, hours, minutes, seconds = "0", fraction] = match;
  const rest = fractionTicks(fraction, unit);
  if (Number(minutes) > 59 || Number(seconds) > 59 || rest === undefined) return undefined;
  const sign = minus ? -1 : 1;
  return ticksOf(
    0,
    sign * (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)),
    sign * rest,
    unit,
  );
}

/**
 * An ISO 8601 date or date and time as ticks since 1970-01-01. `zoned` says that a zone must be there, or must not.
 * Undefined when the text is no moment, or one that the unit can't hold exactly.
 */
export function parseTimestamp(text: string, unit: TimeUnit, zoned: boolean): number | bigint | undefined {
  const end = endOfYear(text);
  const days = daysAt(text, end);
  if (days === undefined || text.length > LONGEST) return undefined;
  let at = end + 6;
  if (at === text.length) return zoned ? undefined : ticksOf(days, 0, 0, unit);
  const [hours, minutes] = [twoDigits(text, at + 1), twoDigits(text, at + 4)];
  const isClock = (text[at] === "T" || text[at] === " ") && text.charCodeAt(at + 3) === COLON;
  if (!isClock || !(hours <= 23 && minutes <= 59)) return undefined;
  at += 6;
  let seconds = 0;
  let rest: number | undefined = 0;
  if (text.charCodeAt(at) === COLON) {
    seconds = twoDigits(text, at + 1);
    if (!(seconds <= 59)) return undefined;
    at += 3;
    if (text.charCodeAt(at) === DOT) {
      const digits = /\d*/.exec(text.slice(at + 1))![0];
      rest = digits === "" ? undefined : fractionTicks(digits, unit);
      at += 1 + digits.length;
    }
  }
  const zone = text.slice(at);
  const offset = zone === "" ? 0 : offsetSeconds(zone);
  if ((zone !== "") !== zoned || rest === undefined || offset === undefined) return undefined;
  return ticksOf(days, hours * 3600 + minutes * 60 + seconds - offset, rest, unit);
}

/** Nanoseconds as ticks of a unit; undefined when they don't fit. */
export function ticksOfNanos(nanos: bigint, unit: TimeUnit): bigint | undefined {
  const per = BigInt(PER_SECOND[Unit.NANOSECOND]) / BigInt(PER_SECOND[unit]);
  const ticks = nanos / per;
  return ticks * per === nanos && ticks >= MIN && ticks <= MAX ? ticks : undefined;
}
