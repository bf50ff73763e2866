import {
  DenseUnion,
  Field,
  Int32,
  makeData,
  SparseUnion,
  Table,
  Utf8,
  Vector,
  vectorFromArray,
} from "apache-arrow";
import { expect, test } from "vitest";
import { isNull, notNull, nullFraction } from "../../src/expectations/index.js";
import { suite } from "../../src/suite/suite.js";
import { validate } from "../../src/validate/validate.js";

const fields = [new Field("i", new Int32(), true), new Field("s", new Utf8(), true)];
const children = (ints: (number | null)[], texts: (string | null)[]) => [
  vectorFromArray(ints, new Int32()).data[0]!,
  vectorFromArray(texts, new Utf8()).data[0]!,
];
const dense = makeData({
  type: new DenseUnion([0, 1], fields),
  length: 4,
  typeIds: Int8Array.of(0, 1, 0, 1),
  valueOffsets: Int32Array.of(0, 0, 1, 1),
  children: children([1, null], ["x", null]),
});
const sparse = makeData({
  type: new SparseUnion([0, 1], fields),
  length: 4,
  typeIds: Int8Array.of(0, 1, 0, 1),
  children: children([1, null, null, 7], [null, "x", "y", null]),
});

test.each([
  ["dense", dense],
  ["sparse", sparse],
])("a %s union is null where the value that a row points to is", async (_, data) => {
  const table = new Table({ u: new Vector<DenseUnion | SparseUnion>([data]) });
  for (const [view, from] of [
    [table, 0],
    [table.slice(1), 1],
  ] as const) {
    const run = await validate(view, suite("s", [notNull("u"), isNull("u"), nullFraction("u", { max: 0 })]));
    const rows = (nth: number) => run.outcomes[nth]!.sample!.items.map(({ row }) => row + from);
    expect(rows(0)).toEqual([2, 3]);
    expect(rows(1)).toEqual([0, 1].slice(from));
    expect(run.outcomes[2]!.observed).toBe(2 / (4 - from));
  }
});
