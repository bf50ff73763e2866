import { expect, it } from "vitest";
import { calibrationError } from "../../src/expectations/index.js";
import { expectScore, SCORES, told } from "./models.js";
import { outcomeOf } from "./outcomes.js";

const columns = { label: "y", score: "p" };

it("agrees with scikit-learn", async () => {
  await expectScore(SCORES, calibrationError(columns, { positive: true, atMost: 0.9 }), 0.2416666666666667);
});

it("bins as it is told", async () => {
  const one = calibrationError(columns, { positive: true, bins: 1, atMost: 0.1 });
  // The mean score is 6.2 / 12, the share of positives a half.
  const outcome = await expectScore(SCORES, one, 6.2 / 12 - 0.5);
  expect(outcome.status).toBe("pass");
});

it("is NaN, which fails, of a score that is no probability", async () => {
  const cells = { y: { type: "int8", values: [1, 0] }, p: { type: "float64", values: [0.9, 1.1] } };
  const outcome = await outcomeOf(cells, calibrationError(columns, { positive: 1, atMost: 100 }));
  expect([outcome.status, told(outcome).value]).toEqual(["fail", "NaN"]);
});

it("wants the positive class", async () => {
  // @ts-expect-error which label is positive can't be guessed
  expect(() => calibrationError(columns, { atMost: 1 })).toThrow(/positive/);
  const misfit = await outcomeOf(SCORES, calibrationError(columns, { positive: "yes", atMost: 1 }));
  expect([misfit.status, misfit.error?.code]).toEqual(["error", "config/bad-value"]);
});
