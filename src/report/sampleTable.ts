import type { Json } from "../results/json.js";
import { grouped, type ReportedOutcome, valueText } from "./wording.js";

/** The sampled rows of an outcome as a table of texts, not yet escaped. */
export interface SampleTable {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Failing rows that the table leaves out. */
  readonly more: number;
  /** Columns that the table leaves out. */
  readonly hidden: number;
}

/** Lays out the first failing rows: number, keys, values, reason. Undefined when an outcome has no sample. */
export function sampleTable(
  { sample }: ReportedOutcome,
  most: { readonly rows: number; readonly columns: number },
): SampleTable | undefined {
  if (sample === undefined || sample.items.length === 0) return undefined;
  const items = sample.items.slice(0, most.rows).map((item) => ({
    row: grouped(item.row),
    reason: item.reason,
    // A key that is also a value is shown once, among the keys: by them the row is found again.
    cells: new Map<string, Json>([...Object.entries(item.keys ?? {}), ...Object.entries(item.values)]),
  }));
  const all = [...new Set(items.flatMap(({ cells }) => [...cells.keys()]))];
  const columns = all.slice(0, most.columns);
  const hasReason = items.some(({ reason }) => reason !== undefined);
  return {
    headers: ["row", ...columns, ...(hasReason ? ["reason"] : [])],
    rows: items.map(({ row, cells, reason }) => [
      row,
      ...columns.map((column) => valueText(cells.get(column))),
      ...(hasReason ? [reason ?? ""] : []),
    ]),
    more: Math.max(0, sample.total - items.length),
    hidden: all.length - columns.length,
  };
}

/** What a sample leaves out: `… 23 more rows, 2 more columns`; undefined when it is all there is. */
export function leftOutText({ more, hidden }: SampleTable): string | undefined {
  const parts = [
    ...(more > 0 ? [`${grouped(more)} more`] : []),
    ...(hidden > 0 ? [`${grouped(hidden)} more ${hidden === 1 ? "column" : "columns"}`] : []),
  ];
  return parts.length === 0 ? undefined : `… ${parts.join(", ")}`;
}
