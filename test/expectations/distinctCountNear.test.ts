import { expect, it } from "vitest";
import { mergeProfiles } from "../../src/drift/mergeProfiles.js";
import { distinctCountNear } from "../../src/expectations/distinctCountNear.js";
import { profile } from "../../src/validate/profile.js";
import { outcomeOf } from "./outcomes.js";
import { columnOf, tableOf } from "./tables.js";

const texts = (count: number) =>
  columnOf("utf8", [null, ...Array.from({ length: count }, (_, i) => `v${i}`)]);
const numbers = (count: number) =>
  columnOf("float64", [...Array.from({ length: count }, (_, i) => i), Number.NaN, Number.NaN]);

it.each([
  [{ within: 2 }, 12, "pass"],
  [{ within: 2 }, 13, "fail"],
  [{ relative: 0.5 }, 5, "pass"],
  [{ relative: 0.5 }, 4, "fail"],
])("with %j takes %i distinct texts, against 10, for %s", async (near, count, status) => {
  const baselines = { orders: await profile(tableOf(texts(10))) };
  const expected = distinctCountNear("x", { baseline: "orders", ...near });
  expect(await outcomeOf(texts(count), expected, { baselines })).toMatchObject({
    status,
    observed: { value: count, baseline: 10 },
  });
});

it("counts NaN as one value on both sides", async () => {
  const baselines = { orders: await profile(tableOf(numbers(3))) };
  const expected = distinctCountNear("x", { baseline: "orders", within: 0 });
  const outcome = await outcomeOf(numbers(3), expected, { baselines });
  expect(outcome).toMatchObject({ status: "pass", observed: { value: 4, baseline: 4 } });
});

it("is an error when the baseline doesn't know the number exactly", async () => {
  const part = await profile(tableOf(numbers(3000)));
  const baselines = { orders: mergeProfiles([part, part]) };
  const expected = distinctCountNear("x", { baseline: "orders", within: 10 });
  expect((await outcomeOf(numbers(3000), expected, { baselines })).status).toBe("error");
});
