import { BatchViews, blocksOf } from "../../columns/block.js";
import type { ColumnRef } from "../../columns/columnUse.js";
import type { RowSet } from "../../columns/rowSet.js";
import type { Source } from "../../io/source.js";
import type { SampledRow } from "../../plan/evidence.js";
import { columnIndexes, type PlannedRule } from "../../plan/plan.js";
import { Sampler } from "../arrow/sampler.js";

/** How many failing rows are shown, and with which columns beside them. */
export interface Sampling {
  readonly sample: number;
  readonly keys: readonly ColumnRef[];
  readonly sampleFrom?: number;
}

interface Wanted {
  readonly planned: PlannedRule;
  readonly marks: RowSet;
  /** The last row of the sample, or -1 where there is none. */
  readonly last: number;
}

function lastSampled(marks: RowSet, { sample, sampleFrom = 0 }: Sampling): number {
  let last = -1;
  let taken = 0;
  for (const row of marks) {
    if (taken === sample) break;
    if (row < sampleFrom) continue;
    last = row;
    taken++;
  }
  return last;
}

/**
 * The first failing rows of each rule, by the rules' ids, with their values as the source's own reader gives them: of the
 * row groups that hold them and the columns that are shown, and of nothing else.
 */
export async function sampleRows(
  source: Source,
  rules: readonly { readonly planned: PlannedRule; readonly marks: RowSet }[],
  sampling: Sampling,
): Promise<Map<string, readonly SampledRow[]>> {
  const { schema } = source;
  const samplers = new Map(
    rules.map(({ planned }) => {
      const { sample, keys, sampleFrom } = sampling;
      return [planned.id, new Sampler(schema, sample, planned.shown, keys, sampleFrom)];
    }),
  );
  const wanted = rules
    .map((rule): Wanted => ({ ...rule, last: lastSampled(rule.marks, sampling) }))
    .filter(({ last }) => last >= 0);
  if (wanted.length > 0) {
    const refs = [...wanted.flatMap(({ planned }) => planned.shown), ...sampling.keys];
    await takeFrom(source, columnIndexes(schema, refs), wanted, samplers);
  }
  return new Map([...samplers].map(([id, { rows }]) => [id, rows]));
}

async function takeFrom(
  source: Source,
  columns: readonly number[],
  wanted: readonly Wanted[],
  samplers: ReadonlyMap<string, Sampler>,
): Promise<void> {
  const end = Math.max(...wanted.map(({ last }) => last));
  const positions = new Map(columns.map((index, position) => [index, position]));
  const take = (views: BatchViews, firstRow: number): void => {
    for (const block of blocksOf(views, firstRow)) {
      for (const { planned, marks, last } of wanted) {
        const flags = new Uint8Array(block.count);
        if (block.row > last || !marks.markInto(block.row, block.count, flags)) continue;
        samplers.get(planned.id)!.take(block, flags, () => undefined);
      }
    }
  };
  const groups = source.rowGroups;
  if (!groups) {
    let firstRow = 0;
    for await (const batch of source.batches({ columns })) {
      take(new BatchViews(batch, positions), firstRow);
      firstRow += batch.numRows;
      if (firstRow > end) return;
    }
    return;
  }
  let start = 0;
  for (const [nth, { rows }] of groups.entries()) {
    const flags = new Uint8Array(rows);
    const isWanted = wanted.some(
      ({ marks, last }) => start <= last && marks.markInto(start, Math.min(rows, last + 1 - start), flags),
    );
    if (isWanted) {
      let firstRow = start;
      for await (const batch of source.batches({ columns, rowGroups: [nth] })) {
        take(new BatchViews(batch, positions), firstRow);
        firstRow += batch.numRows;
        if (firstRow > end) return;
      }
    }
    start += rows;
  }
}
