import { expect } from "vitest";
import type { Expectation } from "../../src/expectations/unit/expectation.js";
import type { Outcome } from "../../src/results/outcome.js";
import { outcomeOf, sameOutcome } from "./outcomes.js";
import { type Cells, inBatches, tableOf } from "./tables.js";

/** What a score's outcome tells. */
export interface Told {
  readonly value: number | string | null;
  readonly rows: number;
  readonly lower?: number;
  readonly upper?: number;
  readonly baseline?: number;
  readonly unlabelled?: number;
  readonly unpredicted?: number;
  readonly nan?: number;
  readonly slices?: {
    readonly total: number;
    readonly broken: number;
    readonly inconclusive: number;
    readonly shown?: readonly { readonly slice: unknown; readonly verdict: string; readonly why?: string }[];
  };
}

export const told = (outcome: Outcome): Told => outcome.observed as unknown as Told;

/** The labels, predictions and scores that scikit-learn's figures in these tests were made from. */
export const CLASSES: Cells = {
  y: { type: "int32", values: [0, 1, 2, 2, 1, 0, 2, 1, 1, 0, 3, 2, 0, 1, 2] },
  yhat: { type: "int64", values: [0, 2, 2, 2, 1, 0, 1, 1, 0, 0, 2, 2, 0, 1, 4] },
};
export const SCORES: Cells = {
  y: { type: "bool", values: [0, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0].map(Boolean) },
  p: { type: "float64", values: [0.1, 0.8, 0.35, 0.4, 0.9, 0.35, 0.35, 0.2, 0.95, 0.6, 0.6, 0.6] },
};
export const NUMBERS: Cells = {
  y: { type: "float64", values: [3, -0.5, 2, 7, 4.25, 0, -2.5] },
  yhat: { type: "float64", values: [2.5, 0, 2, 8, 4, -1, -2] },
};

/** Checks the value of a score to 12 digits, the same whatever shape Arrow gives the rows. */
export async function expectScore(cells: Cells, expectation: Expectation, value: number): Promise<Outcome> {
  const outcome = await sameOutcome(cells, expectation);
  expect(outcome.error).toBeUndefined();
  expect(told(outcome).value).toBeCloseTo(value, 12);
  return outcome;
}

/** Checks that a score is the same, bit for bit, whatever the batches; gives it back. */
export async function inAnyBatches(cells: Cells, expectation: Expectation, size: number): Promise<Outcome> {
  const whole = await outcomeOf(cells, expectation);
  expect(await outcomeOf(inBatches(tableOf(cells), size), expectation)).toEqual(whole);
  return whole;
}
