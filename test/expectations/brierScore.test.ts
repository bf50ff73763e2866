import { expect, it } from "vitest";
import { brierScore } from "../../src/expectations/index.js";
import { expectScore, SCORES, told } from "./models.js";
import { outcomeOf } from "./outcomes.js";

const columns = { label: "y", score: "p" };

it("agrees with scikit-learn", async () => {
  await expectScore(SCORES, brierScore(columns, { positive: true, atMost: 0.9 }), 0.23416666666666666);
});

it("has normal bounds", async () => {
  const seen = told(
    await outcomeOf(SCORES, brierScore(columns, { positive: true, atMost: 0.5, confidence: 0.95 })),
  );
  const middle = (seen.lower! + seen.upper!) / 2;
  expect(seen.value).toBeCloseTo(middle, 12);
  expect(seen.upper! - middle).toBeCloseTo(0.12301600735176413, 5);
});

it("is NaN, which fails, of a score that is no probability", async () => {
  const cells = { y: { type: "int8", values: [1, 0] }, p: { type: "float64", values: [0.9, 1.1] } };
  const outcome = await outcomeOf(cells, brierScore(columns, { positive: 1, atMost: 100 }));
  expect([outcome.status, told(outcome).value]).toEqual(["fail", "NaN"]);
});

it("wants the positive class", async () => {
  // @ts-expect-error which label is positive can't be guessed
  expect(() => brierScore(columns, { atMost: 1 })).toThrow(/positive/);
  const misfit = await outcomeOf(SCORES, brierScore(columns, { positive: "yes", atMost: 1 }));
  expect([misfit.status, misfit.error?.code]).toEqual(["error", "config/bad-value"]);
});
