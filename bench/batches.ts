import {
  type Data,
  Field,
  Float64,
  Int32,
  Int64,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  TimestampMicrosecond,
  Utf8,
} from "apache-arrow";

/** The columns of the generated table: what a table of orders has, in the types that matter. */
export const schema = new Schema([
  new Field("id", new Int64(), false),
  new Field("price", new Float64(), true),
  new Field("qty", new Int32(), true),
  new Field("country", new Utf8(), false),
  new Field("email", new Utf8(), false),
  new Field("at", new TimestampMicrosecond(), false),
]);

export const BATCH_ROWS = 65_536;

/** Mulberry32: small, seeded, the same everywhere. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A validity bitmap in which about `share` of the rows are null. */
function nulls(
  rows: number,
  share: number,
  next: () => number,
): { nullBitmap: Uint8Array; nullCount: number } {
  const nullBitmap = new Uint8Array((rows + 7) >> 3);
  let nullCount = 0;
  for (let i = 0; i < rows; i++) {
    if (next() < share) nullCount++;
    else nullBitmap[i >> 3]! |= 1 << (i & 7);
  }
  return { nullBitmap, nullCount };
}

const encoder = new TextEncoder();

function texts(rows: number, textOf: (i: number) => string): Data {
  const joined = new Array<string>(rows);
  const valueOffsets = new Int32Array(rows + 1);
  for (let i = 0; i < rows; i++) {
    joined[i] = textOf(i);
    // All the texts are ASCII, so that characters are bytes.
    valueOffsets[i + 1] = valueOffsets[i]! + joined[i]!.length;
  }
  return makeData({
    type: new Utf8(),
    length: rows,
    nullCount: 0,
    valueOffsets,
    data: encoder.encode(joined.join("")),
  });
}

/** The 200 levels of `country`. */
export const countries = Array.from({ length: 200 }, (_, i) => `C${String(i).padStart(3, "0")}`);

function batchFrom(first: number, rows: number): RecordBatch {
  const next = random(first + 1);
  const ids = new BigInt64Array(rows);
  const prices = new Float64Array(rows);
  const quantities = new Int32Array(rows);
  const moments = new BigInt64Array(rows);
  for (let i = 0; i < rows; i++) {
    ids[i] = BigInt(first + i);
    prices[i] = 5 + 95 * next();
    quantities[i] = 1 + Math.floor(100 * next());
    moments[i] = 1_700_000_000_000_000n + BigInt(first + i) * 1_000n;
  }
  const children = [
    makeData({ type: new Int64(), length: rows, nullCount: 0, data: ids }),
    makeData({ type: new Float64(), length: rows, data: prices, ...nulls(rows, 0.02, next) }),
    makeData({ type: new Int32(), length: rows, data: quantities, ...nulls(rows, 0.03, next) }),
    texts(rows, () => countries[Math.floor(200 * next())]!),
    texts(rows, (i) => `user${first + i}@example${Math.floor(10 * next())}.com`),
    makeData({ type: new TimestampMicrosecond(), length: rows, nullCount: 0, data: moments }),
  ];
  return new RecordBatch(
    schema,
    makeData({ type: new Struct(schema.fields), length: rows, nullCount: 0, children }),
  );
}

/** The generated table, batch by batch: the same rows for the same count, every time. */
export function* generate(rows: number): Generator<RecordBatch> {
  for (let first = 0; first < rows; first += BATCH_ROWS)
    yield batchFrom(first, Math.min(BATCH_ROWS, rows - first));
}
