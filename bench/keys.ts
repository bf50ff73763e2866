import { DuckDBInstance } from "@duckdb/node-api";
import { Field, Float64, Int64, makeData, RecordBatch, Schema, Struct, Table, Utf8 } from "apache-arrow";
import {
  distinctCount,
  type Expectation,
  quantilesBetween,
  suite,
  unique,
  uniqueTogether,
  validate,
} from "veritable";

// Keys, distinct values and quantiles beside DuckDB's, in one process and over the same rows in memory:
// tsx bench/keys.ts [rows] [repeats] [only these cases ...]
const [rowsText = "3000000", repeatsText = "5", ...only] = process.argv.slice(2);
const rows = Number(rowsText);
const repeats = Number(repeatsText);
const BATCH = 65_536;
// A prime: multiples of it, cut to the number of rows, visit every row once in an order that looks random.
const STEP = 7_368_787;
const encoder = new TextEncoder();

/** The 64 bits of splitmix64, a bijection: no value comes twice. */
function mixed(i: number): bigint {
  let z = BigInt.asUintN(64, BigInt(i + 1) * 0x9e3779b97f4a7c15n);
  z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
  z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
  return BigInt.asIntN(64, z ^ (z >> 31n));
}

const shuffled = (i: number): number => (i * STEP) % rows;

const int64 = ["sorted", "sparse", "dense", "random", "twice"] as const;
const texts = ["email", "level"] as const;
const schema = new Schema([
  ...int64.map((name) => new Field(name, new Int64(), false)),
  new Field("price", new Float64(), false),
  ...texts.map((name) => new Field(name, new Utf8(), false)),
]);

function text(first: number, count: number, textOf: (i: number) => string) {
  const joined = Array.from({ length: count }, (_, i) => textOf(first + i));
  const valueOffsets = new Int32Array(count + 1);
  for (let i = 0; i < count; i++) valueOffsets[i + 1] = valueOffsets[i]! + joined[i]!.length;
  const data = encoder.encode(joined.join(""));
  return makeData({ type: new Utf8(), length: count, nullCount: 0, valueOffsets, data });
}

function batchFrom(first: number): RecordBatch {
  const count = Math.min(BATCH, rows - first);
  const integers = (integerOf: (i: number) => bigint) =>
    makeData({
      type: new Int64(),
      length: count,
      nullCount: 0,
      data: BigInt64Array.from({ length: count }, (_, i) => integerOf(first + i)),
    });
  const prices = Float64Array.from({ length: count }, (_, i) => Number(mixed(first + i)) / 2 ** 40);
  const children = [
    integers((i) => BigInt(i)),
    integers((i) => BigInt(i) * 1_000_003n),
    integers((i) => BigInt(shuffled(i))),
    integers(mixed),
    integers((i) => mixed(i >> 1)),
    makeData({ type: new Float64(), length: count, nullCount: 0, data: prices }),
    text(first, count, (i) => `user${shuffled(i)}@example${i % 10}.com`),
    text(first, count, (i) => `L${shuffled(i) % 200}`),
  ];
  return new RecordBatch(
    schema,
    makeData({ type: new Struct(schema.fields), length: count, nullCount: 0, children }),
  );
}

const batches: RecordBatch[] = [];
for (let first = 0; first < rows; first += BATCH) batches.push(batchFrom(first));
const table = new Table(schema, batches);

const instance = await DuckDBInstance.create(":memory:");
const connection = await instance.connect();
await connection.run(
  `CREATE TABLE t (${[
    ...int64.map((name) => `"${name}" BIGINT`),
    "price DOUBLE",
    ...texts.map((name) => `"${name}" VARCHAR`),
  ].join(", ")})`,
);
const appender = await connection.createAppender("t");
for (const batch of batches) {
  const columns = schema.fields.map((_, nth) => batch.getChildAt(nth)!);
  for (let i = 0; i < batch.numRows; i++) {
    for (const [nth, column] of columns.entries()) {
      const value = column.get(i);
      if (nth < int64.length) appender.appendBigInt(value);
      else if (nth === int64.length) appender.appendDouble(value);
      else appender.appendVarchar(value);
    }
    appender.endRow();
  }
}
appender.closeSync();

interface Case {
  readonly name: string;
  readonly ours: Expectation;
  readonly theirs: string;
}

const groups = (columns: string) =>
  `SELECT count(*) FROM (SELECT ${columns} FROM t GROUP BY ${columns} HAVING count(*) > 1)`;
const QUANTILES = [0.01, 0.25, 0.5, 0.75, 0.99];
const cases: readonly Case[] = [
  ...[...int64, "price", "email"].map((name) => ({
    name: `unique ${name}`,
    ours: unique(name),
    theirs: groups(name),
  })),
  {
    name: "unique email, first spared",
    ours: unique("email", { keep: "first" }),
    theirs: groups("email"),
  },
  {
    name: "unique dense + level",
    ours: uniqueTogether(["dense", "level"]),
    theirs: groups("dense, level"),
  },
  ...["dense", "random", "twice", "price", "email", "level"].map((name) => ({
    name: `distinct ${name}`,
    ours: distinctCount(name, { min: 1 }),
    theirs: `SELECT count(DISTINCT ${name}) FROM t`,
  })),
  {
    name: "five quantiles of price",
    ours: quantilesBetween(
      "price",
      QUANTILES.map((q) => ({ q, max: 1e300 })),
    ),
    theirs: `SELECT quantile_cont(price, [${QUANTILES.join(", ")}]) FROM t`,
  },
];

async function median(once: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < repeats; i++) {
    const start = performance.now();
    await once();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[repeats >> 1]!;
}

const say = (line: string) => process.stdout.write(`${line}\n`);
say(`${rows.toLocaleString("en-US")} rows, medians of ${repeats}, milliseconds; ours has one thread`);
say("| what | ours | DuckDB, 1 thread | DuckDB, 2 threads | ratio to 1 | ratio to 2 |");
say("| --- | --- | --- | --- | --- | --- |");
for (const { name, ours, theirs } of cases) {
  if (only.length > 0 && !only.some((word) => name.includes(word))) continue;
  const alone = suite("keys", [ours]);
  const mine = await median(() => validate(table, alone, { sample: 5 }));
  const others: number[] = [];
  for (const threads of [1, 2]) {
    await connection.run(`SET threads = ${threads}`);
    others.push(await median(() => connection.runAndReadAll(theirs)));
  }
  const cells = [mine, ...others].map((time) => Math.round(time));
  say(`| ${[name, ...cells, ...others.map((other) => (other / mine).toFixed(2))].join(" | ")} |`);
}
