import { expect, it } from "vitest";
import { ksPValueAbove } from "../../src/expectations/index.js";
import { ksOneSample } from "../../src/stats/index.js";
import { verdict } from "./frequencies.js";

const errors = [-1.2, 0.3, 0.8, -0.4, 1.9, 0.1];

it("is the exact p-value against the law that is given", async () => {
  const { pValue } = ksOneSample(errors, { name: "norm", parameters: [0, 1] });
  const standard = ksPValueAbove("x", "norm", pValue!);
  expect(await verdict("float64", [...errors, null], standard)).toMatchObject({
    status: "pass",
    observed: pValue,
  });
  const shifted = ksPValueAbove("x", "norm", 0.05, { parameters: [5, 1] });
  expect((await verdict("float64", errors, shifted)).status).toBe("fail");
});

it("fails NaN, and leaves it out on request", async () => {
  const nan = [...errors, Number.NaN];
  expect(await verdict("float64", nan, ksPValueAbove("x", "norm", 0))).toMatchObject({
    status: "fail",
    observed: null,
  });
  expect((await verdict("float64", nan, ksPValueAbove("x", "norm", 0.05, { nan: "skip" }))).status).toBe(
    "pass",
  );
});

it("reads decimals in their own unit", async () => {
  const uniform = ksPValueAbove("x", "uniform", 0.5);
  expect((await verdict("decimal128(5, 2)", ["0.10", "0.50", "0.90"], uniform)).status).toBe("pass");
});

it("refuses a law it doesn't know, and parameters outside the law's domain", () => {
  expect(() => ksPValueAbove("x", "gauss" as never, 0.05)).toThrow(/distribution/);
  expect(() => ksPValueAbove("x", "gamma", 0.05)).toThrow(/domain/);
  expect(() => ksPValueAbove("x", "norm", 0.05, { parameters: [0, -1] })).toThrow(/domain/);
});
