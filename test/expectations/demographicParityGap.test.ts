import { expect, it } from "vitest";
import { demographicParityGap } from "../../src/expectations/index.js";
import { told } from "./models.js";
import { outcomeOf, sameOutcome } from "./outcomes.js";

// fairlearn gives 0.2: three of five, and two of five.
const cells = {
  yhat: { type: "int8", values: [1, 0, 0, 1, 1, 1, 0, 0, 0, 1] },
  g: { type: "utf8", values: [..."aaaaabbbbb"] },
};
const columns = { prediction: "yhat" } as const;

it("agrees with fairlearn, and shows the groups", async () => {
  const outcome = await sameOutcome(
    cells,
    demographicParityGap(columns, { by: "g", positive: 1, atMost: 0.2 + 1e-9 }),
  );
  expect([outcome.status, told(outcome).value]).toEqual(["pass", expect.closeTo(0.2, 12)]);
  expect(outcome.observed).toMatchObject({
    groups: [
      { slice: "a", value: 0.6, rows: 5 },
      { slice: "b", value: 0.4, rows: 5 },
    ],
    groupsTotal: 2,
    groupsLeftOut: 0,
  });
  const broken = await outcomeOf(cells, demographicParityGap(columns, { by: "g", positive: 1, atMost: 0.1 }));
  expect(broken.status).toBe("fail");
});

it("leaves small groups out, and then no pass is had without the author's word", async () => {
  const few = {
    yhat: { type: "utf8", values: ["y", "y", "y", "n", "y", "y", null] },
    g: { type: "utf8", values: ["a", "a", "b", "c", "b", null, "c"] },
  };
  const of = (threshold: object) =>
    outcomeOf(few, demographicParityGap(columns, { by: "g", positive: "y", atMost: 0.1, ...threshold }));
  expect((await of({})).status).toBe("fail");
  const small = await of({ minRows: 2 });
  expect([small.status, small.message]).toEqual([
    "warn",
    "inconclusive: 2 of 4 groups have too few rows (1 unpredicted)",
  ]);
  expect((await of({ minRows: 2, inconclusive: "pass" })).status).toBe("pass");
  expect((await of({ minRows: 3 })).status).toBe("warn");
});

it("wants groups and a bound", () => {
  // @ts-expect-error a gap is between groups
  expect(() => demographicParityGap(columns, { positive: 1, atMost: 0.1 })).toThrow(/by/);
  // @ts-expect-error a gap has a bound
  expect(() => demographicParityGap(columns, { by: "g", positive: 1 })).toThrow(/atMost/);
});
