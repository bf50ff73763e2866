import type { Stored } from "../../columns/stored.js";
import { laneOf } from "../../columns/view.js";
import type { SqlColumn } from "../../predicates/sql/sqlColumn.js";

const encoder = new TextEncoder();

/** What `@duckdb/node-api` gives for decimals, dates, moments and blobs. */
interface Boxed {
  readonly value?: bigint;
  readonly days?: number;
  readonly seconds?: bigint;
  readonly millis?: bigint;
  readonly micros?: bigint;
  readonly nanos?: bigint;
  readonly bytes?: Uint8Array;
}

/** The integer that DuckDB stores for a value. */
export function integerOf(value: unknown): bigint {
  const { value: unscaled, days, seconds, millis, micros, nanos } = Object(value) as Boxed;
  return BigInt(unscaled ?? days ?? nanos ?? micros ?? millis ?? seconds ?? (value as number | bigint));
}

/** The bytes of a blob. */
export const bytesOf = (value: unknown): Uint8Array => Uint8Array.from((value as Boxed).bytes!);

/** A value of a column as DuckDB gives it, in the column's storage unit. */
export function storedOf({ form, address, ticks }: SqlColumn, value: unknown): Stored {
  switch (form) {
    case "text":
      return encoder.encode(value as string);
    case "binary":
      return bytesOf(value);
    case "float":
      return value as number;
    default: {
      const stored = integerOf(value) / ticks;
      return laneOf(address.type) === "integer" ? stored : Number(stored);
    }
  }
}
