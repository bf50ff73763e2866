import { describe, expect, it } from "vitest";
import { columnSet } from "../../src/expectations/index.js";
import { outcomeOf } from "./outcomes.js";

function tableWith(...names: string[]) {
  return Object.fromEntries(names.map((name) => [name, { type: "int32", values: [1] }]));
}

async function judged(names: string[], ...rest: Parameters<typeof columnSet>) {
  const { status, details } = await outcomeOf(tableWith(...names), columnSet(...rest));
  return [status, details];
}

describe("columnSet", () => {
  it("holds the table to exactly the list, in any order, unless told otherwise", async () => {
    expect(await judged(["b", "a"], ["a", "b"])).toEqual(["pass", { missing: [], unexpected: [] }]);
    expect(await judged(["a", "c"], ["a", "b"])).toEqual(["fail", { missing: ["b"], unexpected: ["c"] }]);
    expect(await judged(["a", "b", "c"], ["a", "b"])).toEqual(["fail", { missing: [], unexpected: ["c"] }]);
    expect(await judged(["a"], ["a", "b"], { match: "exact" })).toEqual([
      "fail",
      { missing: ["b"], unexpected: [] },
    ]);
  });

  it("lets the table lack columns as a subset, and have no others", async () => {
    expect((await judged(["a"], ["a", "b"], { match: "subset" }))[0]).toBe("pass");
    expect(await judged(["a", "c"], ["a", "b"], { match: "subset" })).toEqual([
      "fail",
      { missing: [], unexpected: ["c"] },
    ]);
  });

  it("lets the table have others as a superset, and lack none", async () => {
    expect((await judged(["a", "b", "c"], ["a", "b"], { match: "superset" }))[0]).toBe("pass");
    expect(await judged(["a", "c"], ["a", "b"], { match: "superset" })).toEqual([
      "fail",
      { missing: ["b"], unexpected: [] },
    ]);
  });

  it("takes names as they stand, odd ones too", async () => {
    const names = ["", "a.b", "__proto__x", "2021", "1"];
    expect((await judged(names, [...names].reverse()))[0]).toBe("pass");
    expect((await judged(["A"], ["a"]))[0]).toBe("fail");
  });

  it("observes the columns and says what differs", async () => {
    const outcome = await outcomeOf(tableWith("a", "c"), columnSet(["a", "b"]));
    expect(outcome.observed).toEqual(["a", "c"]);
    expect(outcome.message).toBe('missing: ["b"]; not expected: ["c"]');
    expect(outcome.expected).toBe('the columns are exactly ["a", "b"]');
  });

  it("refuses a list that names a column twice, and a match it doesn't know", () => {
    expect(() => columnSet(["a", "a"])).toThrow(/names a column twice/);
    // @ts-expect-error no such match
    expect(() => columnSet(["a"], { match: "some" })).toThrow(/match/);
  });
});
