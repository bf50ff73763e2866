import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { spillFile } from "../../src/io/spillFile.js";
import { FrequenciesState } from "../../src/metrics/frequencies.js";
import type { Spill } from "../../src/metrics/memoryBudget.js";
import { blocks, columns, type Drawn, drawn, keyOf, maskOf } from "./drawnKeys.js";

/** The state of a column, which spills after some blocks where it is given a place to. */
function fed({ address, parts, included }: Drawn, spill?: Spill): FrequenciesState {
  const state = new FrequenciesState(address);
  for (const block of blocks(parts)) {
    state.observe(block, maskOf(block, included));
    if (spill && block.row % 3 !== 0) state.spill(spill);
  }
  return state;
}

const file = (await spillFile())!;
afterAll(() => file.close());

describe.each(columns)("counts of values of %s", (_, type, value) => {
  it("are a plain count's, in order, and the same where they are spilled now and again", () => {
    fc.assert(
      fc.property(drawn(type, value), (column) => {
        const counts = new Map<string, number>();
        let nans = 0;
        column.values.forEach((one, row) => {
          if (one === undefined || (column.included && !column.included[row])) return;
          if (Number.isNaN(one)) nans++;
          else counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1);
        });
        const held = fed(column);
        const spilled = fed(column, file);
        const all = [...spilled.ascending()];
        expect(new Map(all.map(({ value: one, count }) => [keyOf(one), count]))).toEqual(counts);
        expect(all).toEqual([...held.ascending()]);
        expect(spilled.encode()).toEqual(held.encode());
        const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
        for (const { nans: nan, distinct, total: rows } of [held, spilled]) {
          expect([nan, distinct, rows]).toEqual([nans, counts.size, total]);
        }
        const ascending = all.map(({ value: one }) => one);
        if (!(ascending[0] instanceof Uint8Array)) {
          expect(ascending.every((one, nth) => nth === 0 || ascending[nth - 1]! < one)).toBe(true);
        } else {
          const sorted = (ascending as Uint8Array[]).map((one) => Buffer.from(one)).sort(Buffer.compare);
          expect(ascending.map((one) => keyOf(one))).toEqual(sorted.map((one) => keyOf(new Uint8Array(one))));
        }
        expect(spilled.merge(held).encode()).toEqual(held.merge(held).encode());
      }),
      { numRuns: 60 },
    );
  });
});
