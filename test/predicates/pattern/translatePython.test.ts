import { describe, expect, it } from "vitest";
import { ConfigError } from "../../../src/errors/index.js";
import { compilePattern, translatePython } from "../../../src/predicates/pattern/index.js";

const search = (source: string, text: string) => compilePattern(translatePython(source)).search(text);

describe("translatePython", () => {
  // Each line is what Python 3.11's re.search says.
  it.each<[string, readonly string[], readonly string[]]>([
    ["a$", ["a", "a\n", "ba\n"], ["a\n\n", "a\r", "ab"]],
    ["a\\Z", ["a"], ["a\n"]],
    ["(?m)^a$", ["a", "b\na\nc"], ["b\ra", "ab"]],
    ["^a", ["a"], ["b\na"]],
    ["\\Aa", ["a"], ["ba"]],
    ["^.$", ["a", "\r", "\u2028", "a\n", "\u{1f600}"], ["\n", ""]],
    ["(?s)^.$", ["\n"], [""]],
    ["^\\d$", ["1", "\u0663", "\u0967"], ["\u00b2", "a"]],
    ["(?a)^\\d$", ["1"], ["\u0663"]],
    ["^\\w$", ["a", "_", "\u00e9", "\u4e2d", "\u00b2", "\u2160"], ["\u0301", "-", "\u20ac"]],
    ["^[^\\W\\d_]$", ["a", "\u00e9"], ["1", "_", "-"]],
    ["^[\\W_]$", ["-", "_"], ["a", "1"]],
    ["^\\s$", [" ", "\u001c", "\u0085", "\u00a0", "\u3000"], ["\u200b", "\ufeff", "a"]],
    ["(?i)^stra\u00dfe$", ["STRA\u1e9eE", "\u017ftra\u00dfe"], ["strasse"]],
    ["(?i)^i$", ["I", "\u0130", "\u0131"], ["j"]],
    ["(?ai)^k$", ["K"], ["\u212a"]],
    ["a(?i:b)c", ["abc", "aBc"], ["Abc", "abC"]],
    ["(?i)a(?-i:b)", ["Ab"], ["aB"]],
    ["\\bcaf\u00e9\\b", ["caf\u00e9", "un caf\u00e9!"], ["caf\u00e9s", "\u00e9caf\u00e9"]],
    ["(?a)\\bcaf\u00e9\\b", ["caf\u00e9s"], ["caf\u00e9", "acaf\u00e9s"]],
    ["\\Ba", ["ba", "\u00e9a"], ["a", "-a"]],
    ["(?x) a b # a comment\n c \\ d [ ]", ["abc d "], ["a b c"]],
    ["(?#ignored)a(?#too)+$", ["aaa"], ["b"]],
    ["(?P<year>\\d{4})-(?:\\d){,2}$", ["2024-01", "2024-"], ["2024-001"]],
    ["^[]a]+$", ["]a]"], ["b"]],
    ["^[^]a]$", ["b"], ["]", "a"]],
    ["^{a{,}x{2$", ["{aax{2", "{x{2"], ["{a{2"]],
    ["^\\x41\\u00e9\\U0001F600\\101\\0$", ["A\u00e9\u{1f600}A\0"], ["A"]],
    ["^[\\b\\n\\0]$", ["\b", "\0"], ["b"]],
    ["a*?b??", [""], []],
  ])("%s is found where Python finds it", (source, found, missed) => {
    for (const text of found) expect(search(source, text), JSON.stringify(text)).toBe(true);
    for (const text of missed) expect(search(source, text), JSON.stringify(text)).toBe(false);
  });

  it("stays short where sets are large", () => {
    expect(translatePython("\\bx[\\w.-]+y\\b")).toBe(
      "(?:^|[^\\p{L}\\p{N}_])x[\\p{L}\\p{N}_\\-.]+y(?:$|[^\\p{L}\\p{N}_])",
    );
    expect(translatePython("[^\\W\\d_]")).toBe("[\\p{L}\\p{Nl}\\p{No}]");
  });

  it("takes ASCII word boundaries on request where the pattern leaves them open", () => {
    expect(() => translatePython("\\b[\\w.]+@")).toThrow(ConfigError);
    expect(translatePython("\\b[\\w.]+@", { asciiBoundaries: true })).toBe("\\b[\\p{L}\\p{N}_.]+@");
  });

  it.each([
    ["a(?=b)", 1, /look-ahead/],
    ["(?<!a)b", 0, /look-behind/],
    ["(a)\\1", 3, /back-reference/],
    ["(?P<n>a)(?P=n)", 8, /back-reference/],
    ["(a)?(?(1)b|c)", 4, /conditional/],
    ["(?>a)", 0, /atomic/],
    ["a*+", 1, /possessive/],
    ["a{2}+", 1, /possessive/],
    ["a?+", 1, /possessive/],
    ["a\\N{DASH}", 1, /no escape/],
    ["a(?i)b", 1, /at its start/],
    ["(?L)a", 0, /begins no group/],
    ["a{1001}", 1, /count to 1000/],
    ["a\\b.", 1, /Unicode words/],
    ["a$\\s", 1, /write \\Z/],
    ["[\\d-x]", 1, /end of a range/],
    ["a**", 2, /nothing to repeat/],
    ["a\\y", 1, /no escape/],
    ["\\x4", 0, /too few digits/],
    ["[\\777]", 1, /larger than/],
    ["(?P<1>a)", 0, /name/],
  ])("refuses %s at offset %i", (source, offset, message) => {
    const translate = () => translatePython(source);
    expect(translate).toThrow(ConfigError);
    expect(translate).toThrow(message);
    expect(translate).toThrow(`at offset ${offset}:`);
  });
});
