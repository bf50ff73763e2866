import { type DataType, Decimal, Field, Float32, Float64, Int32, Int64, Schema, Utf8 } from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ColumnAddress, resolveColumn } from "../../src/columns/address.js";
import { batchOf } from "../../src/columns/batchOf.js";
import { BatchViews, blocksOf } from "../../src/columns/block.js";
import { BinsState } from "../../src/metrics/bins.js";
import { storedColumn } from "../../src/testing/storedColumn.js";
import { counts, generator } from "../kernels/draws.js";

const ODD = [Number.NaN, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324];
const half = (next: () => number) => Math.floor(next() * 26) / 2 - 6;

/** A column type, how a value of it is drawn, and the number it stands for. */
const kinds: readonly [string, DataType, (next: () => number) => number | bigint, one: number][] = [
  ["float64", new Float64(), (next) => (next() < 0.1 ? ODD[Math.floor(next() * 5)]! : half(next)), 1],
  ["float32", new Float32(), half, 1],
  ["int32", new Int32(), (next) => Math.round(half(next)), 1],
  ["int64", new Int64(), (next) => BigInt(Math.round(half(next))) * (next() < 0.1 ? 2n ** 60n : 1n), 1],
  ["decimal", new Decimal(1, 20, 128), (next) => BigInt(half(next) * 10), 10],
];

describe("numbers in any order fall into intervals, each closed below and the last above too", () => {
  it.each(kinds)("%s", (_, type, draw, one) => {
    const schema = new Schema([new Field("c", type, true)]);
    const address = resolveColumn(schema, "c") as ColumnAddress;
    const increasing = fc.uniqueArray(fc.integer({ min: -10, max: 10 }), { maxLength: 6 });
    fc.assert(
      fc.property(
        counts,
        fc.nat(),
        increasing,
        fc.constantFrom(0, 0.1, 1),
        fc.boolean(),
        (count, seed, some, nulls, all) => {
          const next = generator(seed);
          const edges = some.map((edge) => edge / 2).sort((a, b) => a - b);
          const values = Array.from({ length: count }, () => (next() < nulls ? undefined : draw(next)));
          const selected = all ? undefined : Uint8Array.from(values, () => next() * 2);
          const state = new BinsState(address, edges);
          const valid = values.map((value) => value !== undefined);
          const stored = values.map(
            (value) => value ?? (type instanceof Int64 ? 1n : type instanceof Decimal ? 10n : 1),
          );
          const batch = batchOf(schema, count, [storedColumn(type, stored, valid)]);
          for (const block of blocksOf(new BatchViews(batch), 0)) state.observe(block, selected);

          const chosen = values
            .filter((value, i) => value !== undefined && selected?.[i] !== 0)
            .map((value) => Number(value) / one);
          const numbers = chosen.filter((value) => !Number.isNaN(value));
          const expected = new Array<number>(edges.length + 1).fill(0);
          for (const value of numbers) {
            const isTop = value === edges.at(-1);
            expected[edges.filter((edge) => value >= edge).length - (isTop ? 1 : 0)]!++;
          }
          expect(state.counts).toEqual(expected);
          expect([state.size, state.nans]).toEqual([numbers.length, chosen.length - numbers.length]);
        },
      ),
    );
  });

  it("of text there are none", () => {
    const schema = new Schema([new Field("c", new Utf8(), true)]);
    const state = new BinsState(resolveColumn(schema, "c") as ColumnAddress, [0]);
    const batch = batchOf(schema, 1, [storedColumn(new Utf8(), [new Uint8Array(1)])]);
    for (const block of blocksOf(new BatchViews(batch), 0)) state.observe(block, undefined);
    expect([state.size, state.nans, ...state.counts]).toEqual([0, 0, 0, 0]);
  });
});
