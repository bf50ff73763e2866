import fc from "fast-check";
import { expect, it } from "vitest";
import { accuracy } from "../../src/expectations/index.js";
import { CLASSES, expectScore, inAnyBatches, told } from "./models.js";
import { outcomeOf } from "./outcomes.js";

const columns = { label: "y", prediction: "yhat" };

it("agrees with scikit-learn, and has Wilson's bounds", async () => {
  const outcome = await expectScore(CLASSES, accuracy(columns, { atLeast: 0.66 }), 10 / 15);
  expect([outcome.status, outcome.message]).toEqual(["pass", "within bounds"]);
  expect(outcome.expected).toBe("accuracy of yhat against y is at least 0.66");
  const sure = told(await outcomeOf(CLASSES, accuracy(columns, { atLeast: 0.66, confidence: 0.95 })));
  expect([sure.lower, sure.upper]).toEqual([
    expect.closeTo(0.45517214734563854, 12),
    expect.closeTo(0.8272252844509813, 12),
  ]);
});

it("compares classes by value, whatever their types", async () => {
  const pairs = [
    ["decimal128(10, 2)", ["1.00", "1.50", "2.00"], "float64", [1, 1.5, 3]],
    ["uint8", [1, 2, 3], "int64", [1, 2, 4]],
    ["dictionary<int8, utf8>", ["a", "b", "c"], "large_utf8", ["a", "b", "d"]],
  ] as const;
  for (const [type, y, other, yhat] of pairs) {
    const cells = { y: { type, values: y }, yhat: { type: other, values: yhat } };
    await expectScore(cells, accuracy(columns, { atLeast: 0.5 }), 2 / 3);
  }
});

it("is an error where labels and predictions never agree, and where there are no classes", async () => {
  const mixed = { y: { type: "utf8", values: ["1"] }, yhat: { type: "int32", values: [1] } };
  const never = await outcomeOf(mixed, accuracy(columns, { atLeast: 0.5 }));
  expect([never.status, never.error?.code]).toEqual(["error", "config/bad-value"]);
  expect(never.message).toMatch(/never agree/);
  const many = Array.from({ length: 1001 }, (_, i) => i);
  const numbers = { y: { type: "int32", values: many }, yhat: { type: "int32", values: many } };
  expect((await outcomeOf(numbers, accuracy(columns, { atLeast: 0.5 }))).message).toMatch(/hold no classes/);
});

it("agrees with a loop over the rows, in any batches", async () => {
  const cell = fc.option(fc.constantFrom("a", "b", ""));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(cell, cell), { maxLength: 20 }),
      fc.integer({ min: 1, max: 9 }),
      async (rows, size) => {
        const cells = {
          y: { type: "utf8", values: rows.map(([y]) => y) },
          yhat: { type: "utf8", values: rows.map(([, p]) => p) },
        };
        const outcome = await inAnyBatches(cells, accuracy(columns, { atLeast: 0 }), size);
        const scored = rows.filter(([y, p]) => y !== null && p !== null);
        if (scored.length === 0) {
          expect([outcome.status, outcome.observed]).toEqual(["fail", undefined]);
          return;
        }
        const right = scored.filter(([y, p]) => y === p).length;
        expect(told(outcome)).toMatchObject({
          value: right / scored.length,
          rows: scored.length,
          unlabelled: rows.filter(([y]) => y === null).length,
          unpredicted: rows.filter(([y, p]) => y !== null && p === null).length,
        });
      },
    ),
    { numRuns: 40 },
  );
});
