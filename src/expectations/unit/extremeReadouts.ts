import { shownStored } from "../../columns/shown.js";
import type { ExtremesState } from "../../metrics/extremes.js";
import type { Measured } from "./aggregateUnit.js";
import { type StoredBounds, storedWithin } from "./bounds.js";
import type { StoredOptions } from "./options.js";

// A text can be a whole document; a result shows the head of it.
const LONGEST = 1000;

/** Holds the least or the greatest value against bounds, in the column's own type. Throws ConfigError on a misfit. */
export function measureExtreme(
  state: ExtremesState,
  side: "min" | "max",
  stored: StoredBounds & StoredOptions,
): Measured {
  const { type, name } = state.address;
  if (state.nans > 0 && (stored.nan ?? "fail") === "fail") return { observed: "NaN", holds: false };
  const value = state[side];
  if (value === undefined) return { empty: `no value of ${name} to take the ${side} of` };
  const shown = shownStored(type, value);
  const isLong = typeof shown === "string" && shown.length > LONGEST;
  const observed = isLong ? `${shown.slice(0, LONGEST)}...` : shown;
  return { observed, holds: storedWithin(type, value, stored) };
}
