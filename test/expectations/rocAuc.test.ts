import fc from "fast-check";
import { expect, it } from "vitest";
import { rocAuc } from "../../src/expectations/index.js";
import { rocAucInterval } from "../../src/stats/index.js";
import { expectScore, inAnyBatches, SCORES, told } from "./models.js";
import { outcomeOf } from "./outcomes.js";

const columns = { label: "y", score: "p" };

it("agrees with scikit-learn", async () => {
  await expectScore(SCORES, rocAuc(columns, { positive: true, atMost: 0.9 }), 0.6666666666666666);
});

it("has Newcombe's bounds", async () => {
  const seen = told(
    await outcomeOf(SCORES, rocAuc(columns, { positive: true, atLeast: 0.5, confidence: 0.95 })),
  );
  const [lower, upper] = rocAucInterval(2 / 3, 6, 6, 0.95)!;
  expect([seen.lower, seen.upper]).toEqual([expect.closeTo(lower, 12), expect.closeTo(upper, 12)]);
});

it("takes any other label for negative, and wants labels of both classes", async () => {
  const cells = {
    y: { type: "utf8", values: ["cat", "dog", "cow", null, "cat"] },
    p: { type: "decimal128(10, 2)", values: ["0.90", "0.10", "0.95", "0.50", null] },
  };
  const outcome = await outcomeOf(cells, rocAuc(columns, { positive: "cat", atLeast: 0.9 }));
  expect(outcome.status).toBe("fail");
  expect(told(outcome)).toMatchObject({ value: 0.5, rows: 3, unlabelled: 1, unpredicted: 1 });
  const one = await outcomeOf(cells, rocAuc(columns, { positive: "fox", atLeast: 0.9 }));
  expect([one.status, one.message]).toEqual([
    "fail",
    "labels or predictions of one class only (1 unlabelled, 1 unpredicted)",
  ]);
});

it("agrees with counting pairs, in any batches", async () => {
  const cell = fc.tuple(fc.boolean(), fc.constantFrom(0.1, 0.5, 0.5, 0.9, -0, 0, -3));
  await fc.assert(
    fc.asyncProperty(
      fc.array(cell, { minLength: 2, maxLength: 20 }),
      fc.integer({ min: 1, max: 9 }),
      async (rows, size) => {
        const cells = {
          y: { type: "bool", values: rows.map(([y]) => y) },
          p: { type: "float64", values: rows.map(([, p]) => p) },
        };
        const outcome = await inAnyBatches(cells, rocAuc(columns, { positive: true, atLeast: 0 }), size);
        const scoresOf = (label: boolean) => rows.flatMap(([y, p]) => (y === label ? [p] : []));
        const pairs = scoresOf(true).flatMap((a) =>
          scoresOf(false).map((b) => (a > b ? 1 : a === b ? 0.5 : 0)),
        );
        if (pairs.length === 0) expect(outcome.status).toBe("fail");
        else
          expect(told(outcome).value).toBeCloseTo(
            pairs.reduce((sum: number, won) => sum + won, 0) / pairs.length,
            12,
          );
      },
    ),
    { numRuns: 40 },
  );
});

it("wants the positive class", async () => {
  // @ts-expect-error which label is positive can't be guessed
  expect(() => rocAuc(columns, { atMost: 1 })).toThrow(/positive/);
  const misfit = await outcomeOf(SCORES, rocAuc(columns, { positive: "yes", atMost: 1 }));
  expect([misfit.status, misfit.error?.code]).toEqual(["error", "config/bad-value"]);
});
