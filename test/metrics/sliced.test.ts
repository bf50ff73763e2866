import type { Table } from "apache-arrow";
import fc from "fast-check";
import { expect, it } from "vitest";
import { type ColumnAddress, resolveColumn } from "../../src/columns/address.js";
import { BatchViews, blocksOf } from "../../src/columns/block.js";
import { MomentsState } from "../../src/metrics/moments.js";
import { PairCountsState } from "../../src/metrics/pairCounts.js";
import { ResidualsState } from "../../src/metrics/residuals.js";
import { MOST_SLICES, SlicedState } from "../../src/metrics/sliced.js";
import type { MetricState } from "../../src/metrics/state.js";
import { type Cell, inBatches, tableOf } from "../expectations/tables.js";

const address = (table: Table, name: string) => resolveColumn(table.schema, [name]) as ColumnAddress;

/** Feeds the rows of a table, of which the first is row `row` of its source; those in `rows` alone where it is given. */
function feed<S extends Pick<MetricState<unknown>, "observe">>(
  state: S,
  table: Table,
  row = 0,
  rows?: Set<number>,
): S {
  for (const batch of table.batches) {
    for (const block of blocksOf(new BatchViews(batch), row)) {
      const chosen =
        rows && Uint8Array.from({ length: block.count }, (_, i) => Number(rows.has(block.row + i)));
      state.observe(block, chosen);
    }
    row += batch.numRows;
  }
  return state;
}

const key = fc.constantFrom("FR", "US", "", null);
const number = fc.constantFrom<Cell>(0.1, 0.2, -3, 1e10, 7, null, Number.NaN, -0);
const rows = fc.array(fc.tuple(key, number, number), { maxLength: 40 });

const made = (cells: readonly (readonly Cell[])[], type: string) =>
  tableOf({
    by: { type, values: cells.map(([by]) => by) },
    y: { type: "float64", values: cells.map(([, y]) => y) },
    p: { type: "float64", values: cells.map(([, , p]) => p) },
  });

const STATES = {
  moments: (table: Table) => new MomentsState(address(table, "y")),
  pairCounts: (table: Table) => new PairCountsState(address(table, "y"), address(table, "p")),
  residuals: (table: Table) => new ResidualsState(address(table, "y"), address(table, "p")),
};

it.each(Object.keys(STATES) as (keyof typeof STATES)[])(
  "slices %s as a selection of the rows would, in any batching",
  (name) => {
    fc.assert(
      fc.property(
        rows,
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom("utf8", "dictionary<int8, utf8>"),
        (cells, size, type) => {
          const table = made(cells, type);
          const fresh = () => STATES[name](table) as MomentsState;
          const state = feed(new SlicedState(address(table, "by"), fresh), inBatches(table, size));
          expect(state.keys).toEqual(
            ["", "FR", "US", null].filter((by) => cells.some(([one]) => one === by)),
          );
          for (const by of ["", "FR", "US", null, "none"]) {
            const members = new Set(cells.flatMap(([one], i) => (one === by ? [i] : [])));
            expect(state.of(by).encode()).toEqual(feed(fresh(), table, 0, members).encode());
          }
        },
      ),
    );
  },
);

it("merges slice by slice", () => {
  fc.assert(
    fc.property(rows, rows, (first, second) => {
      const table = made([...first, ...second], "utf8");
      const fresh = () => new PairCountsState(address(table, "y"), address(table, "p"));
      const sliced = (cells: readonly (readonly Cell[])[], row: number) =>
        feed(new SlicedState(address(table, "by"), fresh), made(cells, "utf8"), row);
      const merged = SlicedState.merge(sliced(first, 0), sliced(second, first.length));
      const whole = sliced([...first, ...second], 0);
      expect(merged.keys).toEqual(whole.keys);
      for (const by of whole.keys) expect(merged.of(by).encode()).toEqual(whole.of(by).encode());
    }),
  );
});

it("tells when there are too many slices, or pairs, and keeps none of them", () => {
  const many = (count: number) =>
    tableOf({ by: { type: "int32", values: Array.from({ length: count }, (_, i) => i) } });
  const sliced = (count: number) => {
    const table = many(count);
    return feed(
      new SlicedState(address(table, "by"), () => new MomentsState(address(table, "by"))),
      inBatches(table, 300),
    );
  };
  expect([sliced(MOST_SLICES).overflowed, sliced(MOST_SLICES).keys.length]).toEqual([false, MOST_SLICES]);
  const over = sliced(MOST_SLICES + 1);
  expect([over.overflowed, over.keys]).toEqual([true, []]);
  const merged = SlicedState.merge(over, sliced(1));
  expect([merged.overflowed, merged.keys]).toEqual([true, []]);

  const table = many(5);
  const pairs = (most: number) =>
    feed(new PairCountsState(address(table, "by"), address(table, "by"), most), table);
  expect([pairs(5).overflowed, pairs(4).overflowed]).toEqual([false, true]);
  expect([pairs(4).pairs(), pairs(4).rows]).toEqual([[], 5]);
  expect(pairs(4).merge(pairs(4)).overflowed).toBe(true);
  expect(pairs(5).merge(pairs(5)).overflowed).toBe(false);
});

it("residuals agree with a loop over the rows, in columns' own units", () => {
  const table = tableOf({
    y: { type: "decimal128(10, 2)", values: ["1.50", "2.00", null, "4.00", "0.25"] },
    p: { type: "int64", values: [2, 1, 3, null, 1] },
  });
  const state = feed(STATES.residuals(table), inBatches(table, 2));
  expect([state.rows, state.unlabelled, state.unpredicted]).toEqual([5, 1, 1]);
  expect(state.errors.total).toMatchObject({ count: 3, sum: 0.25 });
  expect(state.sizes.total).toMatchObject({ count: 3, sum: 2.25 });
  expect(state.squares.total).toMatchObject({ count: 3, sum: 0.25 + 1 + 0.5625 });
  expect(state.labels.total).toMatchObject({ count: 3, sum: 3.75 });
});

it("residuals count what has no finite error apart", () => {
  const [infinity, huge] = [Number.POSITIVE_INFINITY, 1e200];
  const table = tableOf({
    y: { type: "float64", values: [0, 0, infinity, 0, Number.NaN, 1] },
    p: { type: "float64", values: [infinity, -infinity, infinity, huge, 1, Number.NaN] },
  });
  const { plus, minus, overflows, nanLabels, nanPredictions, errors, squares } = feed(
    STATES.residuals(table),
    table,
  );
  expect({ plus, minus, overflows }).toEqual({ plus: 1, minus: 1, overflows: 2 });
  expect([nanLabels, nanPredictions]).toEqual([1, 1]);
  expect([errors.total.count, squares.total.count]).toEqual([1, 0]);
});
