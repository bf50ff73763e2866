import { expect, it } from "vitest";
import { bias } from "../../src/expectations/index.js";
import { expectScore, NUMBERS, told } from "./models.js";
import { outcomeOf } from "./outcomes.js";

const columns = { label: "y", prediction: "yhat" };

it("agrees with scikit-learn", async () => {
  const { status } = await expectScore(
    NUMBERS,
    bias(columns, { atMost: 0.03571428571428571 + 0.001 }),
    0.03571428571428571,
  );
  expect(status).toBe("pass");
  expect((await outcomeOf(NUMBERS, bias(columns, { atMost: 0.03571428571428571 - 0.001 }))).status).toBe(
    "fail",
  );
});

it("has normal bounds", async () => {
  const seen = told(await outcomeOf(NUMBERS, bias(columns, { atMost: 9, confidence: 0.95 })));
  expect([seen.lower, seen.upper]).toEqual([
    expect.closeTo(-0.3892558624434955, 10),
    expect.closeTo(0.4606844338720669, 10),
  ]);
});

it("follows infinities", async () => {
  const infinity = Number.POSITIVE_INFINITY;
  const of = async (y: number[], yhat: number[]) => {
    const cells = { y: { type: "float64", values: y }, yhat: { type: "float64", values: yhat } };
    return told(await outcomeOf(cells, bias(columns, { atMost: 1 }))).value;
  };
  expect(await of([0, 1], [infinity, 1])).toBe("Infinity");
  expect(await of([0, 1], [-infinity, 1])).toBe("-Infinity");
  expect(await of([infinity, 1], [infinity, 1])).toBe("NaN");
  expect(await of([0, 1], [1e200, 1])).toBe(5e199);
});
