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

/** Summarises rows [from, from + count): `valid` has one byte a row, absent when no row is null. */
export function summarise(
  view: ColumnView,
  from: number,
  count: number,
  valid: Uint8Array | undefined,
  nulls: number,
): ColumnSummary {
  if (view.lane !== "number" && view.lane !== "integer") {
    return { rows: count, nulls, nans: 0, min: undefined, max: undefined };
  }
  const { values, exact } = view.numbers(from, count);
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let nans = 0;
  if (valid === undefined) {
    for (let i = 0; i < count; i++) {
      const value = values[i]!;
      if (value < min) min = value;
      if (value > max) max = value;
      if (Number.isNaN(value)) nans++;
    }
  } else {
    for (let i = 0; i < count; i++) {
      if (valid[i] === 0) continue;
      const value = values[i]!;
      if (value < min) min = value;
      if (value > max) max = value;
      if (Number.isNaN(value)) nans++;
    }
  }
  // Staged integers are NaN where a double can't hold them: that says nothing about the data.
  if (view.lane === "integer") nans = 0;
  const known = exact && min <= max;
  return { rows: count, nulls, nans, min: known ? min : undefined, max: known ? max : undefined };
}
