import {
  type DataType,
  Decimal,
  Field,
  Float64,
  Int32,
  Int64,
  type RecordBatch,
  Schema,
  Uint64,
  Utf8,
} from "apache-arrow";
import fc from "fast-check";
import { type ColumnAddress, resolveColumn } from "../../src/columns/address.js";
import { batchOf } from "../../src/columns/batchOf.js";
import { BatchViews, type Block, blocksOf } from "../../src/columns/block.js";
import { anyBatching } from "../../src/testing/arbitraries.js";
import { type StoredValue, storedColumn } from "../../src/testing/storedColumn.js";

const bytes = (text: string) => new TextEncoder().encode(text);

const integers = fc.oneof(
  fc.bigInt({ min: -20n, max: 60n }),
  fc.bigInt({ min: 2n ** 40n, max: 2n ** 40n + 40n }),
  fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
);
const texts = fc.oneof(fc.string({ maxLength: 2 }), fc.string({ minLength: 3, maxLength: 20 })).map(bytes);

/** Types and values of them, of which many are the same, in order or not. */
export const columns: readonly [name: string, type: DataType, fc.Arbitrary<StoredValue>][] = [
  ["int64", new Int64(), integers],
  [
    "uint64",
    new Uint64(),
    fc.oneof(
      integers.map((value) => (value < 0n ? -value : value)),
      fc.constantFrom(2n ** 64n - 1n, 2n ** 64n - 2n),
    ),
  ],
  ["int32", new Int32(), fc.oneof(fc.integer({ min: -50, max: 50 }), fc.integer())],
  [
    "float64",
    new Float64(),
    fc.oneof(fc.constantFrom(0, -0, Number.NaN, 1, 0.5, Number.NEGATIVE_INFINITY), fc.double()),
  ],
  ["decimal128(38, 0)", new Decimal(0, 38, 128), fc.bigInt({ min: -5n, max: 10n ** 37n })],
  ["utf8", new Utf8(), texts],
];

export interface Drawn {
  readonly address: ColumnAddress;
  readonly values: readonly (StoredValue | undefined)[];
  readonly included: readonly boolean[] | undefined;
  readonly parts: readonly RecordBatch[];
}

/** Values of a few pools, some runs of them sorted, cut into any batches. */
export function drawn(type: DataType, value: fc.Arbitrary<StoredValue>): fc.Arbitrary<Drawn> {
  const schema = new Schema([new Field("c", type, true)]);
  const address = resolveColumn(schema, "c") as ColumnAddress;
  const sorted = (values: StoredValue[]) =>
    typeof values[0] === "object" ? values : values.sort((a, b) => (a < b ? -1 : 1));
  const run = fc.oneof(
    fc.array(value, { maxLength: 40 }),
    fc.uniqueArray(value, { maxLength: 40 }).map(sorted),
  );
  return fc
    .tuple(
      fc.array(run, { maxLength: 5 }),
      fc.array(fc.nat(), { maxLength: 20 }),
      fc.boolean(),
      fc.infiniteStream(fc.boolean()),
    )
    .chain(([runs, again, some, chosen]) => {
      const pool = runs.flat();
      const values = [
        ...pool,
        ...again.flatMap((nth) => (pool.length > 0 ? [pool[nth % pool.length]!] : [])),
      ];
      const included = some ? values.map(() => chosen.next().value as boolean) : undefined;
      const whole = batchOf(schema, values.length, [storedColumn(type, values)]);
      return anyBatching(whole).map((parts) => ({ address, values, included, parts }));
    });
}

export function* blocks(parts: readonly RecordBatch[]): Generator<Block> {
  let row = 0;
  for (const batch of parts) {
    yield* blocksOf(new BatchViews(batch), row);
    row += batch.numRows;
  }
}

export const keyOf = (value: StoredValue | undefined) =>
  value instanceof Uint8Array
    ? `text ${value}`
    : typeof value === "number"
      ? String(value + 0)
      : String(value);

export function maskOf(block: Block, included: readonly boolean[] | undefined): Uint8Array | undefined {
  return included && Uint8Array.from({ length: block.count }, (_, i) => (included[block.row + i] ? 1 : 0));
}
