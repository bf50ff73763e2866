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

/** A run of a plan, fed batch by batch; who feeds it may wait for the batches or have them. */
class Judging {
  readonly #metrics: MetricGatherer;
  readonly #rules = new Map<string, Running>();
  readonly #schema: Schema;
  readonly #options: RunOptions;
  #again: Running[] = [];
  rows = 0;

  constructor(plan: Plan, schema: Schema, options: RunOptions) {
    this.#schema = schema;
    this.#options = options;
    this.#metrics = new MetricGatherer(plan.metrics, schema, options);
    for (const planned of plan.rules) {
      this.#rules.set(planned.id, {
        planned,
        runner: runnerOf(planned.rule, schema, options),
        sampler: this.#sampler(planned),
        marks: new RowSet(),
        complete: true,
      });
    }
  }

  #sampler({ shown }: PlannedRule): Sampler {
    const { sample, keys, sampleFrom } = this.#options;
    return new Sampler(this.#schema, sample, shown, keys, sampleFrom);
  }

  /** The rows that each rule failed so far. */
  get failing(): ReadonlyMap<string, RowSet> {
    return new Map([...this.#rules].map(([id, { marks }]) => [id, marks]));
  }

  judge(views: BatchViews, firstRow: number): void {
    for (const block of blocksOf(views, firstRow)) {
      this.#metrics.observe(block);
      for (const running of this.#rules.values()) keep(running, block, running.runner.judge(block));
    }
    this.rows = firstRow + views.batch.numRows;
  }

  /** After all batches: the columns of the rules that needed to see all rows first, if there are any. */
  wantsSecondLook(): number[] | undefined {
    const rules = [...this.#rules.values()].filter(({ runner }) => runner.wantsSecondLook);
    for (const running of rules) running.complete = false;
    if (rules.length === 0) return undefined;
    const refs = rules.flatMap(({ planned }) => [...ruleColumns(planned.rule), ...planned.shown]);
    return columnIndexes(this.#schema, [...refs, ...this.#options.keys]);
  }

  /** Begins the second look: what was marked and sampled so far is known in part only. */
  lookAgain(): void {
    this.#again = [...this.#rules.values()].filter(({ complete }) => !complete);
    for (const running of this.#again) {
      running.marks = new RowSet();
      running.sampler = this.#sampler(running.planned);
      running.complete = true;
    }
  }

  select(views: BatchViews, firstRow: number): void {
    for (const block of blocksOf(views, firstRow)) {
      for (const running of this.#again) keep(running, block, running.runner.select(block));
    }
  }

  evidence(): Evidence {
    return {
      rows: this.rows,
      metric: (request) => this.#metrics.get(request) as never,
      rule: (id) => evidenceOf(this.#rules.get(id)!),
    };
  }
}

/** Runs a plan on the Arrow engine: one pass over the columns it needs, and a second look where a rule wants one. */
export async function runOnArrow(plan: Plan, source: Source, options: RunOptions): Promise<Evidence> {
  const judging = new Judging(plan, source.schema, options);
  const { failing } = judging;
  for await (const [views, firstRow] of scan(source, options.allColumns ? undefined : plan.columns)) {
    judging.judge(views, firstRow);
    await options.afterBatch?.(views.batch, firstRow, failing);
    options.onProgress?.(judging.rows);
  }
  const columns = judging.wantsSecondLook();
  if (columns && source.rereadable) {
    judging.lookAgain();
    for await (const [views, firstRow] of scan(source, columns)) judging.select(views, firstRow);
  }
  return judging.evidence();
}

/** The same over batches that are there, all their columns with them, without waiting. */
export function runOnBatches(
  plan: Plan,
  schema: Schema,
  batches: readonly RecordBatch[],
  options: Omit<RunOptions, "afterBatch" | "onProgress" | "allColumns">,
): Evidence {
  const judging = new Judging(plan, schema, { ...options, allColumns: true });
  const feed = (take: (views: BatchViews, firstRow: number) => void) => {
    let firstRow = 0;
    for (const batch of batches) {
      take(new BatchViews(batch, undefined), firstRow);
      firstRow += batch.numRows;
    }
  };
  feed((views, firstRow) => judging.judge(views, firstRow));
  if (judging.wantsSecondLook()) {
    judging.lookAgain();
    feed((views, firstRow) => judging.select(views, firstRow));
  }
  return judging.evidence();
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
