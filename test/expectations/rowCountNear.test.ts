import { expect, it } from "vitest";
import { rowCountNear } from "../../src/expectations/rowCountNear.js";
import { profile } from "../../src/validate/profile.js";
import { outcomeOf } from "./outcomes.js";
import { columnOf, tableOf } from "./tables.js";

const rows = (count: number) =>
  columnOf(
    "int32",
    Array.from({ length: count }, (_, i) => i),
  );

it.each([
  [{ within: 2 }, 8, "pass"],
  [{ within: 2 }, 7, "fail"],
  [{ relative: 0.5 }, 15, "pass"],
  [{ relative: 0.5 }, 16, "fail"],
  [{ relative: 0 }, 10, "pass"],
])("with %j takes %i rows, against 10, for %s", async (near, count, status) => {
  const baselines = { orders: await profile(tableOf(rows(10))) };
  const outcome = await outcomeOf(rows(count), rowCountNear({ baseline: "orders", ...near }), { baselines });
  expect(outcome).toMatchObject({ status, observed: { value: count, baseline: 10 } });
});

it("says what it wants, and refuses what can't be meant", async () => {
  expect(rowCountNear.unit.claim(rowCountNear({ baseline: "b", relative: 0.1 }) as never)).toBe(
    "row count is within 10 % of baseline b",
  );
  expect(() => rowCountNear({ baseline: "b" })).toThrow(/needs within or relative/);
});
