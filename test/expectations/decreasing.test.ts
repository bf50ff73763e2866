import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decreasing, increasing } from "../../src/expectations/index.js";
import { failedRows, outcomeOf, sameOutcome, seen } from "./outcomes.js";
import { columnOf } from "./tables.js";

describe("decreasing", () => {
  it("fails a row that is greater than the last one that held a value", async () => {
    expect(seen(await sameOutcome(columnOf("int32", [9, 5, null, 6, 6, 7, 1]), decreasing("x")))).toEqual({
      status: "fail",
      nulls: 1,
      judged: 6,
      failed: 2,
      failing: [3, 5],
    });
  });

  it("fails equal neighbours when it is strict", async () => {
    const cells = columnOf("utf8", ["b", "b", null, "b", "a"]);
    expect((await sameOutcome(cells, decreasing("x"))).status).toBe("pass");
    expect(failedRows(await sameOutcome(cells, decreasing("x", { strict: true })))).toEqual([1, 3]);
  });

  it("fails nulls on request", async () => {
    expect(
      failedRows(await sameOutcome(columnOf("int32", [3, null, 2]), decreasing("x", { nulls: "fail" }))),
    ).toEqual([1]);
  });

  it("fails NaN, leaves it out, or takes it for a null", async () => {
    const cells = columnOf("float64", [3, Number.NaN, 2, null, 5]);
    expect(failedRows(await sameOutcome(cells, decreasing("x")))).toEqual([1, 4]);
    expect(seen(await sameOutcome(cells, decreasing("x", { nan: "skip" })))).toMatchObject({
      nan: 1,
      failing: [4],
    });
    expect(seen(await sameOutcome(cells, decreasing("x", { nan: "null" })))).toMatchObject({
      nulls: 2,
      failing: [4],
    });
  });

  it("passes empty tables, columns without values and single rows", async () => {
    for (const values of [[], [null, null], [7]]) {
      expect((await sameOutcome(columnOf("int64", values), decreasing("x", { strict: true }))).status).toBe(
        "pass",
      );
    }
    expect((await sameOutcome(columnOf("null", [null]), decreasing("x"))).status).toBe("pass");
  });

  it("refuses to quarantine", () => {
    // @ts-expect-error what is left need not be in order
    expect(() => decreasing("x", { onFail: "quarantine" })).toThrow(/can't quarantine/);
  });

  it("fails what increasing passes, of neighbours that differ", async () => {
    const values = fc.uniqueArray(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(values, fc.boolean(), async (cells, strict) => {
        const up = failedRows(await outcomeOf(columnOf("int64", cells), increasing("x", { strict })));
        const down = failedRows(await outcomeOf(columnOf("int64", cells), decreasing("x", { strict })));
        expect([...up, ...down].sort((a, b) => a - b)).toEqual(cells.map((_, i) => i).slice(1));
      }),
      { numRuns: 40 },
    );
  });
});
