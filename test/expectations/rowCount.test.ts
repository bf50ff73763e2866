import { describe, expect, it } from "vitest";
import { rowCount } from "../../src/expectations/index.js";
import { outcomeOf } from "./outcomes.js";
import { columnOf, everyShape } from "./tables.js";

const five = columnOf("int32", [1, 2, null, 4, 5]);

describe("rowCount", () => {
  it("counts rows in every shape and compares with bounds, exclusive ones too", async () => {
    for (const [shape, table] of everyShape(five)) {
      const outcome = await outcomeOf(table, rowCount({ min: 5, max: 5 }));
      expect([outcome.status, outcome.observed], shape).toEqual(["pass", 5]);
    }
    expect((await outcomeOf(five, rowCount({ minExclusive: 5 }))).status).toBe("fail");
    expect((await outcomeOf(five, rowCount({ maxExclusive: 5 }))).status).toBe("fail");
    expect((await outcomeOf(five, rowCount({ min: 5, max: Number.POSITIVE_INFINITY }))).status).toBe("pass");
  });

  it("counts the rows its condition selects", async () => {
    const cells = { x: { type: "int32", values: [1, 2, 3, 4, 5] } };
    const outcome = await outcomeOf(cells, rowCount({ min: 2, max: 2 }, { when: { x: { gt: 3 } } }));
    expect([outcome.status, outcome.observed]).toEqual(["pass", 2]);
    const none = await outcomeOf(cells, rowCount({ max: 0 }, { when: { x: { gt: 9 } } }));
    expect([none.status, none.observed]).toEqual(["pass", 0]);
  });

  it("counts no rows as 0", async () => {
    const empty = columnOf("int32", []);
    expect((await outcomeOf(empty, rowCount({ min: 1 }))).status).toBe("fail");
    expect((await outcomeOf(empty, rowCount({ max: 0 }))).observed).toBe(0);
  });

  it("warns on request, and refuses what only rows or values have", () => {
    expect(rowCount({ min: 1 }, { onFail: "warn" })).toMatchObject({ onFail: "warn" });
    // @ts-expect-error a count is no row
    expect(() => rowCount({ min: 1 }, { mostly: 0.5 })).toThrow(/can't honour "mostly": it isn't about rows/);
    // @ts-expect-error a count is no row
    expect(() => rowCount({ min: 1 }, { onFail: "quarantine" })).toThrow(/can't quarantine/);
  });

  it("refuses bounds that can't be meant", () => {
    expect(() => rowCount({})).toThrow(/needs min/);
    expect(() => rowCount({ min: 2, max: 1 })).toThrow(/above/);
  });
});
