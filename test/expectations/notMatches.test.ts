import { describe, expect, it } from "vitest";
import { notMatches } from "../../src/expectations/index.js";
import { failedRows, outcomeOf, sameOutcome, seen } from "./outcomes.js";
import { columnOf } from "./tables.js";

const words = columnOf("utf8", ["fine", "a <Script>", null, ""]);

describe("notMatches", () => {
  it("fails a match anywhere, and skips nulls", async () => {
    expect(seen(await sameOutcome(words, notMatches("x", /<script/i)))).toEqual({
      status: "fail",
      nulls: 1,
      judged: 3,
      failed: 1,
      failing: [1],
    });
    expect((await sameOutcome(words, notMatches("x", /<script/))).status).toBe("pass");
    expect(failedRows(await sameOutcome(words, notMatches("x", "^$")))).toEqual([3]);
  });

  it("fails nulls on request", async () => {
    expect(failedRows(await sameOutcome(words, notMatches("x", /<script/i, { nulls: "fail" })))).toEqual([
      1, 2,
    ]);
  });

  it("passes what has nothing to judge", async () => {
    expect((await sameOutcome(columnOf("utf8", []), notMatches("x", /a/))).status).toBe("pass");
    expect((await sameOutcome(columnOf("utf8", [null, null]), notMatches("x", /a/))).status).toBe("pass");
  });

  it("refuses a pattern that can't run in linear time, and a column that isn't text", async () => {
    expect(() => notMatches("x", /(?!a)/)).toThrow(/linear/);
    expect((await outcomeOf(columnOf("float64", [1]), notMatches("x", /1/))).status).toBe("error");
  });
});
