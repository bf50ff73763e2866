import fc from "fast-check";
import { expect, it } from "vitest";
import { DEALT, dealByKernel, dealByLoop, ENTRY, PARTS, partOf } from "../../src/kernels/entries.js";
import { kernelsFor } from "../../src/kernels/kernels.js";
import { roomForEntries, siftByKernel, siftByLoop, siftEntries } from "../../src/kernels/siftEntries.js";
import { counts, generator } from "./draws.js";

const kernels = kernelsFor(8192)!;
const REPEATS = 2 ** 31;
const repeats = fc.constantFrom(0, 0.01, 0.5, 1);

/** Keys of 64 bits, a share of them among a few that come again and again, and rows of which some have their sign bit set. */
function drawn(count: number, share: number, seed: number): { words: Int32Array; rows: Int32Array } {
  const next = generator(seed);
  const words = new Int32Array(count * 2);
  for (let i = 0; i < count; i++) {
    const again = next() < share;
    words[i * 2] = again ? Math.floor(next() * 50) : next() * 2 ** 32;
    words[i * 2 + 1] = again ? 0 : next() * 2 ** 32;
  }
  const rows = Int32Array.from({ length: count }, (_, i) => (next() < 0.02 ? i + REPEATS : i));
  return { words, rows };
}

function entriesOf(count: number, share: number, seed: number): Int32Array {
  const { words, rows } = drawn(count, share, seed);
  const at = (i: number) => [words[i * 2]!, words[i * 2 + 1]!, rows[i]!];
  return Int32Array.from(Array.from({ length: count }, (_, i) => at(i)).flat());
}

// What vitest says of two long arrays takes seconds to find.
const areEqual = (one: Int32Array, other: Int32Array) =>
  one.length === other.length && one.every((word, i) => word === other[i]);

const keyOf = (entries: Int32Array, at: number) => `${entries[at]} ${entries[at + 1]}`;

it("keys are dealt as the loop deals them: by partition, in order within each, none lost", () => {
  const sizes = fc.oneof({ weight: 9, arbitrary: counts }, { weight: 1, arbitrary: fc.constant(DEALT) });
  fc.assert(
    fc.property(sizes, repeats, fc.nat(), (count, share, seed) => {
      const { words, rows } = drawn(count, share, seed);
      const dealt = dealByKernel(kernels, words, rows, count);
      const { entries, ends } = dealt;
      const byLoop = dealByLoop(words, rows, count);
      expect(ends).toStrictEqual(byLoop.ends);
      expect(areEqual(entries, byLoop.entries)).toBe(true);
      expect(ends[PARTS - 1]).toBe(count * ENTRY);
      const seen: number[] = [];
      for (let part = 0, at = 0; part < PARTS; part++) {
        let last = -1;
        for (; at < ends[part]!; at += ENTRY) {
          const row = entries[at + 2]! & (REPEATS - 1);
          if (partOf(entries[at]!, entries[at + 1]!) !== part || row <= last) throw new Error("out of place");
          if (entries[at] !== words[row * 2] || entries[at + 1] !== words[row * 2 + 1]) {
            throw new Error("changed");
          }
          seen.push(row);
          last = row;
        }
      }
      expect(new Set(seen).size).toBe(count);
    }),
    { numRuns: 30 },
  );
});

it("entries are sifted as the loop sifts them, also where they are staged in parts", () => {
  const staged = fc.oneof(fc.integer({ min: 16380, max: 16390 }), fc.constant(70_000));
  const sizes = fc.oneof({ weight: 4, arbitrary: counts }, { weight: 1, arbitrary: staged });
  fc.assert(
    fc.property(sizes, repeats, fc.nat(), (count, share, seed) => {
      const entries = entriesOf(count, share, seed);
      const ours = entries.slice();
      const kept = siftByKernel(kernels, ours, ours.length);
      const theirs = entries.slice();
      expect(kept).toBe(siftByLoop(theirs, theirs.length));
      expect(areEqual(ours.subarray(0, kept), theirs.subarray(0, kept))).toBe(true);
      const room = roomForEntries(entries.length);
      room?.set(entries);
      expect(room ? siftByKernel(kernels, room, entries.length) : kept).toBe(kept);
      if (room) expect(areEqual(room.subarray(0, kept), theirs.subarray(0, kept))).toBe(true);
    }),
    { numRuns: 30 },
  );
});

it("what is sifted out has a key of its own, and most of what has one is sifted out", () => {
  fc.assert(
    fc.property(counts, repeats, fc.nat(), (count, share, seed) => {
      const entries = entriesOf(count, share, seed);
      const times = new Map<string, number>();
      for (let at = 0; at < entries.length; at += ENTRY) {
        times.set(keyOf(entries, at), (times.get(keyOf(entries, at)) ?? 0) + 1);
      }
      const mustStay = (at: number) => times.get(keyOf(entries, at))! > 1 || entries[at + 2]! < 0;
      const starts = Array.from({ length: count }, (_, i) => i * ENTRY);
      const staying = starts.filter(mustStay).map((at) => entries[at + 2]);
      const sifted = entries.slice();
      const kept = siftEntries(sifted, sifted.length);
      const rows = new Set(Array.from({ length: kept / ENTRY }, (_, i) => sifted[i * ENTRY + 2]));
      expect(staying.every((row) => rows.has(row))).toBe(true);
      expect(rows.size - staying.length).toBeLessThanOrEqual(10 + count / 8);
    }),
    { numRuns: 60 },
  );
});
