import { expect, it } from "vitest";
import { mcc } from "../../src/expectations/index.js";
import { CLASSES, expectScore } from "./models.js";
import { outcomeOf } from "./outcomes.js";

const columns = { label: "y", prediction: "yhat" };

it("agrees with scikit-learn", async () => {
  const { status } = await expectScore(CLASSES, mcc(columns, { atLeast: 0.6 }), 0.5379746835443038);
  expect(status).toBe("fail");
});

it("has no value where all labels are of one class, which is no pass", async () => {
  const cells = { y: { type: "int8", values: [1, 1] }, yhat: { type: "int8", values: [1, 0] } };
  const outcome = await outcomeOf(cells, mcc(columns, { atLeast: -1 }));
  expect([outcome.status, outcome.message]).toEqual(["fail", "labels or predictions of one class only"]);
  const skipped = await outcomeOf(cells, mcc(columns, { atLeast: -1 }, { onEmpty: "skip" }));
  expect(skipped.status).toBe("skipped");
});
