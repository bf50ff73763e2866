import { RowSet } from "../columns/rowSet.js";
import type { RunJson } from "../results/run.js";

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
  const counted = new Map<string, { rules: string[]; rows: number }>();
  for (const row of unionOf(broken.map(([, rows]) => rows))) {
    let key = "";
    for (const [nth, [, rows]] of broken.entries()) if (rows.has(row)) key += `${nth},`;
    const known = counted.get(key);
    if (known) known.rows++;
    else counted.set(key, { rules: broken.filter(([, rows]) => rows.has(row)).map(([id]) => id), rows: 1 });
  }
  const sets = [...counted.values()].sort((a, b) => b.rows - a.rows);
  return { sets: sets.slice(0, MOST_SETS), total: sets.length, truncated: sets.length > MOST_SETS };
}
