import type { GxMapping } from "../../expectations/unit/greatExpectations.js";
import type { Json } from "../../results/json.js";
import type { Outcome, OutcomeRow } from "../../results/outcome.js";
import { configOf } from "./gxConfigOf.js";
import type { GxResultFormat } from "./toGreatExpectations.js";

/** GX shows so many values where it shows a part. */
const PARTIAL = 20;

/** How GX lists a failing row: the value of one column, the pair of two, a record of several. */
function cellsOf(type: string): (row: OutcomeRow, columns: readonly string[]) => Json {
  if (type.startsWith("expect_column_pair_"))
    return ({ values }, columns) => columns.map((name) => values[name] ?? null);
  if (/^expect_(?:compound_columns|multicolumn|select_column)_/.test(type)) {
    return ({ values }, columns) => Object.fromEntries(columns.map((name) => [name, values[name] ?? null]));
  }
  return ({ values }, columns) =>
    columns.length === 1
      ? (values[columns[0]!] ?? null)
      : Object.fromEntries(columns.map((name) => [name, values[name] ?? null]));
}

function countsOf(values: readonly Json[]): Json {
  const counts = new Map<string, { value: Json; count: number }>();
  for (const value of values) {
    const key = JSON.stringify(value);
    counts.set(key, { value, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  const all = [...counts.values()].sort((a, b) => b.count - a.count);
  return all.slice(0, PARTIAL) as unknown as Json;
}

const percent = (part: number, of: number): number | null => (of === 0 ? null : (part / of) * 100);

/** GX's result of an expectation about rows, at one of its formats. */
export function rowResult(
  outcome: Outcome,
  mapping: GxMapping | undefined,
  format: Exclude<GxResultFormat, "BOOLEAN_ONLY">,
): Record<string, Json> {
  const { counts, sample } = outcome;
  if (!counts) return {};
  const rows = sample?.items ?? [];
  const cells = cellsOf(configOf(outcome).config.type);
  const values = rows.map((row) => cells(row, outcome.columns));
  const elements = counts.rows - counts.excluded;
  const missing = counts.ignored + counts.nulls + counts.nan;
  const ofJudged = percent(counts.failed, counts.judged);
  const keys = Object.keys(rows[0]?.keys ?? {});
  const index = rows.map(({ row, keys: of }) => (of && keys.length > 0 ? of : row)) as Json[];
  return {
    element_count: elements,
    unexpected_count: counts.failed,
    unexpected_percent: ofJudged,
    partial_unexpected_list: values.slice(0, PARTIAL),
    ...(keys.length > 0 ? { unexpected_index_column_names: keys } : {}),
    ...(mapping?.countsNulls
      ? {}
      : {
          missing_count: missing,
          missing_percent: percent(missing, elements),
          unexpected_percent_total: percent(counts.failed, elements),
          unexpected_percent_nonmissing: ofJudged,
        }),
    ...(format === "BASIC"
      ? {}
      : {
          partial_unexpected_counts: countsOf(values),
          partial_unexpected_index_list: index.slice(0, PARTIAL),
        }),
    ...(format === "COMPLETE" ? { unexpected_list: values, unexpected_index_list: index } : {}),
  };
}
