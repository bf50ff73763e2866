import { DataType, type Dictionary, TimeUnit } from "apache-arrow";
import * as z from "zod";
import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import { nanosPerTick } from "../columns/literal.js";
import { parseDuration } from "../columns/moment.js";
import { shownStored } from "../columns/shown.js";
import { timestampText } from "../columns/temporalText.js";
import { aggregateUnit, type Measured } from "./unit/aggregateUnit.js";
import type { Expectation } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import type { AggregateOptions } from "./unit/options.js";
import { columnRefSchema } from "./unit/wire.js";

/** A length of time in nanoseconds: `6h`, `1d12h`, `90m`, or as ISO 8601 says it; undefined when it is none, or negative. */
function lengthOf(text: string): bigint | undefined {
  const short = /^(?=\d)(\d+w)?(\d+d)?(\d+h)?(\d+m)?(\d+s)?$/.exec(text);
  if (!short) return text.startsWith("-") ? undefined : parseDuration(text);
  const [, weeks = "", days = "", ...clock] = short;
  const time = clock.join("");
  return parseDuration(`P${weeks}${days}${time === "" ? "" : `T${time}`}`.toUpperCase());
}

const length = z.string().refine((text) => lengthOf(text) !== undefined, {
  error: 'is no length of time such as "6h", "2d" or "PT90M"',
});

const params = z.strictObject({ column: columnRefSchema, maxAge: length, maxAhead: length.optional() });

/** How old the newest value may be. */
export interface Freshness {
  /** The greatest age: `"6h"`, `"1d12h"`, or an ISO 8601 duration such as `"PT90M"`; a day is 24 hours. */
  readonly maxAge: string;
  /** How far the newest value may lie in the future, for clocks that differ; not at all unless said. */
  readonly maxAhead?: string;
}

/**
 * The newest value of a date or timestamp column is no older than `maxAge` by the run's clock, which is given as
 * `now: "2024-01-31T09:30:00Z"` and is else the run's start; the clock stands in the outcome.
 *
 * Moments without a zone are read as UTC, and a date is its first moment, so a column of today's dates is up to a day old.
 * A newest value in the future fails, unless it is no further ahead than `maxAhead`: it would hide that nothing new comes.
 * Nulls are left out; no value at all fails.
 *
 * @example freshness("updated_at", { maxAge: "6h" })
 */
export function freshness<const C extends ColumnRef>(
  column: C,
  bounds: Freshness,
  options: AggregateOptions = {},
): Expectation<{ column: C; kind: "temporal" }> {
  return make(freshness.unit, { column, ...bounds }, options);
}

const SECOND = 1_000_000_000n;

/** A length of time as ISO 8601, in whole seconds: `P1DT2H3M4S`. */
function lengthText(nanos: bigint): string {
  const seconds = (nanos < 0n ? -nanos : nanos) / SECOND;
  const part = (count: bigint, unit: string) => (count === 0n ? "" : `${count}${unit}`);
  const days = part(seconds / 86_400n, "D");
  const [h, m, s] = [(seconds / 3600n) % 24n, (seconds / 60n) % 60n, seconds % 60n];
  const clock = `${part(h, "H")}${part(m, "M")}${part(s, "S")}`;
  const said = `${days}${clock === "" ? "" : `T${clock}`}`;
  return `${nanos < 0n ? "-" : ""}P${said === "" ? "T0S" : said}`;
}

function clockText(nanos: bigint): string {
  return nanos % 1_000_000n === 0n
    ? timestampText(nanos / 1_000_000n, TimeUnit.MILLISECOND, true)
    : timestampText(nanos, TimeUnit.NANOSECOND, true);
}

function measure(
  columnType: DataType,
  newest: number | bigint,
  now: bigint,
  { maxAge, maxAhead }: Freshness,
): Measured {
  const type = DataType.isDictionary(columnType) ? (columnType as Dictionary).dictionary : columnType;
  if (!DataType.isDate(type) && !DataType.isTimestamp(type)) {
    return { error: "is about dates and timestamps; a time of day or a duration has no age" };
  }
  const age = now - BigInt(newest) * nanosPerTick(type);
  const isAhead = -age > (maxAhead === undefined ? 0n : lengthOf(maxAhead)!);
  const isOld = age > lengthOf(maxAge)!;
  return {
    observed: { value: shownStored(type, newest), age: lengthText(age), now: clockText(now) },
    holds: !isAhead && !isOld,
    ...(isAhead ? { message: "the newest value lies in the future" } : {}),
    ...(isOld ? { message: "the newest value is too old" } : {}),
  };
}

freshness.unit = aggregateUnit({
  type: "freshness",
  params,
  honours: [],
  columns: ({ column }) => [column],
  claim: ({ column, maxAge }) => `newest ${columnLabel(column)} is at most ${maxAge} old`,
  metrics: ({ column }, where) => [{ state: "extremes", column, ...where }],
  measure(findings, { column, maxAge, maxAhead }, [request]) {
    const { max, address } = findings.metric({ ...request!, state: "extremes" });
    if (max === undefined) return { empty: `no value of ${columnLabel(column)} to take the age of` };
    const bounds = { maxAge, ...(maxAhead === undefined ? {} : { maxAhead }) };
    return measure(address.type, max as number | bigint, findings.now, bounds);
  },
  about: {
    fits: ["temporal"],
    example: {
      params: { column: "updated_at", maxAge: "6h" },
      table: { updated_at: { type: "timestamp[ms]", values: ["2024-01-31T03:30:00", "2024-01-30", null] } },
    },
    violation: {
      table: { updated_at: { type: "timestamp[ms]", values: ["2024-01-31T03:29:59.999", null] } },
    },
    now: "2024-01-31T09:30:00Z",
  },
});
