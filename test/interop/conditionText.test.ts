import { describe, expect, it } from "vitest";
import { notNull } from "../../src/expectations/index.js";
import { make } from "../../src/expectations/unit/make.js";
import { conditionFromText } from "../../src/interop/greatExpectations/conditionText.js";
import { conditionFromData } from "../../src/interop/greatExpectations/twoValued.js";
import { outcomeOf } from "../expectations/outcomes.js";

const table = {
  x: { type: "int64", values: [1, 5, 9, null] },
  y: { type: "utf8", values: ["a", "b", null, "a"] },
  "two words": { type: "bool", values: [true, false, null, true] },
};

/** The rows that a condition selects: those that a rule which all of them break fails. */
async function selected(condition: object): Promise<number[]> {
  const rule = make(notNull.unit, { column: "nothing", when: condition });
  const outcome = await outcomeOf(
    { ...table, nothing: { type: "null", values: [null, null, null, null] } },
    rule as never,
  );
  if (outcome.status === "error") throw new Error(outcome.message);
  return (outcome.sample?.items ?? []).map(({ row }) => row);
}

describe("row conditions", () => {
  it.each<[string, number[]]>([
    ["x > 5", [2]],
    ["x >= 5 and y == 'b'", [1]],
    ['col("x") < 5', [0]],
    ['col("y").notNull()', [0, 1, 3]],
    ['col("y").isNull()', [2]],
    ["y.isnull()", [2]],
    ["x == 1 or x == 9", [0, 2]],
    ["x == 1 | x == 9 & y == 'q'", [0]],
    ["(x == 1 | x == 9) & ~(y == 'a')", [2]],
    ["1 < x < 9", [1]],
    ["5 <= x", [1, 2]],
    ["x in [1, 9]", [0, 2]],
    ["y not in ('a', \"b\")", [2]],
    ["x != 5", [0, 2, 3]],
    ["not (x != 5)", [1]],
    ["`two words` == True", [0, 3]],
    ["`two words`", [0, 3]],
    ["not `two words`", [1, 2]],
    ["x > -1 && y = 'a'", [0]],
    ["y IS NOT NULL AND x IS NULL", [3]],
  ])("%s", async (text, rows) => {
    expect(await selected(conditionFromText(text))).toEqual(rows);
  });

  it.each([
    ["x > z", /columns x and z/],
    ["x >", /ends too soon/],
    ["len(x) > 1", /len\(\) is not known/],
    ["x > 1 y", /goes on at "y"/],
    ["(x > 1", /"\)" is missing/],
    ["x @ 1", /can't be read/],
    ["x == None", /with null/],
    ["1 == 1", /two values/],
  ])("refuses %s", (text, why) => {
    expect(() => conditionFromText(text)).toThrow(why);
  });

  it("are read from data too", async () => {
    const comparison = { type: "comparison", column: { name: "x" }, operator: "!=", parameter: 5 };
    const nullity = { type: "nullity", column: { name: "y" }, is_null: false };
    expect(await selected(conditionFromData({ type: "and", conditions: [comparison, nullity] })!)).toEqual([
      0, 3,
    ]);
    const listed = { type: "comparison", column: { name: "x" }, operator: "NOT_IN", parameter: [1, 5] };
    expect(await selected(conditionFromData({ type: "or", conditions: [listed] })!)).toEqual([2, 3]);
    expect(conditionFromData({ type: "pass_through" })).toBeUndefined();
  });
});
