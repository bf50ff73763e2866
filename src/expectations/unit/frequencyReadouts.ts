import type { DataType } from "apache-arrow";
import { ByteTable } from "../../columns/byteTable.js";
import { bindLiteral, type Literal } from "../../columns/literal.js";
import { type Shown, shownStored } from "../../columns/shown.js";
import type { Stored as StoredValue } from "../../columns/stored.js";
import { ConfigError } from "../../errors/index.js";
import type { FrequenciesState, Frequency } from "../../metrics/frequencies.js";

/** Distinct values that a result shows at most; there may be as many as rows. */
export const MOST_SHOWN = 100;

const LONGEST = 200;
/** Literals in a column's own type, each that means another value once. */
class LiteralSet {
  readonly literals: Literal[] = [];
  readonly #texts = new ByteTable();
  readonly #numbers = new Map<number | bigint | string, number>();

  /** Throws ConfigError on a misfit. */
  constructor(type: DataType, literals: readonly Literal[]) {
    for (const literal of literals) {
      const bound = bindLiteral(type, literal);
      if ("problem" in bound) throw new ConfigError("config/bad-value", bound.problem, { value: literal });
      if (bound.lane === "bytes") this.literals[this.#texts.add(bound.value)] = literal;
      else if (bound.lane === "number") this.#add(bound.value + 0, literal);
      // An integer column holds no value that equals one between two integers.
      else if (bound.value.floor !== bound.value.ceil) this.#add(`none ${String(literal)}`, literal);
      else this.#add(smallest(bound.value.floor), literal);
    }
  }

  #add(key: number | bigint | string, literal: Literal): void {
    const place = this.#numbers.get(key) ?? this.#numbers.size;
    this.#numbers.set(key, place);
    this.literals[place] = literal;
  }

  /** The place among the literals of the one that means a value, or -1. */
  find(value: StoredValue): number {
    if (value instanceof Uint8Array) return this.#texts.find(value);
    return this.#numbers.get(value) ?? -1;
  }
}

/** An integer as distinct values are held: as a number where that is exact. */
function smallest(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
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
  const set = new LiteralSet(state.address.type, literals);
  const byLiteral = new Map<Literal, number>(set.literals.map((literal) => [literal, 0]));
  const least: Frequency[] = [];
  const beyond: Frequency[] = [];
  let distinct = 0;
  let distinctBeyond = 0;
  let rowsBeyond = 0;
  for (const frequency of state.ascending()) {
    const { value, count } = frequency;
    distinct++;
    if (least.length < MOST_SHOWN) least.push(frequency);
    const place = set.find(value);
    if (place >= 0) byLiteral.set(set.literals[place]!, count);
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
  const set = new LiteralSet(state.address.type, literals);
  return state.countsWhere((value) => set.find(value) < 0);
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
