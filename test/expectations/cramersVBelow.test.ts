import { describe, expect, it } from "vitest";
import { cramersVBelow } from "../../src/expectations/index.js";
import { sameOutcome } from "./outcomes.js";
import type { Cell } from "./tables.js";

function pair(type: string, a: readonly Cell[], b: readonly Cell[], other = type) {
  return { a: { type, values: a }, b: { type: other, values: b } };
}

describe("cramersVBelow", () => {
  it("is 1 where one column tells the other, and 0 where they are independent", async () => {
    const told = pair("utf8", ["a", "b", "c", "a"], ["x", "y", "z", "x"]);
    expect(await sameOutcome(told, cramersVBelow("a", "b", 0.99))).toMatchObject({
      status: "fail",
      observed: 1,
    });
    const apart = pair("utf8", ["a", "a", "b", "b"], ["x", "y", "x", "y"]);
    expect(await sameOutcome(apart, cramersVBelow("a", "b", 0))).toMatchObject({
      status: "pass",
      observed: 0,
    });
  });

  it("puts numbers into equal intervals, or into those that are given", async () => {
    const steps = pair("float64", [0, 1, 2, 3], ["x", "x", "y", "y"], "utf8");
    const halves = cramersVBelow("a", "b", 1, { leftLevels: 2 });
    expect((await sameOutcome(steps, halves)).details).toMatchObject({ dof: 1 });
    const edges = cramersVBelow("a", "b", 1, { leftLevels: [0, 1, 2] });
    expect((await sameOutcome(steps, edges)).details).toMatchObject({ dof: 2 });
  });

  it("puts the values that aren't the most common together", async () => {
    const cells = pair("utf8", ["a", "a", "b", "b", "c", "d"], ["x", "x", "y", "y", "z", "z"]);
    expect((await sameOutcome(cells, cramersVBelow("a", "b", 1, { leftLevels: 1 }))).details).toMatchObject({
      dof: 2,
    });
  });

  it("puts groups of values together", async () => {
    const cells = pair("utf8", ["a", "b", "c", "d"], ["x", "x", "y", "y"]);
    const grouped = cramersVBelow("a", "b", 1, { leftLevels: [["a", "b"], ["c"]] });
    expect(await sameOutcome(cells, grouped)).toMatchObject({ observed: 1, details: { dof: 2 } });
  });

  it("leaves rows without a value out, or makes them a level", async () => {
    const cells = pair("float64", [1, 1, 2, 2, Number.NaN], ["x", "y", "x", "y", null], "utf8");
    expect((await sameOutcome(cells, cramersVBelow("a", "b", 0))).observed).toBe(0);
    expect((await sameOutcome(cells, cramersVBelow("a", "b", 1, { nullLevel: true }))).observed).toBeCloseTo(
      Math.SQRT1_2,
      14,
    );
  });

  it("has no association of a column of one level", async () => {
    const cells = pair("int32", [1, 1], [1, 2]);
    expect((await sameOutcome(cells, cramersVBelow("a", "b", 1))).status).toBe("fail");
    expect((await sameOutcome(cells, cramersVBelow("a", "b", 1, { onEmpty: "skip" }))).status).toBe(
      "skipped",
    );
  });
});
