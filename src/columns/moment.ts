/** Days from 1970-01-01 to a civil date (proleptic Gregorian), or undefined when there is no such day. */
function daysFromCivil(year: number, month: number, day: number): number | undefined {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const same =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return same ? Math.round(date.getTime() / 86_400_000) : undefined;
}

const NANOS_PER_SECOND = 1_000_000_000n;
const NANOS_PER_DAY = 86_400n * NANOS_PER_SECOND;

function clock(hours: string, minutes: string, seconds = "0", fraction = ""): bigint | undefined {
  const [h, m, s] = [Number(hours), Number(minutes), Number(seconds)];
  if (h > 23 || m > 59 || s > 59) return undefined;
  return (
    BigInt(h * 3600 + m * 60 + s) * NANOS_PER_SECOND + BigInt(fraction.padEnd(9, "0").slice(0, 9) || "0")
  );
}

const MOMENT =
  /^([+-]?\d{4,6})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/;

/** An ISO 8601 date or date-time as nanoseconds since 1970-01-01; without a zone it is read as UTC. */
export function parseMoment(text: string): bigint | undefined {
  const match = MOMENT.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hours, minutes, seconds, fraction, zone] = match;
  const days = daysFromCivil(Number(year), Number(month), Number(day));
  const time = hours === undefined ? 0n : clock(hours, minutes!, seconds, fraction);
  if (days === undefined || time === undefined) return undefined;
  let shift = 0n;
  if (zone !== undefined && zone !== "Z") {
    const sign = zone.startsWith("-") ? -1n : 1n;
    const offset = clock(zone.slice(1, 3), zone.slice(-2));
    if (offset === undefined) return undefined;
    shift = sign * offset;
  }
  return BigInt(days) * NANOS_PER_DAY + time - shift;
}

/** A time of day (`HH:MM[:SS[.fraction]]`) as nanoseconds since midnight. */
export function parseClock(text: string): bigint | undefined {
  const match = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?$/.exec(text);
  return match ? clock(match[1]!, match[2]!, match[3], match[4]) : undefined;
}

/** An ISO 8601 duration of weeks, days, hours, minutes and seconds (`P1DT2H`, `-PT1.5S`) as nanoseconds. */
export function parseDuration(text: string): bigint | undefined {
  const match = /^(-)?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,9}))?S)?)?$/.exec(
    text,
  );
  if (!match || /[PT]$/.test(text)) return undefined;
  const [, minus, weeks, days, hours, minutes, seconds, fraction] = match;
  const whole =
    BigInt(weeks ?? 0) * 604_800n +
    BigInt(days ?? 0) * 86_400n +
    BigInt(hours ?? 0) * 3600n +
    BigInt(minutes ?? 0) * 60n +
    BigInt(seconds ?? 0);
  const total = whole * NANOS_PER_SECOND + BigInt((fraction ?? "").padEnd(9, "0"));
  return minus ? -total : total;
}
