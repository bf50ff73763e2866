import fc from "fast-check";
import { RE2JS } from "re2js";
import { describe, expect, it } from "vitest";
import { ConfigError } from "../../../src/errors/index.js";
import { compilePattern, translateRegExp } from "../../../src/predicates/pattern/index.js";
import { anyFlags, anySource, anyText, type Pieces } from "./generated.js";
import { javaScriptSearch } from "./javaScriptSearch.js";

const PIECES: Pieces = {
  chars: [
    ...[".", "\\d", "\\D", "\\w", "\\W", "\\s", "\\S", "[^]", "[]", "\\n", "\\t", "\\cJ", "\\x41", "(?:\\0)"],
    ...[
      "\\u{1F600}",
      "\\u00e9",
      "\\ud83d\\ude00",
      "\\/",
      "\\p{L}",
      "\\P{L}",
      "\\p{Lu}",
      "\\P{Lu}",
      "\\p{Any}",
    ],
    ...["\\p{Script=Greek}", "\\P{sc=Greek}", "\\p{gc=Decimal_Number}", "\\p{ASCII}"],
  ],
  members: [
    ...["\\d", "\\D", "\\w", "\\W", "\\s", "\\S", "\\b", "\\-", "\\n", "\\p{Lu}", "\\P{Lu}", "\\p{Ll}"],
    ...["\\p{Script=Greek}", "\\u{10400}", "\\ud83d\\ude00", "\\cJ"],
  ],
  assertions: ["^", "$", "\\b", "\\B"],
  openings: ["(", "(?:"],
  repeatsAssertions: false,
};

/** The error that translating throws. */
function refusal(source: string, flags = ""): ConfigError {
  try {
    translateRegExp(source, flags);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error(`/${source}/${flags} was translated`);
}

describe("translateRegExp", () => {
  it("agrees with RegExp in u mode, and the automaton with both", () => {
    let compared = 0;
    const sources = anySource(PIECES);
    const texts = fc.array(anyText, { minLength: 3, maxLength: 6 });
    fc.assert(
      fc.property(sources, anyFlags("imsu"), texts, (source, flags, texts) => {
        let re2: string;
        try {
          re2 = translateRegExp(source, flags);
        } catch (error) {
          // The one refusal that these patterns can meet.
          expect((error as Error).message).toContain("with the m flag can't be translated here");
          return;
        }
        const library = RE2JS.compile(re2);
        const pattern = compilePattern({ source, flags });
        // What is documented: where neighbours don't decide it, a word boundary is an ASCII one.
        const approximate = flags.includes("i") && /\\b/i.test(source);
        for (const text of texts.map((text) => (approximate ? text.replace(/[\u017f\u212a]/g, "") : text))) {
          const expected = javaScriptSearch(source, flags, text);
          const seen = { library: library.test(text), search: pattern.search(text) };
          expect(seen, `/${source}/${flags} -> ${re2} in ${JSON.stringify(text)}`).toEqual({
            library: expected,
            search: expected,
          });
          compared++;
        }
      }),
      { numRuns: 1500 },
    );
    expect(compared).toBeGreaterThan(3000);
  });

  it("accepts what JavaScript accepts, and nothing else", () => {
    const token = fc.constantFrom(
      ..."ab1-^$.*+?()[]{}|\\/,:=!<>pukxcdwsbBn0k ",
      "{1}",
      "{2,",
      "\\d",
      "(?",
      "\\-",
      "\\cA",
    );
    const isRegExp = (source: string, flags: string) => {
      try {
        new RegExp(source, flags);
        return true;
      } catch {
        return false;
      }
    };
    let accepted = 0;
    fc.assert(
      fc.property(
        fc.array(token, { maxLength: 9 }),
        fc.constantFrom("", "u"),
        anyText,
        (tokens, flags, text) => {
          const source = tokens.join("");
          const strict = isRegExp(source, "u");
          const valid = flags === "u" ? strict : strict || isRegExp(source, "");
          let re2: string;
          try {
            re2 = translateRegExp(source, flags);
          } catch (error) {
            const { message } = error as Error;
            // Outside u mode, \p{ and \u{ are read as in u mode, so what is malformed there is refused.
            if (!strict && /\\[up]\{/.test(source)) return;
            if (valid) expect(message).toMatch(/linear time|octal escape|"\\c"/);
            return;
          }
          // A pattern that only makes sense outside u mode may still hold \u{...}, read as in u mode.
          if (!valid && /\\[up]\{/.test(source)) return;
          expect(valid, source).toBe(true);
          accepted++;
          if (strict) expect(RE2JS.compile(re2).test(text), source).toBe(javaScriptSearch(source, "", text));
          else if (!/[^\0-\uffff]/u.test(text) && !/\\[up]\{/.test(source)) {
            expect(RE2JS.compile(re2).test(text), source).toBe(new RegExp(source).test(text));
          }
        },
      ),
      { numRuns: 5000 },
    );
    expect(accepted).toBeGreaterThan(1000);
  });

  it.each([
    ["^[^@]+@[^@]+\\.com$", "", "^[^@]+@[^@]+\\.com$"],
    ["\\d{2,5}?\\w", "", "\\d{2,5}?\\w"],
    ["(?<year>\\d)(?<a\u00f1o>x)", "", "(?P<year>\\d)(x)"],
    ["\\u{1F600}|\\ud83d\\ude00|\\u0041|\\x41|\\cJ|\\0", "", "\\x{1F600}|\\x{1F600}|A|A|\\n|\\x{0}"],
    ["[^]|[]", "", "(?s:.)|[^\\x{0}-\\x{10FFFF}]"],
    ["a.c", "", "a[^\\n\\r\\x{2028}\\x{2029}]c"],
    ["a.c", "s", "a(?s:.)c"],
    ["k", "i", "[Kk\\x{212A}]"],
    ["(?i:k)k", "", "[Kk\\x{212A}]k"],
    ["\\p{L}+\\p{Letter}\\p{Script=Greek}", "u", "\\p{L}+\\p{L}\\p{Greek}"],
    ["[\\p{Lu}_]", "i", "(?i:[\\p{Lu}_])"],
    ["x{", "", "x\\{"],
    ["\\/\\-]}", "", "/-\\]\\}"],
    ["[\\w-.]", "", "[\\-.0-9A-Z_a-z]"],
    ["^a$", "m", "(?:^|[\\n\\r\\x{2028}\\x{2029}])a(?:$|[\\n\\r\\x{2028}\\x{2029}])"],
    ["\\n^b|a^b", "m", "\\nb|a[^\\x{0}-\\x{10FFFF}]b"],
    ["\\bfoo\\b", "", "\\bfoo\\b"],
    ["(?:a*)*", "", "(?:a*)*"],
  ])("writes /%s/%s as %s", (source, flags, re2) => {
    expect(translateRegExp(source, flags)).toBe(re2);
  });

  it("decides word boundaries beside the long s and the Kelvin sign where the pattern tells enough", () => {
    for (const [source, text] of [
      ["\\bfoo", "\u017ffoo"],
      ["\\bfoo", "-foo"],
      ["foo\\b", "foo\u212a"],
      ["\\b\\u017f", "a\u017f"],
      ["\\Bfoo", "\u212afoo"],
      ["a\\b\\u212a", "a\u212a"],
    ] as const) {
      expect(compilePattern({ source, flags: "iu" }).search(text), `${source} in ${text}`).toBe(
        new RegExp(source, "iu").test(text),
      );
    }
  });

  it.each([
    ["a(?=b)", 1, /look-ahead/],
    ["a(?!b)", 1, /look-ahead/],
    ["(?<=a)b", 0, /look-behind/],
    ["\ud83d\ude00(?<!a)b", 2, /look-behind/],
    ["(a)\\1", 3, /back-reference, "\\1"/],
    ["(?<n>a)\\k<n>", 7, /back-reference/],
    ["ab{1001}", 2, /count to 1000, not to 1001/],
    ["(?:a{40}){40}", 4, /multiply to more than 1000/],
    ["a\\p{Emoji}", 1, /RE2 has no \\p\{Emoji\}/],
    ["a\\p{Script=Grek}", 1, /long names/],
    ["\\p{Nonsense}", 0, /no Unicode property/],
    ["a\\ud83d", 1, /lone surrogate/],
    ["[\\ud800-\\udfff]", 1, /lone surrogate/],
    ["[\\1]", 1, /octal/],
    ["a\\01", 1, /octal/],
    ["a**", 2, /nothing to repeat/],
    ["^*", 1, /nothing to repeat/],
    ["b(a", 1, /never closed/],
    ["a)", 1, /closes nothing/],
    ["[b-a]", 1, /out of order/],
    ["x{2,1}", 1, /out of order/],
    ["(?<a>x)(?<a>y)", 7, /second group is named a/],
    ["a\\", 1, /ends the pattern/],
  ])("refuses /%s/ at offset %i", (source, offset, message) => {
    const error = refusal(source);
    expect(error.message).toMatch(message);
    expect(error.message).toContain(`at offset ${offset}`);
    expect(error.details).toMatchObject({ parameter: "pattern", value: source, offset });
  });

  it("refuses a multi-line anchor whose neighbour may be a carriage return or not", () => {
    expect(refusal("\\s^a", "m").details.offset).toBe(2);
    expect(refusal("(?:^a\\n)+", "m").message).toContain('"^" with the m flag');
  });

  it.each(["x{", "\\-", "]", "\\a", "[\\w-a]"])("refuses /%s/ in u mode only", (source) => {
    expect(refusal(source, "u")).toBeInstanceOf(ConfigError);
    expect(() => translateRegExp(source, "")).not.toThrow();
  });

  it.each(["g", "y", "d", "v", "uu", "x"])("refuses the flags %s", (flags) => {
    expect(refusal("a", flags)).toMatchObject({
      code: "config/unsupported-option",
      details: { parameter: "flags", value: flags, choices: ["i", "m", "s", "u"] },
    });
  });

  it("refuses nesting that would exhaust the stack", () => {
    expect(refusal("(".repeat(5000) + ")".repeat(5000)).message).toMatch(/nest deeper than 250/);
    expect(() => translateRegExp("(".repeat(250) + ")".repeat(250), "")).not.toThrow();
  });
});
