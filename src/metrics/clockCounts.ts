import { type DataType, DataType as Types } from "apache-arrow";
import { nanosPerTick } from "../columns/literal.js";

const NANOS_PER_HOUR = 3_600_000_000_000;
const HOURS = 24;
const DAYS = 7;
// 1970-01-01 was a Thursday; weeks are counted from Sunday.
const FIRST_WEEKDAY = 4;

/** Rows by hour of the day and by day of the week (0 is Sunday), in UTC. */
export class ClockCounts {
  readonly hours = new Array<number>(HOURS).fill(0);
  readonly weekdays = new Array<number>(DAYS).fill(0);
  readonly #nanosPerTick: number;

  constructor(type: DataType) {
    this.#nanosPerTick = Number(nanosPerTick(type));
  }

  /** True for the types whose values are moments. */
  static fits(type: DataType): boolean {
    return Types.isDate(type) || Types.isTimestamp(type);
  }

  add(ticks: number): void {
    const nanos = this.#nanosPerTick;
    // Whichever quotient is whole is taken, so that no hour is lost to rounding.
    const hours =
      nanos >= NANOS_PER_HOUR
        ? ticks * (nanos / NANOS_PER_HOUR)
        : Math.floor(ticks / (NANOS_PER_HOUR / nanos));
    const day = Math.floor(hours / HOURS);
    this.hours[hours - day * HOURS]!++;
    this.weekdays[(((day + FIRST_WEEKDAY) % DAYS) + DAYS) % DAYS]!++;
  }
}
