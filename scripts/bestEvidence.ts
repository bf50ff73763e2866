import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AnyUnit, PlainTable } from "../src/expectations/unit/unit.js";
import { openParquetSink } from "../src/io/parquetSink.js";
import { STEPS, type Step } from "../src/plan/evidence.js";
import { givenTo, suiteOf } from "../src/testing/laws/unitTables.js";
import { tableOf } from "../src/testing/plainTable.js";
import { explain } from "../src/validate/explain.js";
import { validate } from "../src/validate/validate.js";

const cheapest = (steps: readonly Step[]): Step => STEPS.find((step) => steps.includes(step)) ?? "rows";

/** The rows of a table in which no column is null. */
function withoutNulls(plain: PlainTable): PlainTable {
  const columns = Object.entries(plain);
  const isWhole = (_: unknown, row: number) => columns.every(([, { values }]) => values[row] !== null);
  const kept = columns.map(([name, { type, values }]) => [name, { type, values: values.filter(isWhole) }]);
  return Object.fromEntries(kept) as PlainTable;
}

/**
 * The cheapest step of the evidence ladder that decides an expectation's example, with its nulls or without, in memory or
 * in a Parquet file of one-row groups, whose footer knows the most. Throws an Error when a run can't be evaluated.
 */
export async function bestEvidence(unit: AnyUnit): Promise<Step> {
  const folder = await mkdtemp(join(tmpdir(), "veritable-catalogue-"));
  try {
    const [suite, given] = [suiteOf(unit), givenTo(unit)];
    const { table: plain } = unit.about.example;
    const steps: Step[] = [];
    for (const [nth, table] of [tableOf(plain), tableOf(withoutNulls(plain))].entries()) {
      const path = join(folder, `${nth}.parquet`);
      const sink = await openParquetSink(path, table.schema, { rowGroupRows: 1 });
      for (const batch of table.batches) await sink.write(batch);
      await sink.commit();
      for (const source of [table, path]) {
        const [outcome] = (await validate(source, suite, given)).outcomes;
        const [foreseen] = (await explain(source, suite, given)).expectations;
        if (!outcome?.evidence || !foreseen?.evidence) throw new Error(`${unit.type}: ${outcome?.message}`);
        // A file of no rows is decided by its footer, which says nothing of the expectation.
        if (table.numRows > 0) steps.push(outcome.evidence, foreseen.evidence.atBest);
      }
    }
    return cheapest(steps);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
