import { type DataType, Field, Int64, Schema, Utf8 } from "apache-arrow";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { type ColumnAddress, resolveColumn } from "../../src/columns/address.js";
import { batchOf } from "../../src/columns/batchOf.js";
import type { Block } from "../../src/columns/block.js";
import { spillFile } from "../../src/io/spillFile.js";
import { hashTexts } from "../../src/kernels/hash.js";
import { findRepeats } from "../../src/metrics/findRepeats.js";
import { NEW, REPEATED, SECOND } from "../../src/metrics/keySet.js";
import type { Spill } from "../../src/metrics/memoryBudget.js";
import type { RepeatFinder, RepeatOptions } from "../../src/metrics/repeatFinder.js";
import { type StoredValue, storedColumn } from "../../src/testing/storedColumn.js";
import { generator } from "../kernels/draws.js";
import { blocks, columns, type Drawn, drawn, keyOf, maskOf } from "./drawnKeys.js";

const RUNS = { numRuns: 40 };

const longOf = (high: number, low: number) => (BigInt(Math.floor(high)) << 32n) | BigInt(Math.floor(low));

const bytes = (text: string) => new TextEncoder().encode(text);

/** Hashes so poor that most texts share theirs. */
const poor: typeof hashTexts = (texts, from, count, out) => {
  hashTexts(texts, from, count, out);
  for (let i = 0; i < count * 2; i++) out[i] = i % 2 === 0 ? out[i]! & 3 : 0;
};

/** The rows of each key, in order, among those that are included. */
function groupsOf({ values, included }: Drawn): number[][] {
  const groups = new Map<string, number[]>();
  values.forEach((value, row) => {
    if (included && !included[row]) return;
    groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), row]);
  });
  return [...groups.values()];
}

function fed(
  { address, parts, included }: Drawn,
  options: RepeatOptions,
  spill: Spill | undefined,
  spills: (row: number) => boolean,
): [finder: RepeatFinder, told: number[]] {
  const finder = findRepeats([address], options);
  const told: number[] = [];
  for (const block of blocks(parts)) {
    const out = new Uint8Array(block.count).fill(7);
    finder.observe(block, maskOf(block, included), out);
    told.push(...out);
    if (spill && spills(block.row)) finder.spill!(spill);
  }
  return [finder, told];
}

function marked(
  { parts, included }: Drawn,
  mark: (block: Block, mask: Uint8Array | undefined, out: Uint8Array) => void,
) {
  const rows: number[] = [];
  for (const block of blocks(parts)) {
    const out = new Uint8Array(block.count);
    mark(block, maskOf(block, included), out);
    out.forEach((flag, i) => {
      if (flag === 1) rows.push(block.row + i);
    });
  }
  return rows;
}

const ascending = (rows: number[]) => rows.sort((a, b) => a - b);

/** Spills, where it is to, after blocks by their first row. */
function checkAll(
  column: Drawn,
  options: RepeatOptions,
  spill?: Spill,
  spills = (row: number) => row % 3 !== 0,
): void {
  const groups = groupsOf(column);
  const repeated = groups.filter((rows) => rows.length > 1);
  const members = ascending(repeated.flat());
  const later = ascending(repeated.flatMap((rows) => rows.slice(1)));
  const [finder, told] = fed(column, options, spill, spills);
  expect([finder.distinct, finder.repeated, finder.members, finder.later]).toEqual([
    groups.length,
    repeated.length,
    members.length,
    later.length,
  ]);
  expect(marked(column, (block, mask, out) => finder.markMembers(block, mask, out))).toEqual(members);
  expect(marked(column, (block, _, out) => finder.markLater(block.row, block.count, out))).toEqual(later);
  const expected = column.values.map(() => NEW);
  for (const rows of repeated)
    rows.slice(1).forEach((row, i) => {
      expected[row] = i === 0 ? SECOND : REPEATED;
    });
  // What a finder that defers says of a row is that it repeats, or nothing yet.
  if (finder.isDeferred) expect(told.every((code, row) => code === NEW || expected[row] !== NEW)).toBe(true);
  else expect(told).toEqual(expected);
}

const file = (await spillFile())!;
afterAll(() => file.close());

describe.each(columns)("repeated keys of %s agree with a plain count", (_, type, value) => {
  const column = drawn(type, value);

  it("while they are few, and told as they come", () => {
    fc.assert(
      fc.property(column, (one) => checkAll(one, { marks: true })),
      RUNS,
    );
  });

  it("when they are logged, from the first or after some", () => {
    fc.assert(
      fc.property(column, fc.constantFrom(0, 1, 7, 30), (one, few) => checkAll(one, { marks: true, few })),
    );
  });

  it("when different keys share their hash", () => {
    fc.assert(
      fc.property(column, (one) => checkAll(one, { marks: true, few: 3, hash: poor })),
      RUNS,
    );
  });

  it("when they are spilled now and again", () => {
    const few = fc.constantFrom(0, 1, 7, 30);
    fc.assert(
      fc.property(column, few, (one, few) => checkAll(one, { marks: true, few }, file)),
      RUNS,
    );
  });

  it("when they are spilled, and share their hash", () => {
    fc.assert(
      fc.property(column, (one) => checkAll(one, { marks: true, few: 3, hash: poor }, file)),
      RUNS,
    );
  });
});

describe("repeated keys of columns that kernels take", () => {
  const shapes: readonly [
    name: string,
    rows: number,
    type: DataType,
    (i: number, next: () => number) => StoredValue,
  ][] = [
    ["64 bits wide", 300_000, new Int64(), (_, next) => longOf(next() * 2 ** 31, next() * 2 ** 32)],
    [
      "dense and shuffled, then far apart",
      300_000,
      new Int64(),
      (i, next) => longOf(i < 9000 ? 0 : next() * 9, i * 7),
    ],
    ["texts", 70_000, new Utf8(), (_, next) => bytes(`user${Math.floor(next() * 2 ** 40)}@example.com`)],
  ];

  it.each(shapes)("agree with a plain count: %s", (_, rows, type, draw) => {
    const next = generator(1);
    const values: StoredValue[] = [];
    // One row in two hundred has the key of an earlier one.
    for (let i = 0; i < rows; i++) {
      const again = i > 0 && next() < 0.005;
      values.push(again ? values[Math.floor(next() * i)]! : draw((i * 7919) % rows, next));
    }
    const schema = new Schema([new Field("c", type, true)]);
    const address = resolveColumn(schema, "c") as ColumnAddress;
    const parts = [batchOf(schema, rows, [storedColumn(type, values)])];
    const column = { address, values, included: undefined, parts };
    checkAll(column, { marks: true });
    checkAll(column, { marks: true, few: 1000 }, file, (row) => row === 40_960 || row === 196_608);
  });
});
