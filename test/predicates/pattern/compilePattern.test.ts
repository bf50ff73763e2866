import fc from "fast-check";
import { RE2JS } from "re2js";
import { describe, expect, it } from "vitest";
import { ConfigError } from "../../../src/errors/index.js";
import { compilePattern, LONGEST_PATTERN, type RegExpData } from "../../../src/predicates/pattern/index.js";
import { anySource, anyText, type Pieces } from "./generated.js";

const RE2_PIECES: Pieces = {
  chars: [
    ...[
      ".",
      "\\d",
      "\\D",
      "\\w",
      "\\W",
      "\\s",
      "\\S",
      "\\x{1F600}",
      "\\x41",
      "\\n",
      "\\a",
      "\\012",
      "(?:\\0)",
    ],
    ...[
      "\\pL",
      "\\PN",
      "\\p{Greek}",
      "\\p{^Lu}",
      "\\P{^Lu}",
      "[[:alpha:]]",
      "[^[:^space:]]",
      "[]a]",
      "[^]a]",
    ],
    ...["{", "}", "]", "{,2}", "a{01}", "\\_", "\\-", "\\Q.a\\E"],
  ],
  members: [
    ...[
      "\\d",
      "\\D",
      "\\w",
      "\\W",
      "\\s",
      "\\S",
      "\\n",
      "\\pL",
      "\\p{Lu}",
      "\\P{Lu}",
      "[:word:]",
      "[:^digit:]",
    ],
    ...["[", "\\x{10400}", "\\101"],
  ],
  assertions: ["^", "$", "\\b", "\\B", "\\A", "\\z", "(?m)", "(?s)", "(?i)", "(?-i)", "(?im-s)", "(?U)"],
  openings: ["(", "(?:", "(?i:", "(?m:", "(?s-m:", "(?-i:"],
  repeatsAssertions: false,
};

const encoder = new TextEncoder();

/** Texts as a column holds them, from its second entry on. */
function column(texts: readonly string[]) {
  const parts = ["before", ...texts].map((text) => encoder.encode(text));
  const offsets = new Int32Array(parts.length + 1);
  for (const [i, part] of parts.entries()) offsets[i + 1] = offsets[i]! + part.length;
  const bytes = new Uint8Array(offsets[parts.length]!);
  for (const [i, part] of parts.entries()) bytes.set(part, offsets[i]!);
  return { bytes, offsets };
}

function refusal(pattern: string | RegExpData): ConfigError {
  try {
    compilePattern(pattern);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error(`${JSON.stringify(pattern)} was compiled`);
}

describe("compilePattern", () => {
  it("finds in columns, in bytes and in text what re2js finds, for any RE2 pattern", () => {
    let hits = 0;
    const texts = fc.array(anyText, { maxLength: 9 });
    fc.assert(
      fc.property(anySource(RE2_PIECES), texts, (source, texts) => {
        const library = RE2JS.compile(source);
        const pattern = compilePattern(source);
        const expected = texts.map((text) => (library.test(text) ? 1 : 0));
        const { bytes, offsets } = column(texts);
        const out = new Uint8Array(texts.length);
        pattern.matchBlock(bytes, offsets, 1, texts.length, out);
        expect([...out], source).toEqual(expected);
        const one = texts.map((_, i) => Number(pattern.searchBytes(bytes, offsets[i + 1]!, offsets[i + 2]!)));
        expect(one).toEqual(expected);
        expect(texts.map((text) => Number(pattern.search(text)))).toEqual(expected);
        hits += expected.filter((hit) => hit === 1).length;
      }),
      { numRuns: 1000 },
    );
    expect(hits).toBeGreaterThan(500);
  });

  it.each([
    // More states than the automaton may have, on random text.
    ["(?:a|b)*a(?:a|b){14}$", ["a", "b"]],
    // Too large to make an automaton from.
    ["\\p{L}{300}[^b]", ["\u00e9", "a", "\u4e2d"]],
  ])("hands %s over to re2js and goes on", (source, alphabet) => {
    const library = RE2JS.compile(source);
    const pattern = compilePattern(source);
    const text = fc
      .array(fc.constantFrom(...alphabet), { minLength: 250, maxLength: 400 })
      .map((chars) => chars.join(""));
    const texts = fc.sample(text, { numRuns: 60, seed: 7 });
    const { bytes, offsets } = column(texts);
    for (let round = 0; round < 2; round++) {
      const out = new Uint8Array(texts.length).fill(7);
      pattern.matchBlock(bytes, offsets, 1, texts.length, out);
      expect([...out]).toEqual(texts.map((text) => (library.test(text) ? 1 : 0)));
    }
  });

  it("takes a string for RE2 as it stands and a RegExp for JavaScript", () => {
    expect(compilePattern("a.c$")).toMatchObject({ source: "a.c$", flags: "", re2: "a.c$" });
    expect(compilePattern("\\x{61}(?i)B").search("ab")).toBe(true);
    expect(compilePattern(/a.c$/is)).toMatchObject({ source: "a.c$", flags: "is", re2: "[Aa](?s:.)[Cc]$" });
    expect(compilePattern({ source: "a\\u{62}" }).search("xab")).toBe(true);
  });

  it("keeps what it compiled", () => {
    expect(compilePattern("kept")).toBe(compilePattern("kept"));
    expect(compilePattern(/kept/)).toBe(compilePattern({ source: "kept", flags: "" }));
    expect(compilePattern("kept")).not.toBe(compilePattern(/kept/));
    const first = compilePattern("kept");
    for (let i = 0; i < 200; i++) compilePattern(`another ${i}`);
    expect(compilePattern("kept")).not.toBe(first);
  });

  it("takes time linear in the text for a pattern that stops RegExp", () => {
    const text = `${"a".repeat(100_000)}!`;
    expect(compilePattern(/^(a+)+$/).search(text)).toBe(false);
    expect(compilePattern("(x+x+)+y").search("x".repeat(100_000))).toBe(false);
  });

  it("takes a lone surrogate in a text for U+FFFD, whatever engine searches", () => {
    for (const pattern of [compilePattern("^.$"), compilePattern("^\ufffd$"), compilePattern(/^\ufffd$/)]) {
      expect(pattern.search("\ud83d")).toBe(true);
      expect(pattern.search("\ude00")).toBe(true);
    }
    expect(compilePattern("\\x{1F600}").search("\ud83d\ude00")).toBe(true);
    expect(compilePattern("\\Q\ufffd\\E\\z").search("a\ud83d")).toBe(true);
  });

  it("takes a byte order mark for a character", () => {
    expect(compilePattern("^\\x{FEFF}a").search("\ufeffa")).toBe(true);
    expect(compilePattern("^\\Q\ufeff\\Ea").search("\ufeffa")).toBe(true);
  });

  it("searches texts longer than its buffer", () => {
    const text = `${"\u00e9".repeat(5000)}!`;
    expect(compilePattern("^\u00e9+!$").search(text)).toBe(true);
    expect(compilePattern("^\u00e9+$").search(text)).toBe(false);
  });

  it.each([
    ["a(?=b)", 1],
    ["(?<!a)b", 0],
    ["(a)\\1", 3],
    ["a{1001}", 1],
    ["(?:a{40}){40}", 4],
    ["b(a", 1],
    ["[a", 0],
    ["(?P<a>x)(?P<a>y)", 8],
    ["\\p{Foo}", 0],
    ["a\\C", 1],
  ])("refuses the RE2 text %s at offset %i", (source, offset) => {
    const error = refusal(source);
    expect(error.message).toContain(`at offset ${offset}: `);
    expect(error.details).toMatchObject({ parameter: "pattern", value: source, offset });
  });

  it("refuses what only re2js knows to be wrong, and says what it said", () => {
    const error = refusal("\\Qa\\E(");
    expect(error.message).toMatch(/missing closing \)|never closed|not known/);
    expect(error.code).toBe("config/bad-value");
  });

  it("caps the length and the size", () => {
    expect(() => compilePattern("a".repeat(LONGEST_PATTERN))).not.toThrow();
    expect(refusal("a".repeat(LONGEST_PATTERN + 1)).message).toContain("limit of 10000");
    expect(refusal({ source: "a".repeat(LONGEST_PATTERN + 1) }).message).toContain("limit of 10000");
    expect(refusal("a{1000}".repeat(11)).message).toContain("more than 10000 instructions");
    expect(refusal({ source: "[ab]{900}".repeat(12) }).message).toContain("more than 10000 instructions");
    expect(refusal(`\\Q.\\E${"a{1000}".repeat(40)}`).message).toContain("too many");
  });
});
