import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quantilesBetween } from "../../src/expectations/index.js";
import { quantile, quantileMethods } from "../../src/stats/quantile.js";
import { outcomeOf, sameOutcome } from "./outcomes.js";
import { columnOf, inBatches, tableOf } from "./tables.js";

const ints = columnOf("int32", [4, 1, null, 3, 2]);

describe("quantilesBetween", () => {
  it("takes quantiles as an object and observes them ascending", async () => {
    const outcome = await sameOutcome(
      ints,
      quantilesBetween("x", { "1": { max: 4 }, "0.5": { min: 2.5, max: 2.5 }, "0": { min: 1 } }),
    );
    expect([outcome.status, outcome.observed]).toEqual(["pass", [1, 2.5, 4]]);
    expect(outcome.details).toEqual([
      { q: 0, holds: true },
      { q: 0.5, holds: true },
      { q: 1, holds: true },
    ]);
    expect(outcome.expected).toBe(
      "of the quantiles of x, 0 is at least 1; 0.5 is exactly 2.5; 1 is at most 4",
    );
  });

  it("takes a list and observes it in its order", async () => {
    const outcome = await sameOutcome(
      ints,
      quantilesBetween("x", [
        { q: 0.5, min: 3 },
        { q: 0, max: 1 },
      ]),
    );
    expect([outcome.status, outcome.observed]).toEqual(["fail", [2.5, 1]]);
    expect(outcome.details).toEqual([
      { q: 0.5, holds: false },
      { q: 0, holds: true },
    ]);
  });

  it("reads between values by numpy's name of the method", async () => {
    const observed = async (method: (typeof quantileMethods)[number]) =>
      (await sameOutcome(ints, quantilesBetween("x", { "0.5": { min: 0 } }, { method }))).observed;
    expect(await observed("linear")).toEqual([2.5]);
    expect(await observed("nearest")).toEqual([3]);
    expect(await observed("lower")).toEqual([2]);
    expect(await observed("higher")).toEqual([3]);
    expect(await observed("inverted_cdf")).toEqual([2]);
    for (const method of quantileMethods) {
      expect(await observed(method)).toEqual([quantile([1, 2, 3, 4], 0.5, { method })]);
    }
  });

  it("compares exactly: a hair beyond is out of bounds", async () => {
    const cells = columnOf("float64", [100.005]);
    expect((await sameOutcome(cells, quantilesBetween("x", { "0.5": { min: 0, max: 100 } }))).status).toBe(
      "fail",
    );
    expect(
      (await sameOutcome(cells, quantilesBetween("x", { "0.5": { maxExclusive: 100.005 } }))).status,
    ).toBe("fail");
    expect((await sameOutcome(cells, quantilesBetween("x", { "0.5": { max: 100.005 } }))).status).toBe(
      "pass",
    );
  });

  it("scales decimals and takes bounds as bigint", async () => {
    const money = columnOf("decimal128(10, 2)", ["1.10", "1.20"]);
    expect(
      (await sameOutcome(money, quantilesBetween("x", { "0.5": { min: 1n, max: 2n } }))).observed,
    ).toEqual([1.15]);
  });

  it("fails NaN, unless it is left out or a null", async () => {
    const cells = columnOf("float64", [Number.NaN, 2, null]);
    const fails = await sameOutcome(cells, quantilesBetween("x", { "0.5": { min: 0 }, "1": { min: 0 } }));
    expect([fails.status, fails.observed]).toEqual(["fail", ["NaN", "NaN"]]);
    for (const nan of ["skip", "null"] as const) {
      expect(
        (await sameOutcome(cells, quantilesBetween("x", { "0.5": { max: 2 } }, { nan }))).observed,
      ).toEqual([2]);
    }
  });

  it("has no value to judge in an empty table or column", async () => {
    for (const [type, values] of [
      ["int32", []],
      ["float64", [null]],
      ["null", [null]],
    ] as const) {
      const outcome = await sameOutcome(columnOf(type, values), quantilesBetween("x", { "0.5": { min: 0 } }));
      expect([outcome.status, outcome.observed]).toEqual(["fail", undefined]);
    }
  });

  it("looks at the rows its condition selects", async () => {
    const expectation = quantilesBetween("x", { "0.5": { min: 0 } }, { when: { x: { gte: 3 } } });
    expect((await sameOutcome(ints, expectation)).observed).toEqual([3.5]);
  });

  it("refuses quantiles and bounds that can't be meant", async () => {
    expect(() => quantilesBetween("x", {})).toThrow(/needs one at least/);
    expect(() => quantilesBetween("x", [])).toThrow(/needs one at least/);
    expect(() => quantilesBetween("x", { "1.5": { min: 0 } })).toThrow(/from 0 to 1/);
    // @ts-expect-error not a number
    expect(() => quantilesBetween("x", { median: { min: 0 } })).toThrow(/from 0 to 1/);
    expect(() => quantilesBetween("x", [{ q: -1, min: 0 }])).toThrow(/quantiles/);
    expect(() => quantilesBetween("x", { "0.5": {} })).toThrow(/0.5: needs min/);
    expect(() => quantilesBetween("x", { "0.5": { min: 2, max: 1 } })).toThrow(/0.5: min 2 is above max 1/);
    // @ts-expect-error no such method
    expect(() => quantilesBetween("x", { "0.5": { min: 0 } }, { method: "middle" })).toThrow(/method/);
    const text = await outcomeOf(columnOf("utf8", ["a"]), quantilesBetween("x", { "0.5": { min: 0 } }));
    expect(text.status).toBe("error");
  });

  it("agrees with the statistics in any batches", async () => {
    const values = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), {
      minLength: 1,
      maxLength: 30,
    });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    await fc.assert(
      fc.asyncProperty(
        values,
        share,
        fc.constantFrom(...quantileMethods),
        fc.integer({ min: 1, max: 31 }),
        async (cells, q, method, size) => {
          const table = inBatches(tableOf(columnOf("float64", cells)), size);
          const expectation = quantilesBetween("x", [{ q: q + 0, min: Number.NEGATIVE_INFINITY }], {
            method,
          });
          const [observed] = (await outcomeOf(table, expectation)).observed as number[];
          expect(observed).toBe(quantile(cells, q, { method })! + 0);
        },
      ),
      { numRuns: 60 },
    );
  });
});
