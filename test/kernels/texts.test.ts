import fc from "fast-check";
import { expect, it } from "vitest";
import { kernelsFor } from "../../src/kernels/kernels.js";
import { TEXT_BYTES } from "../../src/kernels/layout.js";
import { countCodePoints, lengthsByKernel, lengthsByLoop } from "../../src/kernels/lengths.js";
import { findMembers, memberTable } from "../../src/kernels/members.js";
import { counts, generator, textsOf } from "./draws.js";

const kernels = kernelsFor(8192)!;
const encoder = new TextEncoder();

it("lengths within a range are those of the loop, in bytes and in code points", () => {
  const ends = fc.oneof(fc.integer({ min: -1, max: 60 }), fc.constantFrom(2.5, Infinity, 2 ** 40));
  fc.assert(
    fc.property(
      counts,
      fc.nat(3),
      fc.nat(),
      ends,
      ends,
      fc.boolean(),
      (count, from, seed, least, most, inBytes) => {
        const texts = textsOf(count, generator(seed));
        const [ours, theirs] = [new Uint8Array(count), new Uint8Array(count)];
        lengthsByKernel(kernels, texts, from, count, { least, most, inBytes }, ours);
        lengthsByLoop(texts, from, count, { least, most, inBytes }, theirs, 0);
        expect(ours).toStrictEqual(theirs);
      },
    ),
  );
});

it("a text that is too long to be staged has a length too", () => {
  const text = "é".repeat(TEXT_BYTES);
  const bytes = encoder.encode(`ab${text}c`);
  const offsets = Int32Array.of(0, 2, bytes.length - 1, bytes.length);
  expect(countCodePoints(bytes, 2, bytes.length - 1)).toBe(TEXT_BYTES);
  const out = new Uint8Array(3);
  const range = { least: TEXT_BYTES, most: TEXT_BYTES, inBytes: false };
  lengthsByKernel(kernels, { bytes, offsets }, 0, 3, range, out);
  expect([...out]).toEqual([0, 1, 0]);
});

it("members are found, short ones and long ones, and nothing else is", () => {
  fc.assert(
    fc.property(counts, fc.nat(3), fc.nat(), fc.boolean(), fc.nat(60), (count, from, seed, short, size) => {
      const next = generator(seed);
      const { bytes, offsets } = textsOf(count, next);
      const textAt = (i: number) => bytes.slice(offsets[i]!, offsets[i + 1]!);
      const drawn = Array.from({ length: size }, () => textAt(Math.floor(next() * offsets.length - 1)));
      const known = new Map(drawn.map((text) => [String(text), text]));
      // Twins of long texts that differ in the middle alone.
      for (const text of drawn) {
        const twin = text.slice();
        if (twin.length > 17) twin[9]! ^= 1;
        known.set(String(twin), twin);
      }
      const members = [...known.values()].filter(({ length }) => !short || length <= 7);
      const names = new Set(members.map(String));
      const table = memberTable(kernels, members)!;
      const out = new Uint8Array(count);
      findMembers(kernels, table, { bytes, offsets }, from, count, out, () => expect.unreachable());
      expect([...out]).toEqual(Array.from(out, (_, i) => (names.has(String(textAt(from + i))) ? 1 : 0)));
    }),
  );
});

it("two tables take turns in the one place", () => {
  const [a, b] = ["a", "longer than seven bytes"].map((text) => encoder.encode(text));
  const texts = { bytes: Uint8Array.of(...a!, ...b!), offsets: Int32Array.of(0, 1, 1 + b!.length) };
  const tables = [a!, b!].map((member) => memberTable(kernels, [member])!);
  for (const [nth, table] of [...tables, ...tables].entries()) {
    const out = new Uint8Array(2);
    findMembers(kernels, table, texts, 0, 2, out, () => expect.unreachable());
    expect([...out]).toEqual(nth % 2 === 0 ? [1, 0] : [0, 1]);
  }
});

it("no table is made of more than there is room for", () => {
  const members = Array.from({ length: 100_000 }, (_, i) => encoder.encode(`member ${i}`));
  expect(memberTable(kernels, members)).toBeUndefined();
});

it("short members are found where most texts are members, whichever slot they had to take", () => {
  fc.assert(
    fc.property(counts, fc.nat(), fc.constantFrom(0, 0.01, 0.3), fc.constantFrom(3, 40, 700), (...drawn) => {
      const [count, seed, others, size] = drawn;
      const next = generator(seed);
      const levels = Array.from({ length: 2 * size }, (_, i) => encoder.encode((i * 7919).toString(36)));
      const nth = () => Math.floor(next() * size) + (next() < others ? size : 0);
      const rows = Array.from({ length: count }, nth);
      const offsets = new Int32Array(count + 1);
      for (let i = 0; i < count; i++) offsets[i + 1] = offsets[i]! + levels[rows[i]!]!.length;
      const bytes = new Uint8Array(offsets[count]!);
      for (let i = 0; i < count; i++) bytes.set(levels[rows[i]!]!, offsets[i]);
      const table = memberTable(kernels, levels.slice(0, size))!;
      expect(table.isShort).toBe(true);
      const out = new Uint8Array(count);
      findMembers(kernels, table, { bytes, offsets }, 0, count, out, (first, some, done) => {
        throw new Error(`${some} texts from ${first}, for ${done}, were left to the loop`);
      });
      expect([...out]).toStrictEqual(rows.map((level) => (level < size ? 1 : 0)));
    }),
  );
});
