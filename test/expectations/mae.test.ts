import { expect, it } from "vitest";
import { mae } from "../../src/expectations/index.js";
import { expectScore, NUMBERS, told } from "./models.js";
import { outcomeOf } from "./outcomes.js";

const columns = { label: "y", prediction: "yhat" };

it("agrees with scikit-learn", async () => {
  const { status } = await expectScore(
    NUMBERS,
    mae(columns, { atMost: 0.5357142857142857 + 0.001 }),
    0.5357142857142857,
  );
  expect(status).toBe("pass");
  expect((await outcomeOf(NUMBERS, mae(columns, { atMost: 0.5357142857142857 - 0.001 }))).status).toBe(
    "fail",
  );
});

it("has normal bounds", async () => {
  const seen = told(await outcomeOf(NUMBERS, mae(columns, { atMost: 9, confidence: 0.95 })));
  expect([seen.lower, seen.upper]).toEqual([
    expect.closeTo(0.3081967605667172, 10),
    expect.closeTo(0.7632318108618542, 10),
  ]);
});

it("follows infinities", async () => {
  const infinity = Number.POSITIVE_INFINITY;
  const of = async (y: number[], yhat: number[]) => {
    const cells = { y: { type: "float64", values: y }, yhat: { type: "float64", values: yhat } };
    return told(await outcomeOf(cells, mae(columns, { atMost: 1 }))).value;
  };
  expect(await of([0, 1], [infinity, 1])).toBe("Infinity");
  expect(await of([0, 1], [-infinity, 1])).toBe("Infinity");
  expect(await of([infinity, 1], [infinity, 1])).toBe("NaN");
  expect(await of([0, 1], [1e200, 1])).toBe(5e199);
});
