import { type Data, Dictionary, Field, Int32, Schema, Utf8 } from "apache-arrow";
import fc from "fast-check";
import { expect, it } from "vitest";
import { type ColumnAddress, resolveColumn } from "../../src/columns/address.js";
import { batchOf } from "../../src/columns/batchOf.js";
import { BatchViews, blocksOf } from "../../src/columns/block.js";
import { DistinctState } from "../../src/metrics/distinct.js";
import { storedColumn, storedDictionary } from "../../src/testing/storedColumn.js";
import { generator } from "../kernels/draws.js";

const encoder = new TextEncoder();
const text = (level: number) => encoder.encode(`${"x".repeat((level * 7) % 20)}${level}`);

/** Levels of the rows of some batches; undefined where there is none. */
type Drawn = (number | undefined)[][];

function fed(
  type: Utf8 | Dictionary,
  batches: Drawn,
  dataOf: (levels: Drawn[number]) => Data,
  every: number,
) {
  const schema = new Schema([new Field("c", type, true)]);
  const address = resolveColumn(schema, "c") as ColumnAddress;
  const state = new DistinctState(address);
  let row = 0;
  for (const levels of batches) {
    const batch = batchOf(schema, levels.length, [dataOf(levels)]);
    for (const block of blocksOf(new BatchViews(batch), row)) {
      const selected = Uint8Array.from({ length: block.count }, (_, i) =>
        (block.row + i) % every === 0 ? 1 : 0,
      );
      state.observe(block, every === 1 ? undefined : selected);
    }
    row += levels.length;
  }
  return state;
}

const validOf = (levels: Drawn[number]) => levels.map((level) => level !== undefined);

it("texts are counted once each, few or many, with nulls, in part, and by codes of several dictionaries", () => {
  const draws = fc.record({
    seed: fc.nat(),
    levels: fc.constantFrom(1, 3, 200, 1500, 100_000),
    late: fc.constantFrom(0, 0.001, 0.1),
    nulls: fc.constantFrom(0, 0.05, 0.9),
    every: fc.constantFrom(1, 2, 7),
    sizes: fc.array(fc.constantFrom(1, 1000, 2500, 9000), { minLength: 1, maxLength: 4 }),
  });
  fc.assert(
    fc.property(draws, ({ seed, levels, late, nulls, every, sizes }) => {
      const next = generator(seed);
      const batches = sizes.map((size, nth) =>
        Array.from({ length: size }, () => {
          if (next() < nulls) return undefined;
          return Math.floor(next() * levels) + (next() < late ? nth * levels : 0);
        }),
      );
      const rows = batches.flat().filter((_, row) => row % every === 0);
      const values = rows.filter((level) => level !== undefined);
      const expected = [new Set(values).size, values.length];

      const plain = fed(
        new Utf8(),
        batches,
        (some) =>
          storedColumn(
            new Utf8(),
            some.map((level) => text(level ?? 0)),
            validOf(some),
          ),
        every,
      );
      expect([plain.distinct, plain.values]).toEqual(expected);

      const type = new Dictionary(new Utf8(), new Int32());
      const coded = fed(
        type,
        batches,
        (some) => {
          const distinct = [...new Set(some.map((level) => level ?? 0))];
          const codes = new Map(distinct.map((level, code) => [level, code]));
          const values = storedColumn(new Utf8(), distinct.map(text));
          return storedDictionary(
            type,
            [values],
            some.map((level) => codes.get(level ?? 0)!),
            validOf(some),
          );
        },
        every,
      );
      expect([coded.distinct, coded.values]).toEqual(expected);
    }),
    { numRuns: 40 },
  );
});
