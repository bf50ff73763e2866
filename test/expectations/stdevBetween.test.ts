import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stdevBetween } from "../../src/expectations/index.js";
import { outcomeOf, sameOutcome } from "./outcomes.js";
import { type Cell, columnOf, inBatches, tableOf } from "./tables.js";

async function observed(type: string, values: readonly Cell[], bounds: Parameters<typeof stdevBetween>[1]) {
  const outcome = await sameOutcome(columnOf(type, values), stdevBetween("x", bounds));
  return [outcome.status, outcome.observed];
}

describe("stdevBetween", () => {
  it("has n - 1 in the denominator", async () => {
    expect(await observed("int32", [2, null, 4], { min: 1.4, max: 1.42 })).toEqual(["pass", Math.SQRT2]);
    expect(await observed("float64", [3, 3, 3], { min: 0, max: 0 })).toEqual(["pass", 0]);
    expect(await observed("float64", [3, 3, 3], { minExclusive: 0 })).toEqual(["fail", 0]);
    expect(await observed("decimal128(10, 2)", ["1.00", "2.00", "3.00"], { min: 1, max: 1 })).toEqual([
      "pass",
      1,
    ]);
  });

  it("keeps its digits far from zero", async () => {
    const [status, value] = await observed("float64", [1e9 + 1, 1e9 + 2, 1e9 + 3], { min: 0.99, max: 1.01 });
    expect(status).toBe("pass");
    expect(value).toBeCloseTo(1, 12);
  });

  it("has nothing to judge in fewer than two values", async () => {
    for (const [type, values] of [
      ["int32", []],
      ["int32", [5]],
      ["float64", [null, 5]],
      ["null", [null, null]],
    ] as const) {
      expect(await observed(type, values, { min: 0 })).toEqual(["fail", undefined]);
      expect(
        (await sameOutcome(columnOf(type, values), stdevBetween("x", { min: 0 }, { onEmpty: "pass" })))
          .status,
      ).toBe("pass");
    }
    expect((await outcomeOf(columnOf("int32", [5]), stdevBetween("x", { min: 0 }))).message).toBe(
      "fewer than two values of x",
    );
  });

  it("fails NaN, unless it is left out or a null, and infinities", async () => {
    const cells = columnOf("float64", [Number.NaN, 2, null, 4]);
    const fails = await sameOutcome(cells, stdevBetween("x", { min: 0 }));
    expect([fails.status, fails.observed]).toEqual(["fail", "NaN"]);
    for (const nan of ["skip", "null"] as const) {
      expect((await sameOutcome(cells, stdevBetween("x", { min: 1, max: 2 }, { nan }))).status).toBe("pass");
    }
    expect(await observed("float64", [1, Number.POSITIVE_INFINITY], { min: 0 })).toEqual(["fail", "NaN"]);
  });

  it("looks at the rows its condition selects", async () => {
    const expectation = stdevBetween("x", { max: 0 }, { when: { x: { lt: 5 } } });
    expect((await sameOutcome(columnOf("int32", [1, 1, 9]), expectation)).status).toBe("pass");
  });

  it("refuses bounds that can't be meant, and columns that hold no numbers", async () => {
    expect(() => stdevBetween("x", {})).toThrow(/needs min/);
    expect((await outcomeOf(columnOf("utf8", ["a"]), stdevBetween("x", { min: 1 }))).status).toBe("error");
  });

  it("agrees with the textbook in any batches", async () => {
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(values, fc.integer({ min: 1, max: 31 }), async (cells, size) => {
        const mean = cells.reduce((a, b) => a + b, 0) / cells.length;
        const squares = cells.reduce((a, b) => a + (b - mean) ** 2, 0);
        const wanted = Math.sqrt(squares / (cells.length - 1));
        const outcome = await outcomeOf(
          inBatches(tableOf(columnOf("float64", cells)), size),
          stdevBetween("x", { min: 0 }),
        );
        expect(Math.abs((outcome.observed as number) - wanted)).toBeLessThanOrEqual(1e-12 * 1e6);
      }),
      { numRuns: 50 },
    );
  });
});
