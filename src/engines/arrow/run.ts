import type { RecordBatch, Schema } from "apache-arrow";
import { BatchViews, blocksOf } from "../../columns/block.js";
import type { ReadOptions, Source } from "../../io/source.js";
import type { Evidence } from "../../plan/evidence.js";
import type { Plan, PlannedRule } from "../../plan/plan.js";
import { Judging } from "./judging.js";
import type { Foreseen, RunOptions } from "./runOptions.js";
import { Crew } from "./threads/crew.js";

export type { Foreseen, RunOptions } from "./runOptions.js";

async function* scan(source: Source, read: ReadOptions, start = 0): AsyncGenerator<[BatchViews, number]> {
  const positions = read.columns && new Map(read.columns.map((index, position) => [index, position]));
  let firstRow = start;
  for await (const batch of source.batches(read)) {
    yield [new BatchViews(batch, positions), firstRow];
    firstRow += batch.numRows;
  }
}

/** What a run would read, and for which rules and states, without reading a row. */
export function foresee(plan: Plan, source: Source, options: RunOptions): Foreseen {
  const judging = new Judging(plan, source.schema, options, () => false);
  return judging.foresee(judging.settle(source));
}

/**
 * Runs a plan on the Arrow engine: what a footer settles isn't read, the rest takes one pass over the columns it needs,
 * and a second look where a rule wants one.
 */
export async function runOnArrow(plan: Plan, source: Source, options: RunOptions): Promise<Evidence> {
  // What isn't told as the rows go by is told when they are read again, unless they can't be, or are written by then.
  const atOnce = ({ quarantine }: PlannedRule) => !source.rereadable || (options.allColumns && quarantine);
  const judging = new Judging(plan, source.schema, options, atOnce);
  const { failing } = judging;
  const segments = judging.settle(source);
  // Row groups are decoded by threads of their own.
  const [whole] = source.rowGroups ? [] : segments;
  const called = whole && (await Crew.call(plan, source, whole, judging, options));
  const crew = called instanceof Crew ? called : undefined;
  try {
    for (const segment of segments) {
      for await (const [views, firstRow] of scan(source, segment, segment.firstRow)) {
        if (crew) crew.judge(views, firstRow);
        else judging.judge(blocksOf(views, firstRow), segment.rules, segment.metrics);
        await options.afterBatch?.(views.batch, firstRow, failing);
        options.onProgress?.(judging.rows);
      }
    }
    await crew?.end();
  } finally {
    crew?.leave();
  }
  const columns = judging.finish();
  if (columns && source.rereadable) {
    judging.lookAgain();
    for await (const [views, firstRow] of scan(source, { columns })) judging.select(views, firstRow);
  }
  return { ...judging.evidence(), ...(typeof called === "string" ? { alone: called } : {}) };
}

/** The same over batches that are there, all their columns with them, without waiting. */
export function runOnBatches(
  plan: Plan,
  schema: Schema,
  batches: readonly RecordBatch[],
  options: Omit<RunOptions, "afterBatch" | "onProgress" | "allColumns">,
): Evidence {
  const judging = new Judging(plan, schema, { ...options, allColumns: true }, () => false);
  const feed = (take: (views: BatchViews, firstRow: number) => void) => {
    let firstRow = 0;
    for (const batch of batches) {
      take(new BatchViews(batch, undefined), firstRow);
      firstRow += batch.numRows;
    }
  };
  feed((views, firstRow) => judging.judge(blocksOf(views, firstRow)));
  if (judging.finish()) {
    judging.lookAgain();
    feed((views, firstRow) => judging.select(views, firstRow));
  }
  return judging.evidence();
}
