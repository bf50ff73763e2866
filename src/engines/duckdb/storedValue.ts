import type { Stored } from "../../columns/stored.js";
import { laneOf } from "../../columns/view.js";
import type { SqlColumn } from "../../predicates/sql/sqlColumn.js";

const encoder = new TextEncoder();

/** What `@duckdb/node-api` gives for decimals, dates, moments and blobs. */
interface Boxed {
  readonly value?: bigint;
  readonly days?: number;
  readonly micros?: bigint;
  readonly nanos?: bigint;
  readonly bytes?: Uint8Array;
}

function integerOf(value: unknown): bigint {
  const { value: unscaled, days, micros, nanos } = Object(value) as Boxed;
  return BigInt(unscaled ?? days ?? nanos ?? micros ?? (value as number | bigint));
}

/** A value of a column as DuckDB gives it, in the column's storage unit. */
export function storedOf({ form, address, ticks }: SqlColumn, value: unknown): Stored {
  switch (form) {
    case "text":
      return encoder.encode(value as string);
    case "binary":
      return Uint8Array.from((value as Boxed).bytes!);
    case "float":
      return value as number;
    default: {
      const stored = integerOf(value) / ticks;
      return laneOf(address.type) === "integer" ? stored : Number(stored);
    }
  }
}
