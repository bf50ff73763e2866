import { describe, expect, it } from "vitest";
import { distinctFraction } from "../../src/expectations/index.js";
import { sameOutcome } from "./outcomes.js";
import { type Cell, columnOf } from "./tables.js";

async function observed(
  type: string,
  values: readonly Cell[],
  bounds: Parameters<typeof distinctFraction>[1],
) {
  const outcome = await sameOutcome(columnOf(type, values), distinctFraction("x", bounds));
  return [outcome.status, outcome.observed];
}

describe("distinctFraction", () => {
  it("divides distinct values by the rows that hold one", async () => {
    expect(await observed("utf8", ["a", "b", "a", null, "c"], { min: 0.75, max: 0.75 })).toEqual([
      "pass",
      0.75,
    ]);
    expect(await observed("int64", [1, 2, 3, null], { min: 1 })).toEqual(["pass", 1]);
    expect(await observed("int64", [1, 1], { minExclusive: 0.5 })).toEqual(["fail", 0.5]);
    expect(await observed("int64", [1, 1], { maxExclusive: 0.5 })).toEqual(["fail", 0.5]);
  });

  it("has NaN equal NaN", async () => {
    expect(await observed("float64", [Number.NaN, Number.NaN, 1, 2], { min: 0.75 })).toEqual(["pass", 0.75]);
  });

  it("has no value to judge in an empty table or column", async () => {
    for (const [type, values] of [
      ["int32", []],
      ["utf8", [null]],
      ["null", [null]],
    ] as const) {
      expect(await observed(type, values, { max: 1 })).toEqual(["fail", undefined]);
    }
    const passes = distinctFraction("x", { min: 1 }, { onEmpty: "pass" });
    expect((await sameOutcome(columnOf("utf8", [null]), passes)).status).toBe("pass");
  });

  it("looks at the rows its condition selects", async () => {
    const expectation = distinctFraction("x", { min: 1 }, { when: { x: { ne: 3 } } });
    expect((await sameOutcome(columnOf("int32", [1, 3, 3, 2]), expectation)).observed).toBe(1);
  });

  it("refuses bounds outside 0 to 1", () => {
    expect(() => distinctFraction("x", { max: 2 })).toThrow(/max/);
    expect(() => distinctFraction("x", { min: -1 })).toThrow(/min/);
    expect(() => distinctFraction("x", {})).toThrow(/needs min/);
  });
});
