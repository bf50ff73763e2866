import fc from "fast-check";
import { expect, it } from "vitest";
import { RowSet } from "../../src/columns/rowSet.js";

const rows = fc.uniqueArray(
  fc.oneof(fc.nat(70_000), fc.nat(300), fc.integer({ min: 2 ** 40, max: 2 ** 40 + 100 })),
);

function setOf(numbers: readonly number[]): RowSet {
  const set = new RowSet();
  for (const row of numbers) set.add(row);
  return set;
}

it("holds the rows that were put in, and tells those of a range", () => {
  fc.assert(
    fc.property(rows, fc.nat(70_000), fc.nat(70_000), (numbers, first, count) => {
      const set = setOf(numbers);
      const ascending = [...numbers].sort((a, b) => a - b);
      expect([...set]).toEqual(ascending);
      expect(set.size).toBe(numbers.length);
      const inRange = ascending.filter((row) => row >= first && row < first + count);
      const flags = new Uint8Array(count);
      expect(set.markInto(first, count, flags)).toBe(inRange.length > 0);
      expect([...flags.keys()].filter((i) => flags[i] === 1).map((i) => first + i)).toEqual(inRange);
      // What is past the range stays, and so does what was there.
      const bits = new Int32Array((count >> 5) + 1);
      bits[count >> 5]! |= 1 << (count & 31);
      expect(set.mergeInto(first, count, bits)).toBe(inRange.length > 0);
      const expected = new Int32Array(bits.length);
      for (const i of [count, ...inRange.map((row) => row - first)]) expected[i >> 5]! |= 1 << (i & 31);
      expect(bits).toEqual(expected);
      const stretches = new Set(numbers.map((row) => row - (row % 65_536)));
      expect(new Set(set.stretches)).toEqual(stretches);
    }),
  );
});

it("takes in another set, counting what is new", () => {
  fc.assert(
    fc.property(rows, rows, (a, b) => {
      const union = setOf(a);
      union.addAll(setOf(b));
      expect(new Set(union)).toEqual(new Set([...a, ...b]));
      expect(union.size).toBe(new Set([...a, ...b]).size);
    }),
  );
});

it("takes flags of a block, from any place of a buffer", () => {
  fc.assert(
    fc.property(fc.nat(57_000), fc.nat(3), fc.array(fc.constantFrom(0, 0, 0, 0, 1)), (first, at, flags) => {
      const bytes = new Uint8Array(flags.length + at);
      bytes.set(flags, at);
      const set = new RowSet();
      for (let twice = 0; twice < 2; twice++) set.addFlags(first, bytes.subarray(at), flags.length);
      const expected = flags.flatMap((flag, i) => (flag === 1 ? [first + i] : []));
      expect([...set]).toEqual(expected);
      expect(set.size).toBe(expected.length);
    }),
  );
});
