import { ConfigError, didYouMean } from "../../errors/index.js";
import * as catalogue from "../index.js";
import type { AnyUnit } from "./unit.js";

let units: Map<string, AnyUnit> | undefined;

function known(): Map<string, AnyUnit> {
  // Sorted, because bundlers and Node list the names of a module in orders of their own.
  units ??= new Map(
    Object.values(catalogue)
      .map(({ unit }) => [unit.type, unit as AnyUnit] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  return units;
}

/** Every expectation there is, by its type. */
export function registry(): ReadonlyMap<string, AnyUnit> {
  return known();
}

/** Makes a unit known that is not in the catalogue, for this process. Throws ConfigError when another has its type. */
export function register(unit: AnyUnit): void {
  const other = known().get(unit.type);
  if (other !== undefined && other !== unit) {
    throw new ConfigError(
      "config/reserved-name",
      `another expectation is called ${JSON.stringify(unit.type)}`,
      {
        value: unit.type,
      },
    );
  }
  known().set(unit.type, unit);
}

/** The unit an expectation's `type` names. Throws ConfigError with the nearest name. */
export function unitOf(type: string): AnyUnit {
  const unit = registry().get(type);
  if (unit) return unit;
  const choices = [...registry().keys()];
  throw new ConfigError(
    "config/unknown-name",
    `no expectation is called ${JSON.stringify(type)}${didYouMean(type, choices)}`,
    { value: type, choices },
  );
}
