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
  /** The rows of each literal, in the order they were given. */
  readonly counts: readonly number[];
  /** The first of all distinct values, and of those that aren't in the set, ascending. */
  readonly least: readonly Frequency[];
  readonly beyond: readonly Frequency[];
  /** How many distinct values there are, and how many of them aren't in the set, with their rows. */
  readonly distinct: number;
  readonly distinctBeyond: number;
  readonly rowsBeyond: number;
  readonly missing: readonly Literal[];
}

/** Compares a column's distinct values with a set, in the column's own type. Throws ConfigError on a misfit. */
export function compareWith(state: FrequenciesState, literals: readonly Literal[]): Compared {
  const keys = literalKeys(state.address.type, literals);
  const byLiteral = new Map<Literal, number>([...keys.values()].map((literal) => [literal, 0]));
  const least: Frequency[] = [];
  const beyond: Frequency[] = [];
  let distinct = 0;
  let distinctBeyond = 0;
  let rowsBeyond = 0;
  for (const frequency of state.ascending()) {
    const { value, count } = frequency;
    distinct++;
    if (least.length < MOST_SHOWN) least.push(frequency);
    const literal = keys.get(keyOf(value));
    if (literal !== undefined) byLiteral.set(literal, count);
    else {
      if (beyond.length < MOST_SHOWN) beyond.push(frequency);
      distinctBeyond++;
      rowsBeyond += count;
    }
  }
  return {
    counts: literals.map((literal) => byLiteral.get(literal) ?? 0),
    least,
    beyond,
    distinct,
    distinctBeyond,
    rowsBeyond,
    missing: [...byLiteral].filter(([, count]) => count === 0).map(([literal]) => literal),
  };
}

/** The rows of each distinct value that isn't in a set, in ascending order of the values. Throws EngineError where they are too many. */
export function countsBeyond(state: FrequenciesState, literals: readonly Literal[]): number[] {
  const keys = literalKeys(state.address.type, literals);
  return state.countsWhere((value) => !keys.has(keyOf(value)));
}

/** The most common values of a column: the first of them ascending, how many there are, and the rows of each. */
export function modesOf(state: FrequenciesState) {
  let first: Frequency[] = [];
  let modes = 0;
  let rows = 0;
  for (const frequency of state.ascending()) {
    if (frequency.count < rows) continue;
    if (frequency.count > rows) {
      rows = frequency.count;
      first = [];
      modes = 0;
    }
    modes++;
    if (first.length < MOST_SHOWN) first.push(frequency);
  }
  return { first, modes, rows };
}
