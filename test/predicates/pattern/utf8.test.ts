import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { charSet, complement, has } from "../../../src/predicates/pattern/charSet.js";
import { encodings } from "../../../src/predicates/pattern/utf8.js";

const encoder = new TextEncoder();

function accepts(sequences: readonly (readonly number[])[], bytes: Uint8Array): number {
  return sequences.filter(
    (ranges) =>
      ranges.length === 2 * bytes.length &&
      bytes.every((byte, i) => ranges[2 * i]! <= byte && byte <= ranges[2 * i + 1]!),
  ).length;
}

const EDGES = [
  0, 0x7f, 0x80, 0x7ff, 0x800, 0xfff, 0x1000, 0xd7ff, 0xe000, 0xfffd, 0xffff, 0x10000, 0x3ffff, 0x40000,
  0x10ffff,
];
const codePoint = fc.oneof(
  fc.constantFrom(...EDGES),
  fc.integer({ min: 0, max: 0x10ffff }).map((n) => (n >= 0xd800 && n <= 0xdfff ? 0xfffd : n)),
);

describe("encodings", () => {
  it("holds the encoding of a code point once if the set holds the code point, else never", () => {
    const bounds = fc.tuple(codePoint, codePoint).map(([a, b]) => [Math.min(a, b), Math.max(a, b)]);
    fc.assert(
      fc.property(
        fc.array(bounds, { maxLength: 4 }),
        fc.array(codePoint, { minLength: 20 }),
        (ranges, probes) => {
          const set = charSet(ranges.flat());
          const [inside, outside] = [encodings(set), encodings(complement(set))];
          const near = ranges.flat().flatMap((bound) => [bound - 1, bound + 1]);
          for (const probe of [...EDGES, ...probes, ...ranges.flat(), ...near]) {
            if (probe < 0 || probe > 0x10ffff || (probe >= 0xd800 && probe <= 0xdfff)) continue;
            const bytes = encoder.encode(String.fromCodePoint(probe));
            expect(accepts(inside, bytes)).toBe(has(set, probe) ? 1 : 0);
            expect(accepts(outside, bytes)).toBe(has(set, probe) ? 0 : 1);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it("has nothing for surrogates", () => {
    expect(encodings([0xd800, 0xdfff])).toEqual([]);
  });
});
