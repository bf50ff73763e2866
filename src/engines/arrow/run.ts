import type { RecordBatch, Schema } from "apache-arrow";
import type { ColumnRef } from "../../columns/address.js";
import { BatchViews, type Block, blocksOf } from "../../columns/block.js";
import { RowSet } from "../../columns/rowSet.js";
import type { Source } from "../../io/source.js";
import type { Evidence, RuleEvidence } from "../../plan/evidence.js";
import type { Plan, PlannedRule } from "../../plan/plan.js";
import { columnIndexes } from "../../plan/plan.js";
import { type RowRule, ruleColumns } from "../../plan/rule.js";
import { MetricGatherer } from "./gatherMetrics.js";
import { KeyedRunner } from "./keyedRunner.js";
import { LocalRunner } from "./localRunner.js";
import { OrderedRunner } from "./orderedRunner.js";
import type { RuleRunner, Runtime } from "./ruleRunner.js";
import { Sampler } from "./sampler.js";
import { ScaledRunner } from "./scaledRunner.js";

/** How a run is made, besides its plan. */
export interface RunOptions extends Runtime {
  /** Failing rows kept for each rule, at most. */
  readonly sample: number;
  readonly keys: readonly ColumnRef[];
  /** The first row that may be sampled; default 0. */
  readonly sampleFrom?: number;
  /** Read all columns, because the rows are going to be written. */
  readonly allColumns: boolean;
  /** Called after each batch was judged, in order; `failing` says which rows each rule failed so far. */
  readonly afterBatch?: (
    batch: RecordBatch,
    firstRow: number,
    failing: ReadonlyMap<string, RowSet>,
  ) => Promise<void>;
  readonly onProgress?: (rows: number) => void;
}

interface Running {
  readonly planned: PlannedRule;
  readonly runner: RuleRunner;
  sampler: Sampler;
  marks: RowSet;
  complete: boolean;
}

function runnerOf(rule: RowRule, schema: Schema, runtime: Runtime): RuleRunner {
  switch (rule.kind) {
    case "local":
    case "function":
      return new LocalRunner(rule, schema, runtime);
    case "keyed":
      return new KeyedRunner(rule, schema, runtime);
    case "ordered":
      return new OrderedRunner(rule, schema, runtime);
    case "scaled":
      return new ScaledRunner(rule, schema, runtime);
  }
}

async function* scan(
  source: Source,
  columns: readonly number[] | undefined,
): AsyncGenerator<[BatchViews, number]> {
  const positions = columns && new Map(columns.map((index, position) => [index, position]));
  let firstRow = 0;
  for await (const batch of source.batches(columns ? { columns } : {})) {
    yield [new BatchViews(batch, positions), firstRow];
    firstRow += batch.numRows;
  }
}

function keep(running: Running, block: Block, failed: Uint8Array | undefined): void {
  if (!failed) return;
  running.marks.addFlags(block.row, failed, block.count);
  running.sampler.take(block, failed, (at, i) => running.runner.reason(at, i));
}

/** Tells the failing rows of rules that needed to see all rows first. Reads the columns of those rules only. */
async function lookAgain(source: Source, rules: readonly Running[], options: RunOptions): Promise<void> {
  const refs = rules.flatMap(({ planned }) => [...ruleColumns(planned.rule), ...planned.shown]);
  const columns = columnIndexes(source.schema, [...refs, ...options.keys]);
  const again = rules.map((running) => ({
    ...running,
    marks: new RowSet(),
    sampler: new Sampler(
      source.schema,
      options.sample,
      running.planned.shown,
      options.keys,
      options.sampleFrom,
    ),
  }));
  for await (const [views, firstRow] of scan(source, columns)) {
    for (const block of blocksOf(views, firstRow)) {
      for (const running of again) keep(running, block, running.runner.select(block));
    }
  }
  for (const [nth, running] of rules.entries()) {
    running.marks = again[nth]!.marks;
    running.sampler = again[nth]!.sampler;
    running.complete = true;
  }
}

/** Runs a plan on the Arrow engine: one pass over the columns it needs, and a second look where a rule wants one. */
export async function runOnArrow(plan: Plan, source: Source, options: RunOptions): Promise<Evidence> {
  const { schema } = source;
  const metrics = new MetricGatherer(plan.metrics, schema, options);
  const rules = new Map<string, Running>();
  for (const planned of plan.rules) {
    rules.set(planned.id, {
      planned,
      runner: runnerOf(planned.rule, schema, options),
      sampler: new Sampler(schema, options.sample, planned.shown, options.keys, options.sampleFrom),
      marks: new RowSet(),
      complete: true,
    });
  }
  const failing = new Map([...rules].map(([id, { marks }]) => [id, marks]));
  let rows = 0;
  for await (const [views, firstRow] of scan(source, options.allColumns ? undefined : plan.columns)) {
    for (const block of blocksOf(views, firstRow)) {
      metrics.observe(block);
      for (const running of rules.values()) keep(running, block, running.runner.judge(block));
    }
    rows = firstRow + views.batch.numRows;
    await options.afterBatch?.(views.batch, firstRow, failing);
    options.onProgress?.(rows);
  }
  const unfinished = [...rules.values()].filter(({ runner }) => runner.wantsSecondLook);
  for (const running of unfinished) running.complete = false;
  if (unfinished.length > 0 && source.rereadable) await lookAgain(source, unfinished, options);

  return {
    rows,
    metric: (request) => metrics.get(request) as never,
    rule: (id) => evidenceOf(rules.get(id)!),
  };
}

function evidenceOf({ runner, marks, sampler, complete }: Running): RuleEvidence {
  return {
    tally: { ...runner.tally },
    step: runner.step,
    marks: complete ? marks : undefined,
    sample: sampler.rows,
    thrown: runner.thrown,
  };
}
