import {
  type DataType,
  Decimal,
  Field,
  Float32,
  Float64,
  Int32,
  Int64,
  Schema,
  Table,
  Uint64,
  Utf8,
} from "apache-arrow";
import fc from "fast-check";
import { expect, it } from "vitest";
import { batchOf } from "../../src/columns/batchOf.js";
import {
  between,
  decreasing,
  distinctCount,
  type Expectation,
  increasing,
  klDivergenceBelow,
  lengthBetween,
  matches,
  maxBetween,
  meanBetween,
  minBetween,
  nullFraction,
  oneOf,
  rows,
  stdevBetween,
  suite,
  sumBetween,
  validate,
} from "../../src/entries/index.js";
import { storedColumn } from "../../src/testing/storedColumn.js";
import { generator } from "../kernels/draws.js";

// More numeric columns than blocks that kernels keep in place, so that each makes room for others.
const schema = new Schema([
  new Field("double", new Float64(), true),
  new Field("single", new Float32(), true),
  new Field("int", new Int32(), true),
  new Field("long", new Int64(), true),
  new Field("unsigned", new Uint64(), true),
  new Field("decimal", new Decimal(2, 20, 128), true),
  new Field("rank", new Int64(), true),
  new Field("level", new Utf8(), true),
  new Field("email", new Utf8(), true),
]);

const ODD = [Number.NaN, -0, 0, 1e300, -1e300];
const LONG = [2n ** 53n + 1n, -(2n ** 63n), 2n ** 63n - 1n, 0n];
const encoder = new TextEncoder();

function drawValue(type: DataType, name: string, odd: number, next: () => number, row: number) {
  if (name === "level")
    return encoder.encode(next() < odd ? "elsewhere, far away" : `C${Math.floor(next() * 40)}`);
  if (name === "email")
    return encoder.encode(`user${Math.floor(next() * 1e6)}@exämple.${next() < odd ? "org" : "com"}`);
  if (name === "rank") return BigInt(next() < odd ? Math.floor(next() * 2 * row) : row >> 1);
  if (type instanceof Float64 || type instanceof Float32) {
    return next() < odd ? ODD[Math.floor(next() * ODD.length)]! : next() * 100;
  }
  if (type instanceof Int32) return Math.floor(next() * 100);
  const whole = next() < odd ? LONG[Math.floor(next() * LONG.length)]! : BigInt(Math.floor(next() * 1000));
  return type instanceof Uint64 ? BigInt.asUintN(64, whole) : whole;
}

const BINS = { bins: [5, 20, 50, 90], weights: [0.2, 0.4, 0.4] };

const numeric = (column: string): Expectation[] => [
  between(column, { min: 1, max: 98 }, { tolerate: { fail: rows(1) } }),
  between(column, { min: 10 }, { when: { int: { lt: 50 } } }),
  minBetween(column, { max: 1 }),
  maxBetween(column, { min: 98 }),
  meanBetween(column, { min: 0 }),
  stdevBetween(column, { min: 0 }),
  sumBetween(column, { min: 0 }),
  meanBetween(column, { min: 0 }, { when: { int: { lt: 50 } } }),
  klDivergenceBelow(column, BINS, 0.5, { tailHoldout: 0.1, nan: "skip" }),
  nullFraction(column, { max: 0.03 }),
  oneOf(column, [0, 3, 50]),
];

const expectations: Expectation[] = [
  ...["double", "single", "int", "long", "unsigned", "decimal"].flatMap(numeric),
  // Once more, when the blocks of these are long gone.
  ...["double", "long"].map((column) => between(column, { max: 97 }, { id: `again ${column}` })),
  increasing("rank"),
  increasing("rank", { strict: true }),
  decreasing("rank"),
  increasing("double"),
  oneOf(
    "level",
    Array.from({ length: 40 }, (_, i) => `C${i}`),
  ),
  distinctCount("level", { max: 40 }),
  lengthBetween("level", { max: 3 }),
  matches("email", /^[^@]+@[^@]+\.com$/),
  lengthBetween("email", { min: 14, max: 18 }),
];

it("blocks that kernels take are judged as those that loops take, whatever lies in them", async () => {
  const draws = fc.record({
    seed: fc.nat(),
    nulls: fc.constantFrom(0, 0.02, 0.6),
    odd: fc.constantFrom(0, 0.01, 0.2),
    size: fc.constantFrom(1024, 9000, 17_000),
  });
  await fc.assert(
    fc.asyncProperty(draws, async ({ seed, nulls, odd, size }) => {
      const next = generator(seed);
      const columns = schema.fields.map(({ type, name }) =>
        storedColumn(
          type,
          Array.from({ length: size }, (_, row) => drawValue(type, name, odd, next, row)),
          Array.from({ length: size }, () => next() >= nulls),
        ),
      );
      const whole = batchOf(schema, size, columns);
      const parts = Array.from({ length: Math.ceil(size / 700) }, (_, nth) =>
        whole.slice(nth * 700, Math.min(size, (nth + 1) * 700)),
      );
      const checks = suite("large", expectations);
      const [byKernels, byLoops] = await Promise.all(
        [[whole], parts].map((batches) => validate(new Table(schema, batches), checks)),
      );
      const found = (run: typeof byKernels) => run!.outcomes.map(({ evidence: _, ...outcome }) => outcome);
      expect(found(byKernels)).toEqual(found(byLoops));
      expect(byKernels!.outcomes.filter(({ status }) => status === "error")).toEqual([]);
    }),
    { numRuns: 6 },
  );
});
