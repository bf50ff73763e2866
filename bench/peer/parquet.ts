import { existsSync, renameSync } from "node:fs";
import {
  between,
  notNull,
  nullFraction,
  rowCount,
  schema,
  suite,
  type ValidateOptions,
  validate,
} from "veritable";
import type { ComparedRow } from "./compareInMemory.js";
import { openPeer } from "./duckdb.js";
import { comparisons } from "./inMemory.js";
import { fileOf, ordersTable } from "./tables.js";
import { timed } from "./timing.js";

export const CODECS = ["snappy", "zstd"] as const;

/** The table of orders as a file that DuckDB wrote, once. */
async function copyOf(rows: number, ending: string, options: string): Promise<string> {
  const plain = await fileOf(`orders-${rows}`, () => ordersTable(rows).batches);
  const file = plain.replace(/\.parquet$/, ending);
  if (!existsSync(file)) {
    const peer = await openPeer();
    await peer.connection.run(`COPY (SELECT * FROM read_parquet('${plain}')) TO '${file}.part' (${options})`);
    peer.close();
    renameSync(`${file}.part`, file);
  }
  return file;
}

/** The table of orders as Parquet in one of the codecs. */
export const ordersFile = (rows: number, codec: (typeof CODECS)[number]): Promise<string> =>
  copyOf(rows, `-${codec}.parquet`, `FORMAT parquet, COMPRESSION ${codec}`);

/** The table of orders as CSV. */
export const csvFile = (rows: number): Promise<string> => copyOf(rows, ".csv", "FORMAT csv");

/** The ways in which our side reads a file. */
const WAYS: readonly (readonly [how: string, ValidateOptions])[] = [
  ["", { threads: 1 }],
  [", two threads", { threads: 2 }],
  [", by the engine that is foreseen to be faster", { engine: "auto", threads: 2 }],
];

/** What a footer can prove: no column has to be decoded. */
const provable = (rows: number) =>
  suite("provable", [
    schema({
      id: "int64",
      price: "float64?",
      qty: "int32?",
      country: "utf8",
      email: "utf8",
      at: "timestamp[us]",
    }),
    rowCount({ min: rows, max: rows }),
    notNull("id"),
    notNull("email"),
    nullFraction("price", { max: 0.05 }),
    between("id", { min: 0 }),
    between("qty", { min: 1, max: 100 }),
    between("at", { min: "2023-11-14T22:13:20Z" }),
  ]);

const provableSql = `SELECT count(*), count(id), count(email), count(price), count_if(id < 0),
  count_if(qty NOT BETWEEN 1 AND 100), count_if("at" < TIMESTAMP '2023-11-14T22:13:20')`;

/** Files written by DuckDB and read anew each time by both, out of the page cache. */
export async function* compareParquet(
  rows: number,
  repeats: number,
  only: (name: string) => boolean,
): AsyncGenerator<ComparedRow> {
  const cheap = comparisons(rows).find(({ name }) => name === "20 cheap checks")!;
  const questions = [
    { name: "20 cheap checks", checks: suite("cheap", cheap.expectations), sql: cheap.sql },
    { name: "what a footer proves", checks: provable(rows), sql: `${provableSql} FROM t` },
  ];
  const peer = await openPeer();
  for (const codec of CODECS) {
    const file = await ordersFile(rows, codec);
    for (const { name: asked, checks, sql } of questions) {
      const name = `Parquet (${codec}): ${asked}`;
      if (!only(name)) continue;
      const duckdb = await peer.time(sql.replace(/FROM t$/, `FROM read_parquet('${file}')`), repeats);
      for (const [how, options] of WAYS) {
        const ours = await timed(options.threads ?? 1, repeats, async () => {
          const run = await validate(file, checks, options);
          await run.close();
          if (run.status !== "pass") throw new Error(`${name}: ${run.status}`);
        });
        yield { name: name + how, ours, duckdb, ratio: duckdb.median / ours.median, copyShare: null };
      }
    }
  }
  peer.close();
}
