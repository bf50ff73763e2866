import { boundsOfDoubles, boundsOfLongs } from "../kernels/bounds.js";
import type { StoredBounds } from "./stored.js";
import type { ColumnView } from "./view.js";

/**
 * What one look at some rows of a column gives. Numeric bounds are in storage units; `undefined` bounds mean that
 * nothing is known of them, or that there is no value that is a number.
 */
export interface ColumnSummary {
  readonly rows: number;
  readonly nulls: number;
  /** NaN values; undefined when the evidence says nothing about NaN, as a Parquet footer doesn't. */
  readonly nans: number | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
  /**
   * Values that no value lies below and above, in the column's own lane, where the evidence isn't staged doubles: a
   * Parquet footer's, which may be wider than the values are. NaN lies nowhere.
   */
  readonly within?: StoredBounds;
}

/** Summarises rows [from, from + count): `bits` has one bit a row, 1 where a value is present; absent when all are. */
export function summarise(
  view: ColumnView,
  from: number,
  count: number,
  bits: Uint8Array | undefined,
  nulls: number,
): ColumnSummary {
  const unknown = { rows: count, nulls, nans: 0, min: undefined, max: undefined };
  if (view.lane !== "number" && view.lane !== "integer") return unknown;
  const longs = view.longs(from, count);
  if (longs) {
    const bounds = boundsOfLongs(longs, bits, count);
    return bounds && bounds.min <= bounds.max ? { ...unknown, min: bounds.min, max: bounds.max } : unknown;
  }
  const values = view.plainNumbers(from, count);
  if (!values) return unknown;
  const { min, max, missing } = boundsOfDoubles(values, bits, count);
  const nans = missing - nulls;
  return min <= max ? { rows: count, nulls, nans, min, max } : { ...unknown, nans };
}
