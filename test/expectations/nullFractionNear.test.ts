import { expect, it } from "vitest";
import { nullFractionNear } from "../../src/expectations/nullFractionNear.js";
import { profile } from "../../src/validate/profile.js";
import { outcomeOf } from "./outcomes.js";
import { columnOf, tableOf } from "./tables.js";

/** Ten rows, some of them null. */
const withNulls = (nulls: number) =>
  tableOf(
    columnOf(
      "int32",
      Array.from({ length: 10 }, (_, i) => (i < nulls ? null : i)),
    ),
  );

it.each([
  [{ within: 0.1 }, 3, "pass"],
  [{ within: 0.1 }, 1, "pass"],
  [{ within: 0.1 }, 4, "fail"],
  [{ within: 0 }, 2, "pass"],
  [{ relative: 0.5 }, 3, "pass"],
  [{ relative: 0.4 }, 3, "fail"],
])("with %j takes %i nulls of ten, against two, for %s", async (near, nulls, status) => {
  const baselines = { orders: await profile(withNulls(2)) };
  const outcome = await outcomeOf(withNulls(nulls), nullFractionNear("x", { baseline: "orders", ...near }), {
    baselines,
  });
  expect(outcome).toMatchObject({ status, observed: { value: nulls / 10, baseline: 0.2 } });
});

it("says what it wants, and refuses what can't be meant", async () => {
  expect(() => nullFractionNear("x", { baseline: "b" })).toThrow(/needs within or relative/);
  expect(() => nullFractionNear("x", { baseline: "b", within: 1, relative: 1 })).toThrow(/not both/);
  expect(() => nullFractionNear("x", { baseline: "b", within: -1 })).toThrow(/within/);
  const empty = { orders: await profile(withNulls(2).slice(0, 0)) };
  const near = nullFractionNear("x", { baseline: "orders", within: 1 });
  const outcome = await outcomeOf(withNulls(1), near, { baselines: empty });
  expect(outcome).toMatchObject({ status: "error", message: "the baseline has no rows" });
});
