import { RowSet } from "../../columns/rowSet.js";
import { chunksOf } from "./connection.js";
import type { PushedRule } from "./pushdown.js";
import type { Relation } from "./relation.js";

/**
 * The rows that each rule fails, by the rules' ids: one query for all that fail by themselves, one for each rule of keys.
 * Rules that are not in `failing` fail none, and are not asked.
 */
export async function failingRows(
  relation: Relation,
  rules: readonly PushedRule[],
  failing: readonly PushedRule[],
): Promise<Map<string, RowSet>> {
  const marks = new Map(rules.map(({ planned }) => [planned.id, new RowSet()]));
  const own = failing.filter(({ sql }) => sql.fails !== "false");
  if (own.length > 0) {
    const { from, row } = relation.numbered;
    const flags = own.map(({ sql }, nth) => `${sql.fails} AS f${nth}`);
    const any = own.map((_, nth) => `f${nth}`).join(" OR ");
    const inner = `SELECT CAST(${row} AS DOUBLE) AS r, ${flags.join(", ")} FROM ${from}`;
    await collectFlagged(
      relation,
      `SELECT * FROM (${inner}) WHERE ${any}`,
      own.map(({ planned }) => marks.get(planned.id)!),
    );
  }
  for (const { planned, sql } of failing) {
    if ("rowsSql" in sql) await collect(relation, sql.rowsSql(relation), marks.get(planned.id)!);
  }
  return marks;
}

/** Reads row numbers, and beside each of them a flag for every set. */
async function collectFlagged({ connection }: Relation, sql: string, sets: readonly RowSet[]): Promise<void> {
  for await (const chunk of chunksOf(connection, sql)) {
    const rows = chunk.getColumnValues(0) as number[];
    for (const [nth, set] of sets.entries()) {
      const flags = chunk.getColumnValues(nth + 1);
      for (let i = 0; i < rows.length; i++) if (flags[i] === true) set.add(rows[i]!);
    }
  }
}

/** Reads row numbers. */
async function collect({ connection }: Relation, sql: string, set: RowSet): Promise<void> {
  for await (const chunk of chunksOf(connection, sql)) {
    for (const row of chunk.getColumnValues(0) as number[]) set.add(row);
  }
}
