import { describe, expect, it } from "vitest";
import { columnCount } from "../../src/expectations/index.js";
import { outcomeOf } from "./outcomes.js";

const two = { a: { type: "int32", values: [1] }, b: { type: "utf8", values: ["x"] } };

describe("columnCount", () => {
  it("is compared with its bounds, exclusive ones too", async () => {
    const exact = await outcomeOf(two, columnCount({ min: 2, max: 2 }));
    expect([exact.status, exact.observed]).toEqual(["pass", 2]);
    expect((await outcomeOf(two, columnCount({ minExclusive: 2 }))).status).toBe("fail");
    expect((await outcomeOf(two, columnCount({ maxExclusive: 2 }))).status).toBe("fail");
    expect((await outcomeOf(two, columnCount({ max: 1 }, { onFail: "warn" }))).status).toBe("warn");
  });

  it("is judged on a table of no rows too", async () => {
    const empty = { a: { type: "int32", values: [] } };
    expect((await outcomeOf(empty, columnCount({ min: 1, max: 1 }))).status).toBe("pass");
  });

  it("refuses bounds that can't be meant, and a condition, which has no bearing on it", () => {
    expect(() => columnCount({})).toThrow(/needs min/);
    // @ts-expect-error columns are there or not
    expect(() => columnCount({ min: 1 }, { when: { a: { gt: 0 } } })).toThrow(/can't honour "when"/);
  });
});
