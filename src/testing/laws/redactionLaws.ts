import type { AnyUnit, PlainTable } from "../../expectations/unit/unit.js";
import type { Json } from "../../results/json.js";
import type { Redaction } from "../../validate/options.js";
import { tableOf } from "../plainTable.js";
import { holds, type Law } from "./law.js";
import { runOf } from "./unitTables.js";

/** Values that nothing else in a result looks like, by the beginning of the type's name. */
const SECRETS: readonly (readonly [type: RegExp, secrets: readonly Json[], mark: string])[] = [
  [/^(large_)?utf8|^dictionary<.*utf8>/, ["sEcReT-1", "sEcReT-2", "sEcReT-1"], "sEcReT"],
  [/^(int|uint)(32|64)|^float64|^decimal/, [91827364, 91827365, 91827364], "9182736"],
  [/^timestamp\[\w+\]$|^date/, ["2187-07-13", "2187-07-14", "2187-07-13"], "2187-07"],
  [/^timestamp/, ["2187-07-13T00:00:00Z", "2187-07-14T00:00:00Z", "2187-07-13T00:00:00Z"], "2187-07"],
  [/^(large_)?binary/, ["c0VjUmVU", "c0VjUmVV", "c0VjUmVU"], "c0VjUmV"],
];

/** The unit's columns filled with secrets, and what they are known by. */
function secretTable(unit: AnyUnit): { table: PlainTable; marks: string[] } {
  const marks: string[] = [];
  const columns = Object.entries(unit.about.example.table).map(([name, { type }]) => {
    const found = SECRETS.find(([pattern]) => pattern.test(type));
    if (!found) return [name, { type, values: [null, null, null] }];
    marks.push(found[2]);
    return [name, { type, values: found[1] }];
  });
  return { table: Object.fromEntries(columns) as PlainTable, marks };
}

async function checkRedaction(unit: AnyUnit, redaction: Redaction): Promise<void> {
  const { table, marks } = secretTable(unit);
  const names = Object.keys(table);
  const redact = Object.fromEntries(names.map((name) => [name, redaction]));
  const run = await runOf(unit, tableOf(table), {}, { redact, keys: names });
  for (const level of ["status", "counts", "sample", "full"] as const) {
    const json = JSON.stringify(run.toJSON({ level }));
    for (const mark of marks)
      holds(`${redaction}: ${mark} stands in the result: ${json}`, !json.includes(mark));
  }
  let said = "";
  try {
    run.orThrow();
  } catch (error) {
    said = String(error);
  }
  for (const mark of marks) holds(`${redaction}: ${mark} stands in the error: ${said}`, !said.includes(mark));
  if (unit.shape === "table") return;
  const { observed, details } = run.outcomes[0]!;
  // Null stays null under every redaction: it tells no value.
  const isTold = observed !== undefined && observed !== null;
  if (redaction === "drop") holds("what was observed of a dropped column is there", !isTold);
  holds("particulars of a redacted column are there", details === undefined);
}

/** The law of redaction: of a redacted column nothing stands in a result but its name. */
export function redactionLaws(unit: AnyUnit): Law[] {
  return (["hash", "mask", "drop"] as const).map((redaction) => ({
    name: `${unit.type}: a result tells nothing of a column under ${redaction}`,
    check: () => checkRedaction(unit, redaction),
  }));
}
