import { expect, it } from "vitest";
import { meanNear } from "../../src/expectations/meanNear.js";
import { profile } from "../../src/validate/profile.js";
import { outcomeOf } from "./outcomes.js";
import { columnOf, tableOf } from "./tables.js";

// Mean 10, standard deviation 2.
const before = tableOf(columnOf("float64", [8, 12, 8, 12]));
const around = (mean: number) => columnOf("float64", [mean - 1, null, mean + 1]);

it.each([
  [{ within: 1 }, 11, "pass"],
  [{ within: 1 }, 11.001, "fail"],
  [{ relative: 0.1 }, 9, "pass"],
  [{ relative: 0.1 }, 8.9, "fail"],
  [{ deviations: 0.5 }, 11, "pass"],
  [{ deviations: 0.5 }, 11.01, "fail"],
])("with %j takes a mean of %d, against 10, for %s", async (near, mean, status) => {
  const outcome = await outcomeOf(around(mean), meanNear("x", { baseline: "orders", ...near }), {
    baselines: { orders: await profile(before) },
  });
  expect(outcome.status).toBe(status);
});

it("is an error when the baseline doesn't tell the mean", async () => {
  const baselines = { orders: await profile(before, { privacy: "binsOnly" }) };
  const outcome = await outcomeOf(around(10), meanNear("x", { baseline: "orders", within: 1 }), {
    baselines,
  });
  expect(outcome).toMatchObject({ status: "error", message: "the baseline doesn't tell the mean" });
});

it("takes NaN as it is told", async () => {
  const baselines = { orders: await profile(before) };
  const cells = columnOf("float64", [10, Number.NaN]);
  const near = { baseline: "orders", within: 1 };
  expect((await outcomeOf(cells, meanNear("x", near), { baselines })).status).toBe("fail");
  expect((await outcomeOf(cells, meanNear("x", near, { nan: "skip" }), { baselines })).status).toBe("pass");
});

it("refuses what can't be meant", () => {
  expect(() => meanNear("x", { baseline: "b" })).toThrow(/needs within or relative or deviations/);
  expect(() => meanNear("x", { baseline: "b", within: 1, deviations: 1 })).toThrow(/not both/);
});
