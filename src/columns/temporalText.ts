import { TimeUnit } from "apache-arrow";

/** Ticks in a second. */
export const PER_SECOND: Record<TimeUnit, number> = {
  [TimeUnit.SECOND]: 1,
  [TimeUnit.MILLISECOND]: 1e3,
  [TimeUnit.MICROSECOND]: 1e6,
  [TimeUnit.NANOSECOND]: 1e9,
};

const DAY = 86_400;

function digits(value: number, width: number): string {
  return String(value).padStart(width, "0");
}

/** The year, of four digits or, outside of 0 to 9999, signed and of six or more, as ISO 8601 expands it. */
function yearText(year: number): string {
  if (year >= 0 && year <= 9999) return digits(year, 4);
  return `${year < 0 ? "-" : "+"}${digits(Math.abs(year), 6)}`;
}

/**
 * Days since 1970-01-01 as `YYYY-MM-DD` in the proleptic Gregorian calendar, any number of days.
 * Algorithm: Howard Hinnant, chrono-compatible low-level date algorithms, `civil_from_days`.
 */
export function dateText(days: number): string {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const ofEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * ofYear + 2) / 153);
  const day = ofYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${yearText(year)}-${digits(month, 2)}-${digits(day, 2)}`;
}

/** Ticks as whole seconds, rounded down, and the ticks that remain. Exact for any 64-bit count. */
function split(ticks: bigint, unit: TimeUnit): { seconds: number; rest: number } {
  const per = BigInt(PER_SECOND[unit]);
  const rest = ((ticks % per) + per) % per;
  return { seconds: Number((ticks - rest) / per), rest: Number(rest) };
}

function fraction(rest: number, unit: TimeUnit): string {
  return unit === TimeUnit.SECOND ? "" : `.${digits(rest, unit * 3)}`;
}

function clockText(seconds: number): string {
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${digits(h, 2)}:${digits(m, 2)}:${digits(s, 2)}`;
}

/** Ticks since 1970-01-01 as `YYYY-MM-DDTHH:MM:SS`, with all the digits of the unit; `Z` follows when `isInstant`. */
export function timestampText(ticks: bigint, unit: TimeUnit, isInstant: boolean): string {
  // Seconds of 64 bits are beyond a double's exactness, days of them are not.
  const per = BigInt(PER_SECOND[unit]) * BigInt(DAY);
  const ofDay = ((ticks % per) + per) % per;
  const { seconds, rest } = split(ofDay, unit);
  const date = dateText(Number((ticks - ofDay) / per));
  return `${date}T${clockText(seconds)}${fraction(rest, unit)}${isInstant ? "Z" : ""}`;
}

/** Ticks since midnight as `HH:MM:SS`, with all the digits of the unit; beyond a day, as hours say. */
export function timeText(ticks: bigint, unit: TimeUnit): string {
  const { seconds, rest } = split(ticks < 0n ? -ticks : ticks, unit);
  return `${ticks < 0n ? "-" : ""}${clockText(seconds)}${fraction(rest, unit)}`;
}

/** Ticks as an ISO 8601 duration in seconds, `PT1.500S`, with all the digits of the unit. */
export function durationText(ticks: bigint, unit: TimeUnit): string {
  const per = BigInt(PER_SECOND[unit]);
  const size = ticks < 0n ? -ticks : ticks;
  return `${ticks < 0n ? "-" : ""}PT${size / per}${fraction(Number(size % per), unit)}S`;
}
