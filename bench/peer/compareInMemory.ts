import { DataType, type Table } from "apache-arrow";
import { sharedTable, suite, validate } from "veritable";
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

/** How our side holds the table, and with how many threads it judges it. */
interface Way {
  readonly how: string;
  readonly table: Table;
  readonly threads: number;
}

// A thread that was idle is gone; it comes within the first runs, and takes some to be as quick as this one.
const WARM_UP_MS = 700;

async function* compareOne(
  peer: Peer,
  ways: readonly Way[],
  { name, expectations, sql, rowsSql, failures }: Comparison,
  repeats: number,
  copied: number,
): AsyncGenerator<ComparedRow> {
  const checks = suite("bench", expectations);
  const expected = await peer.first(failures);
  const done: { way: Way; ours: Timing; bytes: number }[] = [];
  for (const way of ways) {
    const { table, threads } = way;
    const check = async () => {
      const run = await validate(table, checks, { threads });
      if (rowsSql !== undefined) await run.quarantined.table();
      await run.close();
      return run;
    };
    const { outcomes, status } = await check();
    const found = outcomes.reduce((sum, { counts }) => sum + (counts?.failed ?? 0), 0);
    if (status === "error" || found !== expected)
      throw new Error(`${name}: ${status}, ours finds ${found} failures, DuckDB ${expected}`);
    const warm = performance.now() + (threads > 1 ? WARM_UP_MS : 0);
    while (performance.now() < warm) await check();
    const columns = new Set(outcomes.flatMap((outcome) => outcome.columns));
    const bytes = [...columns].reduce((sum, column) => sum + bytesOf(table, column), 0);
    done.push({ way, ours: await timed(threads, repeats, check), bytes });
  }
  const duckdb = await peer.time(rowsSql === undefined ? sql : [sql, rowsSql], repeats);
  for (const { way, ours, bytes } of done) {
    const copyShare = bytes / ours.median / copied;
    yield { name: name + way.how, ours, duckdb, ratio: duckdb.median / ours.median, copyShare };
  }
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
    const ways = [
      { how: "", table, threads: 1 },
      { how: ", two threads", table: sharedTable(table), threads: 2 },
    ];
    for (const comparison of asked) yield* compareOne(peer, ways, comparison, repeats, copied);
    peer.close();
  }
}
