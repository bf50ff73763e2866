import fc from "fast-check";
import { expect, it } from "vitest";
import { TEXT_BYTES } from "../../src/kernels/layout.js";
import { byteNfa } from "../../src/predicates/pattern/byteNfa.js";
import { ByteDfa } from "../../src/predicates/pattern/dfa.js";
import { parseRe2 } from "../../src/predicates/pattern/parseRe2.js";
import { generator, textsOf } from "./draws.js";

const PATTERNS = [
  "^[^@]+@[^@]+\\.com$",
  "é|user$",
  "(?i)LONGER.*bytes",
  "\\bthan\\b",
  "^$",
  "[a-z]{3,9}.[日🦊]",
];
const decoder = new TextDecoder();

it("a block of texts is judged as RegExp judges each", () => {
  const blocks = fc.integer({ min: 1024, max: 1100 });
  fc.assert(
    fc.property(blocks, fc.nat(3), fc.nat(), fc.constantFrom(...PATTERNS), (count, from, seed, pattern) => {
      const { bytes, offsets } = textsOf(count, generator(seed));
      const dfa = new ByteDfa(byteNfa(parseRe2(pattern))!);
      const source = pattern.replace("(?i)", "");
      const search = new RegExp(source, source === pattern ? "u" : "iu");
      const expected = Array.from({ length: count }, (_, i) =>
        search.test(decoder.decode(bytes.subarray(offsets[from + i]!, offsets[from + i + 1]!))) ? 1 : 0,
      );
      // The first look builds the states, the second walks them all.
      for (let look = 0; look < 2; look++) {
        const out = new Uint8Array(count);
        expect(dfa.matchBlock(bytes, offsets, from, count, out)).toBe(count);
        expect([...out]).toEqual(expected);
      }
    }),
    { numRuns: 30 },
  );
});

it("texts that are too long to be staged are judged among the others", () => {
  const lengths = Array.from({ length: 1024 }, (_, i) => (i === 700 ? TEXT_BYTES + 5 : i % 30));
  const offsets = new Int32Array(1025);
  for (const [i, length] of lengths.entries()) offsets[i + 1] = offsets[i]! + length;
  const bytes = new Uint8Array(offsets[1024]!).fill(97);
  for (const i of [3, 700, 900, 1023]) if (lengths[i]! > 0) bytes[offsets[i + 1]! - 1] = 98;
  const dfa = new ByteDfa(byteNfa(parseRe2("b$"))!);
  for (let look = 0; look < 2; look++) {
    const out = new Uint8Array(1024);
    expect(dfa.matchBlock(bytes, offsets, 0, 1024, out)).toBe(1024);
    expect([...out.keys()].filter((i) => out[i] === 1)).toEqual(
      [3, 700, 1023].filter((i) => lengths[i]! > 0),
    );
  }
});
