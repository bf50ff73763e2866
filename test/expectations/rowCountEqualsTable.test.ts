import { rowCountEqualsTable, suite, validate } from "veritable";
import { expect, it } from "vitest";
import { fromGreatExpectations, toGreatExpectations } from "../../src/entries/interop.js";
import { outcomeOf } from "./outcomes.js";
import { everyShape, tableOf } from "./tables.js";

const rows = (count: number) => ({
  x: { type: "int32", values: Array.from({ length: count }, (_, i) => i) },
});
const equal = rowCountEqualsTable({ table: "orders" });

it.each([
  [2, 2, "pass"],
  [2, 3, "fail"],
  [3, 2, "fail"],
  [3, 0, "fail"],
])("counts %i rows against %i: %s", async (own, others, status) => {
  for (const [shape, table] of everyShape(rows(others))) {
    const outcome = await outcomeOf(rows(own), equal, { tables: { orders: table } });
    expect([outcome.status, outcome.observed], shape).toEqual([status, { value: own, table: others }]);
    expect(outcome.expected).toBe("row count is that of table orders");
  }
});

it("counts batches that tell no number beforehand, of tables of other columns", async () => {
  const other = tableOf({ a: { type: "utf8", values: ["x", null, "y"] } });
  async function* batches() {
    yield* other.batches;
    yield* other.batches;
  }
  const outcome = await outcomeOf(rows(6), equal, { tables: { orders: batches() } });
  expect(outcome).toMatchObject({ status: "pass", observed: { value: 6, table: 6 } });
});

it("is missed by name", async () => {
  await expect(validate(tableOf(rows(1)), suite("s", [equal]), { tables: {} })).rejects.toMatchObject({
    code: "config/missing-runtime-input",
  });
});

it("is what Great Expectations calls equal to another table, there and back", async () => {
  const gx = {
    name: "s",
    expectations: [
      { type: "expect_table_row_count_to_equal_other_table", kwargs: { other_table_name: "orders" } },
    ],
  };
  const { suite: read, notes } = fromGreatExpectations(gx);
  expect(notes).toEqual([]);
  const run = await validate(tableOf(rows(2)), read, { tables: { orders: tableOf(rows(3)) } });
  expect(toGreatExpectations(run).results[0]).toMatchObject({
    success: false,
    expectation_config: { kwargs: { other_table_name: "orders" } },
    result: { observed_value: { self: 2, other: 3 } },
  });
  const ours = await validate(tableOf(rows(2)), suite("s", [equal]), {
    tables: { orders: tableOf(rows(2)) },
  });
  expect(toGreatExpectations(ours).results[0]).toMatchObject({
    success: true,
    expectation_config: {
      type: "expect_table_row_count_to_equal_other_table",
      kwargs: { other_table_name: "orders" },
    },
  });
});
