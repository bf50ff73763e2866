import { describe, expect, it } from "vitest";
import { matches } from "../../src/expectations/index.js";
import { failedRows, outcomeOf, sameOutcome, seen } from "./outcomes.js";
import { columnOf } from "./tables.js";

const words = columnOf("utf8", ["cat", "concatenate", "CAT", "", null, "dog\ncat"]);

describe("matches", () => {
  it("finds a match anywhere, unless the pattern is anchored", async () => {
    expect(seen(await sameOutcome(words, matches("x", /cat/)))).toEqual({
      status: "fail",
      nulls: 1,
      judged: 5,
      failed: 2,
      failing: [2, 3],
    });
    expect(failedRows(await sameOutcome(words, matches("x", /^cat$/)))).toEqual([1, 2, 3, 5]);
  });

  it("keeps the flags i, m and s", async () => {
    expect(failedRows(await sameOutcome(words, matches("x", /^cat$/i)))).toEqual([1, 3, 5]);
    expect(failedRows(await sameOutcome(words, matches("x", /^cat$/m)))).toEqual([1, 2, 3]);
    expect(failedRows(await sameOutcome(words, matches("x", /g.cat/s)))).toEqual([0, 1, 2, 3]);
    expect(failedRows(await sameOutcome(words, matches("x", /g.cat/)))).toEqual([0, 1, 2, 3, 5]);
  });

  it("takes RE2 as text", async () => {
    expect(failedRows(await sameOutcome(words, matches("x", "(?i)\\Acat\\z")))).toEqual([1, 3, 5]);
  });

  it("works in code points", async () => {
    const cells = columnOf("utf8", ["😀", "😀😀", "é", "e\u0301"]);
    expect(failedRows(await sameOutcome(cells, matches("x", /^.$/u)))).toEqual([1, 3]);
  });

  it("fails nulls on request, and passes what has nothing to judge", async () => {
    expect(failedRows(await sameOutcome(words, matches("x", /|/, { nulls: "fail" })))).toEqual([4]);
    expect((await sameOutcome(columnOf("utf8", []), matches("x", /a/))).status).toBe("pass");
    expect((await sameOutcome(columnOf("utf8", [null]), matches("x", /a/))).status).toBe("pass");
  });

  it("refuses at construction what can't run in linear time, and flags that mean nothing", () => {
    expect(() => matches("x", /(?=a)/)).toThrow(/linear/);
    expect(() => matches("x", /(a)\1/)).toThrow(/linear/);
    expect(() => matches("x", /a/g)).toThrow(/g/);
  });

  it("is an error on a column that isn't text", async () => {
    expect((await outcomeOf(columnOf("int32", [1]), matches("x", /1/))).error?.code).toBe("config/bad-value");
  });

  it("stores a RegExp as data and shows it in the claim", async () => {
    const expectation = matches("x", /^\d+$/i);
    expect(expectation).toMatchObject({ pattern: { source: "^\\d+$", flags: "i" } });
    expect((await outcomeOf(words, expectation)).expected).toBe("x matches /^\\d+$/i");
  });
});
