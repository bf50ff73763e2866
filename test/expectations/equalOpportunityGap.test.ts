import { expect, it } from "vitest";
import { equalOpportunityGap } from "../../src/expectations/index.js";
import { told } from "./models.js";
import { outcomeOf, sameOutcome } from "./outcomes.js";

const columns = { label: "y", prediction: "yhat" } as const;

it("is the gap of the groups' recalls", async () => {
  const cells = {
    y: { type: "int8", values: [1, 0, 1, 1, 0, 1, 1, 1, 1, null] },
    yhat: { type: "int8", values: [1, 1, 0, 1, 1, 1, 0, 0, 0, 1] },
    g: { type: "bool", values: [true, true, true, true, true, false, false, false, false, false] },
  };
  // Two of three against one of four.
  const outcome = await sameOutcome(
    cells,
    equalOpportunityGap(columns, { by: "g", positive: 1, atMost: 0.4 }),
  );
  expect([outcome.status, told(outcome).value]).toEqual(["fail", expect.closeTo(2 / 3 - 1 / 4, 12)]);
  expect(told(outcome).unlabelled).toBe(1);
  const wider = await outcomeOf(cells, equalOpportunityGap(columns, { by: "g", positive: 1, atMost: 0.42 }));
  expect(wider.status).toBe("pass");
});

it("can't tell of a group without a row of the class", async () => {
  const cells = {
    y: { type: "utf8", values: ["y", "y", "n"] },
    yhat: { type: "utf8", values: ["y", "y", "y"] },
    g: { type: "int32", values: [1, 1, 2] },
  };
  const outcome = await outcomeOf(
    cells,
    equalOpportunityGap(columns, { by: "g", positive: "y", atMost: 0.1 }),
  );
  expect([outcome.status, told(outcome).value]).toEqual(["warn", 0]);
});
