import { logicalName } from "../columns/typeName.js";
import type { Knots } from "../metrics/knots.js";
import type { ProfileState } from "../metrics/profile.js";
import { spreadOf } from "../metrics/spread.js";
import { boolProfile, textProfile } from "./levelProfile.js";
import { type Detail, numericProfile } from "./numericProfile.js";
import type { ColumnProfile, NumericProfile } from "./profile.js";

function lengthsOf(rows: ReadonlyMap<number, number>, detail: Detail): NumericProfile {
  const sorted = [...rows].sort(([a], [b]) => a - b);
  const knots: Knots = {
    values: sorted.map(([length]) => length),
    at: sorted.map(([, count]) => count),
    gaps: sorted.map(() => 0),
  };
  return numericProfile({ knots, spread: spreadOf(knots), error: 0 }, detail);
}

function valuesOf(state: ProfileState, detail: Detail): Partial<ColumnProfile> {
  const { levels, numbers, clock, address } = state;
  if (levels) return { levels: textProfile(levels, detail), lengths: lengthsOf(levels.lengths(), detail) };
  if (!numbers) return {};
  const gathered = numbers.gathered();
  if (address.kind === "bool") {
    const { zeros = 0, count } = numericProfile(gathered, detail);
    return { levels: boolProfile(zeros, count - zeros) };
  }
  const profile = numericProfile(gathered, detail);
  if (address.kind === "binary") return { lengths: profile };
  return {
    numbers: profile,
    ...(clock ? { clock: { hours: [...clock.hours], weekdays: [...clock.weekdays] } } : {}),
  };
}

/** What is kept of a column that was gathered. */
export function columnProfile(state: ProfileState, detail: Detail = "kept"): ColumnProfile {
  const { address, rows, nulls, numbers } = state;
  return {
    name: address.name,
    type: logicalName(address.type),
    kind: address.kind,
    rows,
    nulls,
    nans: numbers?.nans ?? 0,
    plusInfinities: numbers?.plusInfinities ?? 0,
    minusInfinities: numbers?.minusInfinities ?? 0,
    ...valuesOf(state, detail),
  };
}
