import { DataType, type Table } from "apache-arrow";
import { suite, validate } from "veritable";
import { openPeer, type Peer } from "./duckdb.js";
import { type Comparison, comparisons } from "./inMemory.js";
import { fileOf, keysTable, ordersTable } from "./tables.js";
import { copySpeed, type Timing, timed } from "./timing.js";

/** One line of the table: the same work, measured in the same process. */
export interface ComparedRow {
  readonly name: string;
  readonly ours: Timing;
  readonly duckdb: Timing;
  /** DuckDB's median over ours: how many times as fast ours is. */
  readonly ratio: number;
  /** The bytes of the columns that were read, over our median, as a share of what a plain loop copies in that time. */
  readonly copyShare: number | null;
}

const makers: Readonly<Record<Comparison["table"], (rows: number) => Table>> = {
  orders: ordersTable,
  shuffled: (rows) => keysTable("shuffled", rows),
  random: (rows) => keysTable("random", rows),
};

/** Bytes of a column's buffers. */
function bytesOf(table: Table, name: string): number {
  const column = table.getChild(name);
  if (!column) return 0;
  return column.data.reduce((sum, { values, valueOffsets, nullBitmap, nullCount, type }) => {
    const offsets = DataType.isUtf8(type) ? valueOffsets.byteLength : 0;
    return sum + values.byteLength + offsets + (nullCount > 0 ? nullBitmap.byteLength : 0);
  }, 0);
}

async function compareOne(
  peer: Peer,
  table: Table,
  { name, expectations, sql, rowsSql, failures }: Comparison,
  threads: number,
  repeats: number,
  copied: number,
): Promise<ComparedRow> {
  const checks = suite("bench", expectations);
  const check = async () => {
    const run = await validate(table, checks);
    if (rowsSql !== undefined) await run.quarantined.table();
    await run.close();
    return run;
  };
  const { outcomes, status } = await check();
  const found = outcomes.reduce((sum, { counts }) => sum + (counts?.failed ?? 0), 0);
  const expected = await peer.first(failures);
  if (status === "error" || found !== expected)
    throw new Error(`${name}: ${status}, ours finds ${found} failures, DuckDB ${expected}`);
  const ours = await timed(threads, repeats, check);
  const duckdb = await peer.time(rowsSql === undefined ? sql : [sql, rowsSql], repeats);
  const columns = new Set(outcomes.flatMap((outcome) => outcome.columns));
  const bytes = [...columns].reduce((sum, column) => sum + bytesOf(table, column), 0);
  return { name, ours, duckdb, ratio: duckdb.median / ours.median, copyShare: bytes / ours.median / copied };
}

/** Tables in memory on both sides, each loaded before the clock starts. */
export async function* compareInMemory(
  rows: number,
  repeats: number,
  only: (name: string) => boolean,
): AsyncGenerator<ComparedRow> {
  const copied = await copySpeed(rows, repeats);
  const all = comparisons(rows).filter(({ name }) => only(name));
  for (const kind of Object.keys(makers) as Comparison["table"][]) {
    const asked = all.filter((comparison) => comparison.table === kind);
    if (asked.length === 0) continue;
    const table = makers[kind](rows);
    const file = await fileOf(`${kind}-${rows}`, () => table.batches);
    const peer = await openPeer();
    await peer.connection.run(`CREATE TABLE t AS SELECT * FROM read_parquet('${file}')`);
    for (const comparison of asked) yield await compareOne(peer, table, comparison, 1, repeats, copied);
    peer.close();
  }
}
