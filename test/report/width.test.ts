import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutTo, fitTo, headOf, widthOf, wrapTo } from "../../src/report/width.js";

describe("widthOf", () => {
  it.each([
    ["plain", 5],
    ["漢字", 4],
    ["한글", 4],
    ["ｆｕｌｌ", 8],
    ["e\u0301", 1],
    ["🎉", 2],
    ["é", 1],
    ["", 0],
  ])("counts the columns of %j as %i", (text, width) => {
    expect(widthOf(text)).toBe(width);
  });
});

describe("cutTo", () => {
  it.each([
    ["abcdef", 6, "abcdef"],
    ["abcdefg", 6, "abcde…"],
    ["漢字漢字", 8, "漢字漢字"],
    ["漢字漢字", 7, "漢字漢…"],
    ["漢字漢字", 6, "漢字…"],
    ["e\u0301e\u0301e\u0301", 2, "e\u0301…"],
  ])("cuts %j to %i columns", (text, width, cut) => {
    expect(cutTo(text, width)).toBe(cut);
  });

  it("never takes more room than it has, nor many more characters", () => {
    const text = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.string({ unit: "binary" }),
      fc.constant(`a${"\u0301".repeat(10_000)}`),
    );
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 40 }), (from, width) => {
        const cut = cutTo(from, width);
        expect(widthOf(cut)).toBeLessThanOrEqual(width);
        expect(cut.length).toBeLessThanOrEqual(width * 8 + 1);
        if (cut !== from) expect(from.startsWith(cut.slice(0, -1))).toBe(true);
      }),
    );
  });
});

describe("fitTo", () => {
  it("fills either side to the very column", () => {
    expect(fitTo("漢", 4)).toBe("漢  ");
    expect(fitTo("7", 4, "right")).toBe("   7");
    expect(fitTo("漢字漢", 4)).toBe("漢… ");
  });
});

describe("headOf", () => {
  it("cuts by code points and never through a pair", () => {
    expect(headOf("🎉🎉🎉", 3)).toBe("🎉🎉🎉");
    expect(headOf("🎉🎉🎉🎉", 3)).toBe("🎉🎉…");
    expect(headOf("abc", 3)).toBe("abc");
    expect(headOf("a🎉bcd", 3)).toBe("a🎉…");
  });
});

describe("wrapTo", () => {
  it("breaks at spaces, cuts what is too long, and says when lines are missing", () => {
    expect(wrapTo("one two three four", 9, 4)).toEqual(["one two", "three", "four"]);
    expect(wrapTo("one two three four", 9, 2)).toEqual(["one two", "three …"]);
    expect(wrapTo("incomprehensibilities", 9, 2)).toEqual(["incompre…"]);
  });
});
