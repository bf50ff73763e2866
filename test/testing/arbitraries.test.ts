import { DataType, type RecordBatch, type Table } from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellText } from "../../src/columns/cellText.js";
import { checkBatch } from "../../src/columns/integrity.js";
import { typeName } from "../../src/columns/typeName.js";
import { anyBatch, anyBatching, anySchema, anyTable } from "../../src/testing/arbitraries.js";
import { FLAT_TYPES } from "../../src/testing/flatTypes.js";

function rowsOf(batches: readonly RecordBatch[]): (string | null)[][] {
  return batches.flatMap((batch) =>
    Array.from({ length: batch.numRows }, (_, row) =>
      batch.data.children.map((column) => cellText(column, row)),
    ),
  );
}

const tables = (count: number): Table[] => fc.sample(anyTable(), { numRuns: count, seed: 7 });
const cells = new Map<string, Set<string | null>>();
for (const table of tables(1500)) {
  for (const [i, { type }] of table.schema.fields.entries()) {
    const seen = cells.get(typeName(type)) ?? new Set();
    cells.set(typeName(type), seen);
    for (const batch of table.batches) {
      for (let row = 0; row < batch.numRows; row++) seen.add(cellText(batch.data.children[i]!, row));
    }
  }
}

describe("arbitrary tables", () => {
  it("are sound in every buffer", () => {
    fc.assert(
      fc.property(anyTable(), (table) => {
        for (const batch of table.batches) checkBatch(batch);
      }),
    );
  });

  it("come in every flat type, each with nulls", () => {
    for (const make of FLAT_TYPES) expect([...cells.keys()]).toContain(typeName(make()));
    for (const [type, seen] of cells) expect(seen, type).toContain(null);
  });

  it.each([
    ["float64", ["NaN", "-0", "Infinity", "-Infinity"]],
    ["int64", ["9223372036854775807", "-9223372036854775808", "9007199254740993"]],
    ["uint64", ["18446744073709551615"]],
    ["utf8", ["", "𝒳"]],
    ["dictionary<int32, utf8>", ["", "𝒳"]],
  ])("%s holds %j", (type, values) => {
    for (const value of values) expect(cells.get(type), type).toContain(value);
  });

  it("come with no batch, no row, one row, many batches, slices and nothing but nulls", () => {
    const all = tables(400);
    expect(all.some(({ batches }) => batches.length === 0)).toBe(true);
    expect(all.some(({ batches, numRows }) => batches.length > 0 && numRows === 0)).toBe(true);
    expect(all.some(({ numRows }) => numRows === 1)).toBe(true);
    expect(all.some(({ batches }) => batches.filter(({ numRows }) => numRows > 0).length > 2)).toBe(true);
    const columns = all.flatMap(({ batches }) => batches.flatMap((batch) => batch.data.children));
    expect(columns.some((data) => data.offset > 0 && !DataType.isNull(data.type))).toBe(true);
    expect(columns.some((data) => data.length > 1 && data.nullCount === data.length)).toBe(true);
  });
});

it("anyBatching gives the same rows, cut anywhere", () => {
  const batch = anySchema().chain((schema) => anyBatch(schema, 20));
  const cut = batch.chain((whole) => fc.tuple(fc.constant(whole), anyBatching(whole)));
  fc.assert(
    fc.property(cut, ([whole, pieces]) => {
      expect(rowsOf(pieces)).toEqual(rowsOf([whole]));
      for (const piece of pieces) checkBatch(piece);
    }),
  );
});
