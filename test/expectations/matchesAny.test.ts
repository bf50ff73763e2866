import { expect, it } from "vitest";
import { matchesAny } from "../../src/expectations/index.js";
import { outcomeOf, sameOutcome, seen } from "./outcomes.js";
import { failingTexts } from "./parses.js";
import { columnOf } from "./tables.js";

const texts = ["A1", "A", "1", "x", "", null];

it("fails the texts it should, of either kind of pattern", async () => {
  expect(await failingTexts(texts, matchesAny("x", [/[A-Z]/, /[0-9]/]))).toEqual(["x", ""]);
  expect(await failingTexts(texts, matchesAny("x", ["(?i)[a-w]", "^[0-9]|[0-9]$"]))).toEqual(["x", ""]);
});

it("skips nulls, and fails them on request", async () => {
  expect(seen(await sameOutcome(columnOf("utf8", texts), matchesAny("x", [/A/])))).toMatchObject({
    nulls: 1,
    judged: 5,
  });
  const strict = matchesAny("x", [/A/], { nulls: "fail" });
  expect(seen(await sameOutcome(columnOf("utf8", [null]), strict))).toMatchObject({ failing: [0] });
});

it("refuses an empty list and a pattern that needs look-ahead, and is an error for what is no text", async () => {
  expect(() => matchesAny("x", [])).toThrow(/needs a pattern/);
  expect(() => matchesAny("x", [/a/, /(?=a)/])).toThrow(/patterns\[1\].*look-ahead/);
  expect((await outcomeOf(columnOf("int32", [1]), matchesAny("x", [/a/]))).status).toBe("error");
});
