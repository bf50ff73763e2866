import { type RecordBatch, Table } from "apache-arrow";
import fc from "fast-check";
import { columnLabel } from "../../columns/address.js";
import { ValidationError } from "../../errors/index.js";
import type { AnyUnit } from "../../expectations/unit/unit.js";
import { parseRun } from "../../results/codec.js";
import type { Outcome } from "../../results/outcome.js";
import { resultLevel } from "../../results/run.js";
import { anyBatching } from "../arbitraries.js";
import { forAll, holds, type Law, type LawOptions, same } from "./law.js";
import {
  decoded,
  exampleTable,
  fittingTables,
  givenTo,
  outcomeOf,
  runOf,
  tablesOfAnyFit,
  violationTable,
  withNumbers,
  withoutColumn,
} from "./unitTables.js";

const LIMIT = 3;

/** Checks that an outcome's numbers agree with each other and with the table's. Throws an Error that says which don't. */
export function checkOutcome(
  { counts, sample, failedFraction }: Outcome,
  rows: number,
  sampleLimit: number,
): void {
  if (!counts) return;
  const { excluded, ignored, nan, nulls, judged, failed } = counts;
  same("rows", counts.rows, rows);
  same("excluded + ignored + nan + nulls + judged", excluded + ignored + nan + nulls + judged, rows);
  holds(`${failed} rows failed of ${judged} judged`, failed <= judged);
  same("the failed fraction", failedFraction, judged === 0 ? null : failed / judged);
  if (failed === 0) {
    same("the sample of nothing", sample, undefined);
    return;
  }
  const items = sample?.items ?? [];
  same("the sample's total", sample?.total, failed);
  same("the sample's size", items.length, Math.min(sampleLimit, failed));
  same("whether the sample is cut", sample?.truncated, items.length < failed);
  for (const [i, { row }] of items.entries()) {
    holds(`row ${row} of ${rows} is sampled`, row < rows);
    holds("the sample is out of order", i === 0 || row > items[i - 1]!.row);
  }
}

/** An outcome but for the step that decided it, which is another one for other evidence. */
function verdictOf({ evidence: _, ...outcome }: Outcome): Omit<Outcome, "evidence"> {
  return outcome;
}

function copies(table: Table, times: number): Table {
  return new Table(table.schema, new Array(times).fill(table.batches).flat());
}

async function sizeOf(unit: AnyUnit, table: Table): Promise<number> {
  const run = await runOf(unit, table, {}, givenTo(unit, "violation"));
  const { startedAt: _, durationMs: __, ...json } = run.toJSON({ level: "full" });
  return JSON.stringify(json).length;
}

/** The columns that the unit names and its example's table has. */
function namedColumns(unit: AnyUnit): string[] {
  const { params, table } = unit.about.example;
  const labels = unit.columns({ ...params, type: unit.type }).map(columnLabel);
  return labels.filter((label) => Object.hasOwn(table, label));
}

async function checkMissing(unit: AnyUnit, column: string): Promise<void> {
  const example = exampleTable(unit);
  const ones = new Array<number>(example.numRows).fill(1);
  const table = withoutColumn(withNumbers(example, "law_other", ones), column);
  const run = await runOf(unit, table);
  const { status, error } = run.outcomes[0]!;
  if (unit.shape === "table")
    holds(`without ${column} it is ${status}`, status === "fail" || status === "error");
  else
    same(
      `its status without ${column}`,
      [status, error?.code, run.status],
      ["error", "config/unknown-name", "error"],
    );
  try {
    run.orThrow();
  } catch (thrown) {
    return holds(`orThrow throws ${String(thrown)}`, thrown instanceof ValidationError);
  }
  throw new Error(`without ${column}, orThrow gives the run back`);
}

/** The laws of judging: always a verdict, whose numbers agree, whatever the table and its batches. */
export function judgeLaws(unit: AnyUnit, options: LawOptions = {}): Law[] {
  const { type } = unit;
  return [
    {
      name: `${type}: judges every table of its columns, and its numbers agree`,
      check: () =>
        forAll(
          fittingTables(unit),
          async (table) => {
            const outcome = await outcomeOf(unit, table, {}, { sample: LIMIT });
            holds(`it is an error: ${outcome.message}`, outcome.status !== "error");
            checkOutcome(outcome, table.numRows, LIMIT);
          },
          options,
        ),
    },
    {
      name: `${type}: judges columns of every kind it fits, or says why it can't`,
      check: () =>
        forAll(
          tablesOfAnyFit(unit),
          async (table) => {
            const outcome = await outcomeOf(unit, table, {}, { sample: LIMIT });
            const isSaid = outcome.error === undefined || outcome.error.code.startsWith("config/");
            holds(`${outcome.error?.code}: ${outcome.message}`, isSaid);
            checkOutcome(outcome, table.numRows, LIMIT);
          },
          options,
        ),
    },
    {
      name: `${type}: any batching gives the same outcome`,
      check: () => {
        const cut: fc.Arbitrary<[Table, RecordBatch[]]> = fittingTables(unit, {
          maxBatches: 1,
          maxRows: 30,
        }).chain((whole) =>
          fc.tuple(fc.constant(whole), whole.batches[0] ? anyBatching(whole.batches[0]) : fc.constant([])),
        );
        return forAll(
          cut,
          async ([whole, pieces]) => {
            const outcome = await outcomeOf(unit, whole);
            const again = await outcomeOf(unit, new Table(whole.schema, pieces));
            // Cheap evidence may settle a small block where it can't a large one.
            same("the outcome in pieces", verdictOf(again), verdictOf(outcome));
          },
          options,
        );
      },
    },
    {
      name: `${type}: a dictionary is judged as its values are`,
      check: () =>
        forAll(
          unit.shape === "table" ? fc.constant(exampleTable(unit)) : fittingTables(unit),
          async (table) => {
            const outcome = await outcomeOf(unit, table);
            const plain = await outcomeOf(unit, decoded(table));
            same("the outcome on plain columns", verdictOf(plain), verdictOf(outcome));
          },
          options,
        ),
    },
    {
      name: `${type}: its results are read back as they were stored`,
      check: () =>
        forAll(
          fittingTables(unit),
          async (table) => {
            const run = await runOf(unit, table);
            for (const level of resultLevel.options) {
              const json = run.toJSON({ level });
              same(`the run at level ${level}`, parseRun(JSON.parse(JSON.stringify(json))), json);
            }
          },
          options,
        ),
    },
    {
      name: `${type}: a missing column is never a pass`,
      async check() {
        for (const column of namedColumns(unit)) await checkMissing(unit, column);
      },
    },
    {
      name: `${type}: its result doesn't grow with the failing rows`,
      async check() {
        const table = violationTable(unit);
        const [some, many] = [await sizeOf(unit, copies(table, 30)), await sizeOf(unit, copies(table, 600))];
        // Numbers have a few more digits.
        holds(`${some} characters for 30 copies, ${many} for 600`, many < some + 100);
      },
    },
  ];
}
