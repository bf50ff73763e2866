import { expect, it } from "vitest";
import { balancedAccuracy } from "../../src/expectations/index.js";
import { CLASSES, expectScore } from "./models.js";

const columns = { label: "y", prediction: "yhat" };

it("agrees with scikit-learn", async () => {
  const { status } = await expectScore(CLASSES, balancedAccuracy(columns, { atLeast: 0.5 }), 0.55);
  expect(status).toBe("pass");
});

it("weighs a rare class as a common one", async () => {
  const y = [...new Array(98).fill("common"), "rare", "rare"];
  const cells = {
    y: { type: "utf8", values: y },
    yhat: { type: "utf8", values: y.map(() => "common") },
  };
  const { status } = await expectScore(cells, balancedAccuracy(columns, { atLeast: 0.9 }), 0.5);
  expect(status).toBe("fail");
});

it("has no confidence bounds", () => {
  // @ts-expect-error there is no formula for them here
  expect(() => balancedAccuracy(columns, { atLeast: 0.5, confidence: 0.9 })).toThrow(/"confidence"/);
});
