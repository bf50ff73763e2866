import type { RecordBatch, Schema } from "apache-arrow";
import { BatchViews, blocksOf } from "../../columns/block.js";
import type { ReadOptions, Source } from "../../io/source.js";
import type { Evidence } from "../../plan/evidence.js";
import type { Plan, PlannedRule } from "../../plan/plan.js";
import { Judging, type Running } from "./judging.js";
import type { Segment } from "./reading.js";
import type { Foreseen, RunOptions } from "./runOptions.js";
import { callCrew, type Help } from "./threads/callCrew.js";
import { dealRowGroups } from "./threads/dealRowGroups.js";
import { RowDealer } from "./threads/dealRows.js";

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

/** Judges what is read of a segment batch by batch, with the crew's help where there is a dealer. */
async function judgeBatches(
  source: Source,
  segment: Segment<Running>,
  judging: Judging,
  { afterBatch, onProgress }: RunOptions,
  dealer: RowDealer | undefined,
): Promise<void> {
  for await (const [views, firstRow] of scan(source, segment, segment.firstRow)) {
    if (dealer) dealer.judge(views, firstRow);
    else judging.judge(blocksOf(views, firstRow), segment);
    await afterBatch?.(views.batch, firstRow, judging.failing);
    onProgress?.(judging.rows);
  }
}

/** Judges the row groups of a segment, of which the crew reads some by itself. */
async function judgeRowGroups(
  source: Source,
  segment: Segment<Running>,
  judging: Judging,
  { keys, onProgress }: RunOptions,
  help: Help,
): Promise<void> {
  const { schema, rowGroups = [] } = source;
  const own = dealRowGroups(help, schema, rowGroups, segment, keys, (rows) => {
    judging.rows += rows;
  });
  for (const { rowGroup, firstRow, columns, work } of own) {
    for await (const [views, row] of scan(source, { columns, rowGroups: [rowGroup] }, firstRow)) {
      judging.judge(blocksOf(views, row), work);
    }
    onProgress?.(judging.rows);
  }
}

/**
 * Runs a plan on the Arrow engine: what a footer settles isn't read, the rest takes one pass over the columns it needs,
 * and a second look where a rule wants one.
 */
export async function runOnArrow(plan: Plan, source: Source, options: RunOptions): Promise<Evidence> {
  // What isn't told as the rows go by is told when they are read again, unless they can't be, or are written by then.
  const atOnce = ({ quarantine }: PlannedRule) => !source.rereadable || (options.allColumns && quarantine);
  const judging = new Judging(plan, source.schema, options, atOnce);
  const segments = judging.settle(source);
  const called = await callCrew(plan, source, segments, options);
  const help = typeof called === "object" ? called : undefined;
  try {
    for (const segment of segments) {
      if (help && source.rowGroups) await judgeRowGroups(source, segment, judging, options, help);
      else {
        const dealer = help && new RowDealer(help, judging, segment);
        await judgeBatches(source, segment, judging, options, dealer);
      }
    }
    for (const findings of (await help?.crew.end()) ?? []) judging.absorb(findings);
  } finally {
    help?.crew.leave();
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
