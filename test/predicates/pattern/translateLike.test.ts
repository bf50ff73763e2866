import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConfigError } from "../../../src/errors/index.js";
import { compilePattern, translateLike } from "../../../src/predicates/pattern/index.js";

const like = (pattern: string, text: string, options?: Parameters<typeof translateLike>[1]) =>
  compilePattern(translateLike(pattern, options)).search(text);

/** LIKE by its definition, one code point at a time. */
function likeByDefinition(pattern: readonly string[], text: readonly string[], mark?: string): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return text.length === 0;
  if (first === mark) return text[0] === rest[0] && likeByDefinition(rest.slice(1), text.slice(1), mark);
  if (first === "%") {
    return (
      likeByDefinition(rest, text, mark) ||
      (text.length > 0 && likeByDefinition(pattern, text.slice(1), mark))
    );
  }
  return (
    text.length > 0 && (first === "_" || first === text[0]) && likeByDefinition(rest, text.slice(1), mark)
  );
}

describe("translateLike", () => {
  it("means what LIKE means, for any pattern and escape", () => {
    const char = fc.constantFrom(
      "a",
      "A",
      "b",
      "%",
      "_",
      "!",
      ".",
      "*",
      "[",
      "]",
      "^",
      "$",
      "\\",
      "\n",
      "\u{1f600}",
    );
    const chars = fc.array(char, { maxLength: 7 });
    fc.assert(
      fc.property(
        chars,
        chars,
        fc.constantFrom(undefined, "!", "\\", "%", "\u{1f600}"),
        (pattern, text, mark) => {
          let position = 0;
          while (position < pattern.length) position += pattern[position] === mark ? 2 : 1;
          fc.pre(position === pattern.length);
          const options = mark === undefined ? {} : { escape: mark };
          expect(like(pattern.join(""), text.join(""), options)).toBe(likeByDefinition(pattern, text, mark));
        },
      ),
      { numRuns: 3000 },
    );
  });

  it("is anchored and writes what RE2 reads", () => {
    expect(translateLike("50!%%", { escape: "!" })).toBe("^50%(?s:.)*$");
    expect(translateLike("a_[b]")).toBe("^a(?s:.)\\[b\\]$");
    expect(translateLike("")).toBe("^$");
  });

  it("reads classes where brackets are T-SQL's", () => {
    const brackets = { brackets: true };
    expect(like("[a-c]x", "bx", brackets)).toBe(true);
    expect(like("[^a-c]x", "bx", brackets)).toBe(false);
    expect(like("5[%]", "5%", brackets)).toBe(true);
    expect(like("5[%]", "51", brackets)).toBe(false);
    expect(like("[[]a]", "[a]", brackets)).toBe(true);
    expect(like("[-a]", "-", brackets)).toBe(true);
    expect(like("[\\d]", "\\", brackets)).toBe(true);
    expect(like("[!]]", "]", { brackets: true, escape: "!" })).toBe(true);
  });

  it.each([
    ["a!", { escape: "!" }, /ends the pattern/],
    ["[a", { brackets: true }, /never closed/],
    ["[b-a]", { brackets: true }, /out of order/],
    ["a", { escape: "!!" }, /not one character/],
    ["a", { escape: "" }, /not one character/],
    ["a".repeat(10_001), {}, /limit/],
  ])("refuses %s with %o", (pattern, options, message) => {
    const translate = () => translateLike(pattern, options);
    expect(translate).toThrow(ConfigError);
    expect(translate).toThrow(message);
  });
});
