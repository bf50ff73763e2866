import { expect, it } from "vitest";
import { chiSquarePValueAbove } from "../../src/expectations/index.js";
import { verdict } from "./frequencies.js";

const die = { values: [1, 2, 3], weights: [0.5, 0.25, 0.25] };

it("is the p-value of the goodness of fit", async () => {
  // scipy.stats.chisquare([6, 1, 1], [4, 2, 2]).pvalue
  const cells = [1, 1, 1, 1, 1, 1, 2, 3, null];
  const { status, observed, details } = await verdict("int32", cells, chiSquarePValueAbove("x", die, 0.36));
  expect(status).toBe("pass");
  expect(observed).toBeCloseTo(0.36787944117144233, 14);
  expect(details).toEqual({ statistic: 2, dof: 2, unexpectedValues: 0 });
  expect((await verdict("int32", cells, chiSquarePValueAbove("x", die, 0.37))).status).toBe("fail");
});

it("is 0 where a value isn't expected, unless a holdout leaves it a share", async () => {
  const cells = [1, 1, 2, 3, 4];
  expect(await verdict("int32", cells, chiSquarePValueAbove("x", die, 0))).toMatchObject({
    status: "fail",
    observed: 0,
  });
  const held = chiSquarePValueAbove("x", die, 0.05, { holdout: 0.2 });
  expect(await verdict("int32", cells, held)).toMatchObject({ status: "pass", observed: 1 });
});

it("takes NaN for a value that isn't expected, unless it is left out", async () => {
  const cells = [1, 1, 2, 3, Number.NaN];
  expect((await verdict("float64", cells, chiSquarePValueAbove("x", die, 0.05))).observed).toBe(0);
  expect(
    (await verdict("float64", cells, chiSquarePValueAbove("x", die, 0.05, { nan: "null" }))).observed,
  ).toBe(1);
});
