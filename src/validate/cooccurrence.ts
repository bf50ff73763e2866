import { PAGE_ROWS, RowSet } from "../columns/rowSet.js";
import type { RunJson } from "../results/run.js";
import { RuleSets } from "./ruleSets.js";

const MOST_SETS = 50;

/** All rows of some sets. */
export function unionOf(sets: Iterable<RowSet>): RowSet {
  const [first, ...rest] = sets;
  if (!first) return new RowSet();
  if (rest.length === 0) return first;
  const union = new RowSet();
  for (const set of [first, ...rest]) union.addAll(set);
  return union;
}

/** Which rules were broken together, by how many rows, most first; at most 50 sets, and how many there are. */
export function cooccurrenceOf(marks: ReadonlyMap<string, RowSet>): RunJson["cooccurrence"] {
  const broken = [...marks].filter(([, rows]) => rows.size > 0);
  if (broken.length < 2) return undefined;
  const ruleSets = new RuleSets(broken);
  const stretches = new Set(broken.flatMap(([, rows]) => rows.stretches));
  const rowsBy: number[] = [];
  // In the order of the first row that broke each.
  const met: number[] = [];
  for (const first of [...stretches].sort((a, b) => a - b)) {
    for (const set of ruleSets.number(first, PAGE_ROWS)) {
      const rows = rowsBy[set] ?? 0;
      if (rows === 0) met.push(set);
      rowsBy[set] = rows + 1;
    }
  }
  const sets = met.map((set) => ({ rules: [...ruleSets.ids[set]!], rows: rowsBy[set]! }));
  sets.sort((a, b) => b.rows - a.rows);
  return { sets: sets.slice(0, MOST_SETS), total: sets.length, truncated: sets.length > MOST_SETS };
}
