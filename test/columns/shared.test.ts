import type { RecordBatch } from "apache-arrow";
import fc from "fast-check";
import { sharedTable } from "veritable";
import { describe, expect, it } from "vitest";
import { BatchViews, type Block, blocksOf } from "../../src/columns/block.js";
import { SharedArena } from "../../src/columns/sharedArena.js";
import { canShare, shareColumn, sharedData } from "../../src/columns/sharedColumn.js";
import { shownCell } from "../../src/columns/shown.js";
import { ColumnView } from "../../src/columns/view.js";
import { stretchesOf } from "../../src/engines/arrow/threads/stretches.js";
import { anyTable } from "../../src/testing/arbitraries.js";

const cells = (view: ColumnView) => Array.from({ length: view.length }, (_, i) => shownCell(view, i));
const cellsOf = (batch: RecordBatch) => batch.data.children.map((data) => cells(new ColumnView(data)));

/** Any table, and some of the rows of its batches. */
const anyRows = fc.tuple(anyTable({ maxRows: 30, maxBatches: 2 }), fc.nat(29), fc.nat(30));

describe("columns in memory that threads share", () => {
  it("hold the rows they were made of", () => {
    const arena = new SharedArena();
    let shared = 0;
    fc.assert(
      fc.property(anyRows, ([table, first, count]) => {
        arena.empty();
        for (const batch of table.batches) {
          const from = Math.min(first, batch.numRows);
          const rows = Math.min(count, batch.numRows - from);
          for (const data of batch.data.children.filter(({ type }) => canShare(type))) {
            const column = shareColumn(data, from, rows, arena);
            const parts = [column.values, column.offsets, column.validity];
            for (const part of parts) {
              if (part && part.length > 0) expect(part.buffer).toBeInstanceOf(SharedArrayBuffer);
            }
            const again = sharedData(data.type, structuredClone(column));
            expect(cells(new ColumnView(again))).toEqual(cells(new ColumnView(data.slice(from, rows))));
            shared++;
          }
        }
      }),
      { numRuns: 300 },
    );
    expect(shared).toBeGreaterThan(300);
  });

  it("make a table that holds the same, and aren't copied again", () => {
    fc.assert(
      fc.property(anyTable({ maxRows: 30, maxBatches: 2 }), (table) => {
        const shared = sharedTable(table);
        expect(shared.batches.map(cellsOf)).toEqual(table.batches.map(cellsOf));
        for (const [nth, batch] of sharedTable(shared).batches.entries()) {
          for (const [i, data] of batch.data.children.entries()) {
            expect(data.values).toBe(shared.batches[nth]!.data.children[i]!.values);
          }
        }
      }),
    );
  });

  it("are cut where stretches end, whatever the batches", () => {
    const rows = fc.array(fc.integer({ min: 0, max: 200_000 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(rows, (counts) => {
        let next = 0;
        for (const numRows of counts) {
          const views = new BatchViews({ numRows } as RecordBatch);
          const blocks: Block[] = [...blocksOf(views, next)];
          const parts = stretchesOf(blocks);
          expect(parts.flatMap((part) => part.blocks)).toEqual(blocks);
          for (const { stretch, firstRow, rows: length, from } of parts) {
            expect(firstRow).toBe(next + from);
            expect(Math.floor(firstRow / 65_536)).toBe(stretch);
            expect(Math.floor((firstRow + length - 1) / 65_536)).toBe(stretch);
          }
          next += numRows;
        }
      }),
    );
  });
});
