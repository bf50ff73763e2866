import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { zScoreBelow } from "../../src/expectations/index.js";
import { makeSuite } from "../../src/suite/suite.js";
import { validate } from "../../src/validate/validate.js";
import { failedRows, outcomeOf, sameOutcome, seen } from "./outcomes.js";
import { columnOf, tableOf } from "./tables.js";

const spread = [1, 1, 1, 1, 1, 1, null, 100, -40];

describe("zScoreBelow", () => {
  it("fails values too far on either side, or above only", async () => {
    expect(seen(await sameOutcome(columnOf("int64", spread), zScoreBelow("x", 1)))).toEqual({
      status: "fail",
      nulls: 1,
      judged: 8,
      failed: 2,
      failing: [7, 8],
    });
    const upper = zScoreBelow("x", 1, { sides: "upper" });
    expect(failedRows(await sameOutcome(columnOf("int64", spread), upper))).toEqual([7]);
  });

  it("leaves the limit itself out", async () => {
    const cells = columnOf("float64", [-1, 0, 1]);
    expect(failedRows(await sameOutcome(cells, zScoreBelow("x", 1)))).toEqual([0, 2]);
    expect(failedRows(await sameOutcome(cells, zScoreBelow("x", 1.0001)))).toEqual([]);
  });

  it("passes a constant column, one value and none", async () => {
    for (const values of [[5, 5, 5], [5], []]) {
      expect((await sameOutcome(columnOf("int32", values), zScoreBelow("x", 0.1))).status).toBe("pass");
    }
  });

  it("fails infinities and NaN, which have no part in the mean", async () => {
    const values = [1, 2, 3, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN];
    const cells = columnOf("float64", values);
    expect(failedRows(await sameOutcome(cells, zScoreBelow("x", 2)))).toEqual([3, 4, 5]);
    const upper = zScoreBelow("x", 2, { sides: "upper", nan: "null" });
    expect(seen(await sameOutcome(cells, upper))).toMatchObject({ nulls: 1, judged: 5, failing: [3] });
    expect(seen(await sameOutcome(cells, zScoreBelow("x", 2, { nan: "skip" })))).toMatchObject({
      nan: 1,
      judged: 5,
    });
  });

  it("fails nulls on request, and judges only the rows it is asked of", async () => {
    const nulls = await sameOutcome(columnOf("int64", [1, 2, null]), zScoreBelow("x", 9, { nulls: "fail" }));
    expect(seen(nulls)).toMatchObject({ judged: 3, failing: [2] });
    const when = zScoreBelow("x", 1.5, { when: { x: { lt: 50 } } });
    expect(seen(await sameOutcome(columnOf("int64", [1, 2, 3, 99]), when))).toMatchObject({
      excluded: 1,
      judged: 3,
      failing: [],
    });
  });

  it("agrees with the definition", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: -50, max: 50 }), { maxLength: 40 }),
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        async (values, limit) => {
          const mean = values.reduce((a, b) => a + b, 0) / values.length;
          const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
          const deviation = Math.sqrt(squares / (values.length - 1));
          const distances = values.map((value) => Math.abs(value - mean) / deviation);
          fc.pre(distances.every((distance) => Math.abs(distance - limit) > 1e-9));
          const far = distances.flatMap((distance, row) => (distance > limit ? [row] : []));
          const outcome = await outcomeOf(columnOf("int32", values), zScoreBelow("x", limit));
          expect(failedRows(outcome)).toEqual(far);
          expect(outcome.counts?.failed).toBe(far.length);
        },
      ),
      { numRuns: 100 },
    );
  });

  it("refuses quarantine, and a source that can't be read again", async () => {
    expect(() => zScoreBelow("x", 1, { onFail: "quarantine" } as never)).toThrow(/can't quarantine/);
    const once = (async function* () {
      yield* tableOf(columnOf("int64", [1, 2])).batches;
    })();
    const suite = makeSuite("t", [zScoreBelow("x", 1)], {});
    await expect(validate(once, suite)).rejects.toThrow(/second look.*keep: "memory"/);
  });
});
