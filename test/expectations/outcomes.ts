import type { Table } from "apache-arrow";
import { expect } from "vitest";
import type { Expectation } from "../../src/expectations/unit/expectation.js";
import type { Outcome } from "../../src/results/outcome.js";
import { makeSuite } from "../../src/suite/suite.js";
import type { ValidateOptions } from "../../src/validate/options.js";
import { validate } from "../../src/validate/validate.js";
import { type Cells, everyShape, tableOf } from "./tables.js";

/** The outcome of one expectation on a table, or on cells in one batch. */
export async function outcomeOf(
  data: Cells | Table,
  expectation: Expectation,
  options: ValidateOptions = {},
): Promise<Outcome> {
  const table = "numRows" in data && "batches" in data ? (data as Table) : tableOf(data as Cells);
  const run = await validate(table, makeSuite("t", [expectation], {}), { sample: 1000, ...options });
  return run.outcomes[0]!;
}

/** The outcome of one expectation, checked to be the same whatever shape Arrow gives the rows. */
export async function sameOutcome(
  cells: Cells,
  expectation: Expectation,
  options: ValidateOptions = {},
): Promise<Outcome> {
  const [first, ...others] = await Promise.all(
    everyShape(cells).map(async ([shape, table]) => ({
      shape,
      outcome: await outcomeOf(table, expectation, options),
    })),
  );
  for (const { shape, outcome } of others) {
    expect({ ...outcome, evidence: undefined }, shape).toEqual({ ...first!.outcome, evidence: undefined });
  }
  return first!.outcome;
}

/** The numbers of the failing rows. */
export function failedRows(outcome: Outcome): number[] {
  return (outcome.sample?.items ?? []).map(({ row }) => row);
}

/** What an outcome came to, for comparing at one glance; counts that are 0 are left out. */
export function seen(outcome: Outcome): Record<string, unknown> {
  const { counts } = outcome;
  const some = Object.entries(counts ?? {}).filter(([name, rows]) => rows > 0 && name !== "rows");
  return {
    status: outcome.status,
    ...(counts ? Object.fromEntries(some) : {}),
    ...(counts ? { failing: failedRows(outcome) } : {}),
  };
}
