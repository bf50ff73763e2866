import { DataType, type Dictionary } from "apache-arrow";
import type { ColumnAddress } from "../../columns/address.js";
import { kindOf } from "../../columns/typeName.js";
import type { PairCountsState } from "../../metrics/pairCounts.js";
import type { PairKey } from "../../metrics/pairKey.js";

/** How one side of a table is put into levels. */
export interface Levelling {
  /** Levels at most: equal intervals of numbers, else the most common values and one for all others. */
  readonly most: number;
  /** Edges of intervals instead, ascending. */
  readonly edges?: readonly number[] | undefined;
  /** Groups of values that are one level each; a value in none is a level of its own. */
  readonly groups?: readonly (readonly (number | string | boolean)[])[] | undefined;
  /** Whether rows without a value are a level; else they are left out. */
  readonly nulls: boolean;
}

const NONE = -1;

function isNumeric({ type }: ColumnAddress): boolean {
  return kindOf(type) === "number";
}

function unitOf({ type }: ColumnAddress): number {
  const plain = DataType.isDictionary(type) ? (type as Dictionary).dictionary : type;
  return DataType.isDecimal(plain) ? 10 ** plain.scale : 1;
}

function edgesOf(numbers: readonly number[], { most, edges }: Levelling): number[] {
  const least = Math.min(...numbers);
  const greatest = Math.max(...numbers);
  if (edges) return [...new Set([Math.min(least, edges[0]!), ...edges, Math.max(greatest, edges.at(-1)!)])];
  // As numpy does: a constant gets an interval of width 1 around it.
  const [low, high] = least === greatest ? [least - 0.5, greatest + 0.5] : [least, greatest];
  return Array.from({ length: most + 1 }, (_, i) => low + ((high - low) * i) / most);
}

/** A level for each distinct key of one side; null, and NaN with it, has none unless it is a level. */
function levelsOf(
  keys: ReadonlyMap<PairKey, number>,
  address: ColumnAddress,
  how: Levelling,
): Map<PairKey, number> {
  const levels = new Map<PairKey, number>();
  const isMissing = (key: PairKey) => key === null || Number.isNaN(key as number);
  const present = [...keys].filter(([key]) => !isMissing(key));
  if (how.groups) {
    const groupOf = new Map<PairKey, number>();
    // Booleans are stored as 1 and 0.
    for (const [nth, group] of how.groups.entries()) {
      for (const value of group) groupOf.set(typeof value === "boolean" ? Number(value) : value, nth);
    }
    let next = how.groups.length;
    for (const [key] of present) levels.set(key, groupOf.get(key) ?? next++);
  } else if (isNumeric(address) && present.length > 0) {
    const one = unitOf(address);
    const numbers = present.map(([key]) => Number(key) / one);
    const edges = edgesOf(numbers, how);
    for (const [i, [key]] of present.entries()) {
      let level = 0;
      while (level < edges.length - 2 && numbers[i]! >= edges[level + 1]!) level++;
      levels.set(key, level);
    }
  } else {
    // The sort is stable: of values equally common, those that came first keep a level of their own.
    const common = [...present].sort((a, b) => b[1] - a[1]);
    for (const [nth, [key]] of common.entries()) levels.set(key, Math.min(nth, how.most));
  }
  const missing = how.nulls ? Math.max(-1, ...levels.values()) + 1 : NONE;
  for (const key of keys.keys()) if (isMissing(key)) levels.set(key, missing);
  return levels;
}

/** The table of counts of the levels of two columns. */
export function tableOfPairs(state: PairCountsState, left: Levelling, right: Levelling): number[][] {
  const [lefts, rights] = [new Map<PairKey, number>(), new Map<PairKey, number>()];
  for (const [a, beside] of state.counts) {
    for (const [b, count] of beside) {
      lefts.set(a, (lefts.get(a) ?? 0) + count);
      rights.set(b, (rights.get(b) ?? 0) + count);
    }
  }
  const rowOf = levelsOf(lefts, state.left, left);
  const columnOf = levelsOf(rights, state.right, right);
  const height = Math.max(-1, ...rowOf.values()) + 1;
  const width = Math.max(-1, ...columnOf.values()) + 1;
  const table = Array.from({ length: height }, () => new Array<number>(width).fill(0));
  for (const [a, beside] of state.counts) {
    for (const [b, count] of beside) {
      const [i, j] = [rowOf.get(a)!, columnOf.get(b)!];
      if (i !== NONE && j !== NONE) table[i]![j]! += count;
    }
  }
  return table;
}
