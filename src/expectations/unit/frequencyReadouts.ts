import type { DataType } from "apache-arrow";
import { bindLiteral, type Literal } from "../../columns/literal.js";
import { type Shown, shownStored } from "../../columns/shown.js";
import type { Stored as StoredValue } from "../../columns/stored.js";
import { ConfigError } from "../../errors/index.js";
import type { FrequenciesState, Frequency } from "../../metrics/frequencies.js";

/** Distinct values that a result shows at most; there may be as many as rows. */
export const MOST_SHOWN = 100;

const LONGEST = 200;
const latin1 = new TextDecoder("latin1");

/** A key that is equal for equal values of one column. */
function keyOf(value: StoredValue): string {
  return value instanceof Uint8Array ? latin1.decode(value) : String(value);
}

/** The keys of literals in a column's own type; one that no value can equal has none. Throws ConfigError on a misfit. */
function literalKeys(type: DataType, literals: readonly Literal[]): Map<string, Literal> {
  const keys = new Map<string, Literal>();
  for (const literal of literals) {
    const bound = bindLiteral(type, literal);
    if ("problem" in bound) throw new ConfigError("config/bad-value", bound.problem, { value: literal });
    if (bound.lane === "bytes") keys.set(keyOf(bound.value), literal);
    else if (bound.lane === "number") keys.set(keyOf(bound.value === 0 ? 0 : bound.value), literal);
    else {
      const isWhole = bound.value.floor === bound.value.ceil;
      keys.set(isWhole ? keyOf(bound.value.floor) : `none ${String(literal)}`, literal);
    }
  }
  return keys;
}

/** A distinct value as a result shows it. */
export function shownValue({ address }: FrequenciesState, { value }: Frequency): Shown {
  const shown = shownStored(address.type, value);
  return typeof shown === "string" && shown.length > LONGEST ? `${shown.slice(0, LONGEST)}...` : shown;
}

/** How a column's distinct values lie to a set of literals. */
export interface Compared {
  /** The literals found in the column, in the order they were given, with their rows. */
  readonly counts: readonly number[];
  /** Distinct values that are in the set, and those that aren't, ascending. */
  readonly within: readonly Frequency[];
  readonly beyond: readonly Frequency[];
  readonly missing: readonly Literal[];
}

/** Compares a column's distinct values with a set, in the column's own type. Throws ConfigError on a misfit. */
export function compareWith(state: FrequenciesState, literals: readonly Literal[]): Compared {
  const keys = literalKeys(state.address.type, literals);
  const all = state.sorted();
  const counted = new Map(all.map(({ value, count }) => [keyOf(value), count]));
  const byLiteral = new Map([...keys].map(([key, literal]) => [literal, counted.get(key) ?? 0]));
  return {
    counts: literals.map((literal) => byLiteral.get(literal) ?? 0),
    within: all.filter(({ value }) => keys.has(keyOf(value))),
    beyond: all.filter(({ value }) => !keys.has(keyOf(value))),
    missing: [...byLiteral].filter(([, count]) => count === 0).map(([literal]) => literal),
  };
}
