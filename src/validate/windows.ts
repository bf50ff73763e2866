import { DataType, type Dictionary } from "apache-arrow";
import type { ColumnAddress } from "../columns/address.js";
import type { Block } from "../columns/block.js";
import { nanosPerTick } from "../columns/literal.js";
import { ConfigError } from "../errors/index.js";

/** Which window each row is in. */
export interface WindowOf {
  /** Columns to read for it. */
  readonly columns: readonly ColumnAddress[];
  /** A number for each row of a block, growing with time; NaN for rows in no window. */
  keys(block: Block): Float64Array;
  label(key: number): string;
}

/** Windows of so many rows each: `0-999`, `1000-1999`, ... */
export function windowOfRows(rows: number): WindowOf {
  return {
    columns: [],
    keys: ({ row, count }) => Float64Array.from({ length: count }, (_, i) => Math.floor((row + i) / rows)),
    label: (key) => `${key * rows}-${(key + 1) * rows - 1}`,
  };
}

const NANOS_PER_DAY = 86_400_000_000_000;
const MS_PER_DAY = 86_400_000;
// The days that a Date can hold.
const LAST_DAY = 100_000_000;

/** Windows of calendar days of a date or timestamp, in UTC: `2024-02-29`. Throws ConfigError for another type. */
export function dayOfRow(address: ColumnAddress): WindowOf {
  const type = DataType.isDictionary(address.type) ? (address.type as Dictionary).dictionary : address.type;
  if (!DataType.isDate(type) && !DataType.isTimestamp(type)) {
    throw new ConfigError(
      "config/bad-value",
      `driftOverTime: timeColumn ${JSON.stringify(address.name)} is neither a date nor a timestamp`,
      { unit: "driftOverTime", parameter: "timeColumn", value: address.name },
    );
  }
  const ticksPerDay = NANOS_PER_DAY / Number(nanosPerTick(type));
  return {
    columns: [address],
    keys(block) {
      const view = block.view(address);
      const valid = block.valid(address);
      const { values } = view.numbers(block.from, block.count);
      return Float64Array.from({ length: block.count }, (_, i) => {
        if (valid && valid[i] === 0) return Number.NaN;
        const ticks = Number.isNaN(values[i]!) ? Number(view.integer(block.from + i)) : values[i]!;
        const day = Math.floor(ticks / ticksPerDay);
        return Math.abs(day) <= LAST_DAY ? day : Number.NaN;
      });
    },
    label: (key) => new Date(key * MS_PER_DAY).toISOString().split("T")[0]!,
  };
}
