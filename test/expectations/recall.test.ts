import { expect, it } from "vitest";
import { recall } from "../../src/expectations/index.js";
import { proportionInterval } from "../../src/stats/index.js";
import { CLASSES, expectScore, told } from "./models.js";
import { outcomeOf } from "./outcomes.js";

const columns = { label: "y", prediction: "yhat" };

it("agrees with scikit-learn on one class and on averages", async () => {
  const one = await expectScore(CLASSES, recall(columns, { positive: 2, atLeast: 0.5 }), 0.6);
  expect(one.expected).toBe("recall of class 2 of yhat against y is at least 0.5");
  await expectScore(CLASSES, recall(columns, { average: "macro", atLeast: 0.5 }), 0.44);
  await expectScore(CLASSES, recall(columns, { average: "micro", atLeast: 0.5 }), 0.6666666666666666);
  await expectScore(CLASSES, recall(columns, { average: "weighted", atLeast: 0.5 }), 0.6666666666666666);
});

it("has Wilson's bounds for one class", async () => {
  const seen = told(
    await outcomeOf(CLASSES, recall(columns, { positive: 2, atLeast: 0.5, confidence: 0.9 })),
  );
  const [lower, upper] = proportionInterval(3, 5, 0.9)!;
  expect([seen.lower, seen.upper]).toEqual([expect.closeTo(lower!, 12), expect.closeTo(upper!, 12)]);
});

it("has no value where nothing is to be divided by, which is no pass", async () => {
  const cells = { y: { type: "utf8", values: ["a", "a"] }, yhat: { type: "utf8", values: ["b", "b"] } };
  const outcome = await outcomeOf(cells, recall(columns, { positive: "b", atLeast: 0 }));
  expect([outcome.status, outcome.message]).toEqual(["fail", expect.stringMatching(/^no row/)]);
});

it("wants one class or one average, and a class that the columns can hold", async () => {
  expect(() => recall(columns, { atLeast: 0.5 })).toThrow(/needs positive or average/);
  expect(() => recall(columns, { positive: 1, average: "macro", atLeast: 0.5 })).toThrow(/not both/);
  expect(() => recall(columns, { average: "micro", atLeast: 0.5, confidence: 0.9 })).toThrow(
    /only with positive/,
  );
  const misfit = await outcomeOf(CLASSES, recall(columns, { positive: "yes", atLeast: 0.5 }));
  expect([misfit.status, misfit.error?.code]).toEqual(["error", "config/bad-value"]);
});
