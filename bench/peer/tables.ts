import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Field, Int64, makeData, RecordBatch, Schema, Struct, Table } from "apache-arrow";
import { rowCount, suite, validate } from "veritable";
import { BATCH_ROWS, generate } from "../batches.js";

const folder = fileURLToPath(new URL("../data/", import.meta.url));

/** The generated table of orders, in memory. */
export const ordersTable = (rows: number): Table => new Table([...generate(rows)]);

/** xorshift on two 32-bit words, as values that fill 64 bits. */
function randomKeys(rows: number): BigInt64Array {
  const words = new Uint32Array(2 * rows);
  let state = 0x9e3779b9;
  for (let i = 0; i < words.length; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[i] = Math.imul(state, 0x85ebca6b) ^ i;
  }
  return new BigInt64Array(words.buffer);
}

function shuffledKeys(rows: number): BigInt64Array {
  const keys = BigInt64Array.from({ length: rows }, (_, i) => BigInt(i));
  const draws = new Uint32Array(randomKeys(rows).buffer);
  for (let i = rows - 1; i > 0; i--) {
    const other = draws[i]! % (i + 1);
    const key = keys[i]!;
    keys[i] = keys[other]!;
    keys[other] = key;
  }
  return keys;
}

/** A table of one column, `id`: every value once, shuffled or anywhere in 64 bits. */
export function keysTable(order: "shuffled" | "random", rows: number): Table {
  const keys = order === "shuffled" ? shuffledKeys(rows) : randomKeys(rows);
  const schema = new Schema([new Field("id", new Int64(), false)]);
  const batches: RecordBatch[] = [];
  for (let first = 0; first < rows; first += BATCH_ROWS) {
    const data = keys.subarray(first, first + BATCH_ROWS);
    const id = makeData({ type: new Int64(), length: data.length, nullCount: 0, data });
    batches.push(
      new RecordBatch(
        schema,
        makeData({ type: new Struct(schema.fields), length: data.length, nullCount: 0, children: [id] }),
      ),
    );
  }
  return new Table(batches);
}

/** The file that holds such a table, written once. */
export async function fileOf(name: string, batches: () => Iterable<RecordBatch>): Promise<string> {
  await mkdir(folder, { recursive: true });
  const file = `${folder}${name}.parquet`;
  if (!existsSync(file)) {
    await validate(batches(), suite("generated", [rowCount({ min: 1 })]), { sinks: { accepted: file } });
  }
  return file;
}
