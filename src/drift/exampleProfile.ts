import type { Kind } from "../columns/typeName.js";
import { NumberRuns } from "../metrics/numberRuns.js";
import { levelProfile } from "./levelProfile.js";
import { assembleProfile } from "./makeProfile.js";
import { levelHash, membershipOf } from "./membership.js";
import { numericProfile } from "./numericProfile.js";
import type { ColumnProfile, Profile } from "./profile.js";

/** A column of an example: numbers or texts, and nulls. */
export interface ExampleColumn {
  readonly type: string;
  readonly values: readonly (number | string | null)[];
}

function columnOf(name: string, { type, values }: ExampleColumn): ColumnProfile {
  const numbers = new NumberRuns();
  const counts = new Map<string, number>();
  for (const value of values) {
    if (typeof value === "number") numbers.add(value);
    else if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const kind: Kind = type === "utf8" ? "string" : "number";
  const membership = membershipOf([...counts.keys()].map(levelHash));
  return {
    name,
    type,
    kind,
    rows: values.length,
    nulls: values.filter((value) => value === null).length,
    nans: numbers.nans,
    plusInfinities: numbers.plusInfinities,
    minusInfinities: numbers.minusInfinities,
    ...(kind === "string"
      ? { levels: levelProfile([...counts], 0, "kept", membership) }
      : { numbers: numericProfile(numbers.gathered(), "kept") }),
  };
}

/** A profile of plain values, for examples of expectations. */
export function exampleProfile(columns: Readonly<Record<string, ExampleColumn>>): Profile {
  const profiles = Object.entries(columns).map(([name, column]) => columnOf(name, column));
  return assembleProfile(profiles[0]?.rows ?? 0, profiles, { mode: "full" });
}
