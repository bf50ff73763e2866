import { expect, it } from "vitest";
import { r2 } from "../../src/expectations/index.js";
import { expectScore, NUMBERS, told } from "./models.js";
import { outcomeOf } from "./outcomes.js";

const columns = { label: "y", prediction: "yhat" };

it("agrees with scikit-learn", async () => {
  const { status } = await expectScore(
    NUMBERS,
    r2(columns, { atMost: 0.9542550101655533 + 0.001 }),
    0.9542550101655533,
  );
  expect(status).toBe("pass");
  expect((await outcomeOf(NUMBERS, r2(columns, { atMost: 0.9542550101655533 - 0.001 }))).status).toBe("fail");
});

it("follows infinities", async () => {
  const infinity = Number.POSITIVE_INFINITY;
  const of = async (y: number[], yhat: number[]) => {
    const cells = { y: { type: "float64", values: y }, yhat: { type: "float64", values: yhat } };
    return told(await outcomeOf(cells, r2(columns, { atMost: 1 }))).value;
  };
  expect(await of([0, 1], [infinity, 1])).toBe("NaN");
  expect(await of([0, 1], [-infinity, 1])).toBe("NaN");
  expect(await of([infinity, 1], [infinity, 1])).toBe("NaN");
  expect(await of([0, 1], [1e200, 1])).toBe("NaN");
});

it("has no value where all labels are equal, which is no pass", async () => {
  const cells = { y: { type: "int8", values: [1, 1] }, yhat: { type: "int8", values: [1, 0] } };
  const outcome = await outcomeOf(cells, r2(columns, { atMost: 1 }));
  expect([outcome.status, outcome.message]).toEqual(["fail", "all labels are equal"]);
});
