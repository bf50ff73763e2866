import { describe, expect, it } from "vitest";
import { foldCase, probeSet, setOf } from "../../../src/predicates/pattern/re2Sets.js";

describe("re2Sets", () => {
  it.each([
    ...[
      "a",
      "(?i:k)",
      "(?i:[k-s])",
      "[^a]",
      ".",
      "(?s:.)",
      "[^\\x{0}-\\x{10FFFF}]",
      "\\x{10FFFF}",
      "[[:^word:]]",
    ],
    ...["\\p{L}", "\\P{L}", "(?i:\\P{Lu})", "\\p{Cn}", "\\p{Greek}"],
  ])("reads out of re2js what %s matches", (re2) => {
    expect(setOf(re2)).toEqual(probeSet(re2));
  });

  it("folds letters to all that fold to them, and leaves the rest", () => {
    expect(foldCase([0x6b, 0x6b])).toEqual([0x4b, 0x4b, 0x6b, 0x6b, 0x212a, 0x212a]);
    expect(foldCase([0x30, 0x39])).toEqual([0x30, 0x39]);
    expect(foldCase([])).toEqual([]);
    expect(foldCase([0, 0x10ffff])).toEqual([0, 0x10ffff]);
  });
});
