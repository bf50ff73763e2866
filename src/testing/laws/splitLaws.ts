import type { RecordBatch, Table } from "apache-arrow";
import type fc from "fast-check";
import { cellText } from "../../columns/cellText.js";
import type { AnyUnit } from "../../expectations/unit/unit.js";
import { identify, type Suite } from "../../suite/suite.js";
import { quarantineColumnsOf, type ValidateOptions } from "../../validate/options.js";
import type { Split } from "../../validate/split.js";
import { validate } from "../../validate/validate.js";
import { forAll, holds, type Law, type LawOptions, same } from "./law.js";
import { fittingTables, givenTo, suiteOf } from "./unitTables.js";

type Row = readonly (string | null)[];

/** The rows of batches as exact text, `columns` cells each. */
function rowsOf(batches: readonly RecordBatch[], columns: number): Row[] {
  return batches.flatMap((batch) =>
    Array.from({ length: batch.numRows }, (_, row) =>
      batch.data.children.slice(0, columns).map((data) => cellText(data, row)),
    ),
  );
}

async function batchesOf(split: Split): Promise<RecordBatch[]> {
  const batches: RecordBatch[] = [];
  for await (const batch of split.batches()) batches.push(batch);
  return batches;
}

/** A quarantined row: its number in the source, and the rules it broke. */
interface Moved {
  readonly row: number;
  readonly rules: readonly string[];
}

function movedRows(batches: readonly RecordBatch[], options: ValidateOptions): Moved[] {
  const names = quarantineColumnsOf(options);
  return batches.flatMap((batch) => {
    const [numbers, lists] = [batch.getChild(names.row), batch.getChild(names.rules)];
    return Array.from({ length: batch.numRows }, (_, i) => ({
      row: Number(numbers?.get(i)),
      rules: Array.from((lists?.get(i) ?? []) as Iterable<string>),
    }));
  });
}

/** Both sides laid together in the order of the row numbers: what was not moved has to fill the places in between. */
function woven(rows: number, kept: readonly Row[], moved: readonly Row[], places: readonly Moved[]): Row[] {
  const back = new Map(places.map(({ row }, i) => [row, moved[i]!]));
  let next = 0;
  return Array.from({ length: rows }, (_, row) => back.get(row) ?? kept[next++] ?? []);
}

function checkRules(moved: readonly Moved[], ids: readonly string[]): void {
  for (const [i, { row, rules }] of moved.entries()) {
    holds(`row ${row} is quarantined out of order`, i === 0 || row > moved[i - 1]!.row);
    holds(`row ${row} is quarantined for nothing`, rules.length > 0);
    same(
      `the rules of row ${row}, which stand in the suite's order`,
      rules,
      ids.filter((id) => rules.includes(id)),
    );
  }
}

/**
 * Checks the split of a table by a suite: accepted and quarantined rows are disjoint, together the input, in its order
 * and with its values; each quarantined row names the rules it broke, each rule's rows are as many as it counted; and
 * the accepted rows, validated again, break no rule that quarantines. Throws an Error that says which isn't so.
 */
export async function checkSplit(table: Table, suite: Suite, options: ValidateOptions = {}): Promise<void> {
  const columns = table.schema.fields.length;
  const run = await validate(table, suite, options);
  const input = rowsOf(table.batches, columns);
  const [kept, moved] = [await batchesOf(run.accepted), await batchesOf(run.quarantined)];
  const [keptRows, movedRowTexts] = [rowsOf(kept, columns), rowsOf(moved, columns)];
  const places = movedRows(moved, options);
  same("accepted.rows", run.accepted.rows, keptRows.length);
  same("quarantined.rows", run.quarantined.rows, movedRowTexts.length);
  same(
    "accepted and quarantined, laid together",
    woven(input.length, keptRows, movedRowTexts, places),
    input,
  );
  same("how many there are", keptRows.length + movedRowTexts.length, input.length);

  const ids = identify(suite).flatMap(({ id, stored }) => (stored.onFail === "quarantine" ? [id] : []));
  checkRules(places, ids);
  for (const { id, counts } of run.outcomes.filter((outcome) => ids.includes(outcome.id))) {
    const named = places.filter(({ rules }) => rules.includes(id)).length;
    if (counts) same(`the rows that name ${id}`, named, counts.failed);
  }
  const again = await validate(await run.accepted.table(), suite, options);
  for (const { id, counts } of again.outcomes.filter((outcome) => ids.includes(outcome.id))) {
    same(`rows that break ${id} among the accepted`, counts?.failed ?? 0, 0);
  }
}

/** The law of the split, for a suite and tables it is made for. */
export function splitLaw(
  suite: Suite,
  tables: fc.Arbitrary<Table>,
  run: ValidateOptions = {},
  options: LawOptions = {},
): Law {
  return {
    name: `${suite.name}: accepted and quarantined rows are the input`,
    check: () => forAll(tables, (table) => checkSplit(table, suite, run), options),
  };
}

/** The law of the split, for a unit; none for one that can't quarantine. */
export function unitSplitLaws(unit: AnyUnit, options: LawOptions = {}): Law[] {
  if (!unit.quarantines) return [];
  const suite = suiteOf(unit, { onFail: "quarantine" });
  const law = splitLaw(suite, fittingTables(unit), givenTo(unit), options);
  return [{ ...law, name: `${unit.type}: accepted and quarantined rows are the input` }];
}
