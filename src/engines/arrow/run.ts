import type { RecordBatch, Schema } from "apache-arrow";
import { BatchViews, type Block, blocksOf } from "../../columns/block.js";
import type { ColumnRef } from "../../columns/columnUse.js";
import { RowSet } from "../../columns/rowSet.js";
import type { ReadOptions, Source } from "../../io/source.js";
import type { Evidence, ReadParts, RuleEvidence } from "../../plan/evidence.js";
import { columnIndexes, type Plan, type PlannedRule } from "../../plan/plan.js";
import type { MetricRequest } from "../../plan/request.js";
import { type RowRule, ruleColumns } from "../../plan/rule.js";
import { MetricGatherer } from "./gatherMetrics.js";
import { KeyedRunner } from "./keyedRunner.js";
import { LocalRunner } from "./localRunner.js";
import { OrderedRunner } from "./orderedRunner.js";
import { type Judged, planReading, type Segment } from "./reading.js";
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

/** What can be told of a run before a row is read. */
export interface Foreseen {
  /** Columns that some rows are read of, ascending. */
  readonly columns: readonly number[];
  readonly read?: ReadParts;
  /** True when some rows are read for the rule of an expectation, by its id. */
  isOpen(id: string): boolean;
  /** True when some rows are read for a state. */
  isGathered(request: MetricRequest): boolean;
}

interface Running extends Judged {
  sampler: Sampler;
  marks: RowSet;
  complete: boolean;
}

function runnerOf(rule: RowRule, schema: Schema, runtime: Runtime, atOnce: boolean): RuleRunner {
  switch (rule.kind) {
    case "local":
    case "function":
      return new LocalRunner(rule, schema, runtime);
    case "keyed":
      return new KeyedRunner(rule, schema, runtime, atOnce);
    case "ordered":
      return new OrderedRunner(rule, schema, runtime);
    case "scaled":
      return new ScaledRunner(rule, schema, runtime);
  }
}

async function* scan(source: Source, read: ReadOptions, start = 0): AsyncGenerator<[BatchViews, number]> {
  const positions = read.columns && new Map(read.columns.map((index, position) => [index, position]));
  let firstRow = start;
  for await (const batch of source.batches(read)) {
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
  readonly #rules: readonly Running[];
  readonly #plan: Plan;
  readonly #schema: Schema;
  readonly #options: RunOptions;
  #again: Running[] = [];
  #read: ReadParts | undefined;
  rows = 0;

  /** `atOnce` asks for a rule's failing rows as they go by, wherever that can be. */
  constructor(plan: Plan, schema: Schema, options: RunOptions, atOnce: (rule: PlannedRule) => boolean) {
    this.#plan = plan;
    this.#schema = schema;
    this.#options = options;
    this.#metrics = new MetricGatherer(plan.metrics, schema, options);
    this.#rules = plan.rules.map((planned) => ({
      planned,
      runner: runnerOf(planned.rule, schema, options, atOnce(planned)),
      sampler: this.#sampler(planned),
      marks: new RowSet(),
      complete: true,
    }));
    const rules = this.#rules;
    options.memory?.add({
      holds: "which rows fail",
      get byteLength() {
        return rules.reduce((sum, { marks }) => sum + marks.byteLength, 0);
      },
    });
  }

  #sampler({ shown }: PlannedRule): Sampler {
    const { sample, keys, sampleFrom } = this.#options;
    return new Sampler(this.#schema, sample, shown, keys, sampleFrom);
  }

  /** The rows that each rule failed so far. */
  get failing(): ReadonlyMap<string, RowSet> {
    return new Map(this.#rules.map(({ planned, marks }) => [planned.id, marks]));
  }

  /** Takes in what the source's footer settles; returns what is to be read. */
  settle(source: Source): readonly Segment<Running>[] {
    const reading = planReading(this.#plan, source, this.#rules, this.#metrics, this.#options);
    this.rows = reading.settledRows;
    this.#read = reading.read;
    return reading.segments;
  }

  /** What is read for which rules and states, of some segments. */
  foresee(segments: readonly Segment<Running>[]): Foreseen {
    const rules = new Set(segments.flatMap((segment) => segment.rules.map(({ planned }) => planned.id)));
    const metrics = new Set(segments.flatMap((segment) => segment.metrics));
    const all = [...this.#schema.fields.keys()];
    const columns = new Set(segments.flatMap((segment) => segment.columns ?? all));
    return {
      columns: [...columns].sort((a, b) => a - b),
      ...(this.#read ? { read: this.#read } : {}),
      isOpen: (id) => rules.has(id),
      isGathered: (request) => metrics.has(this.#metrics.find(request)!),
    };
  }

  judge(views: BatchViews, firstRow: number, rules = this.#rules, metrics = this.#metrics.all): void {
    for (const block of blocksOf(views, firstRow)) {
      this.#metrics.observe(block, metrics);
      for (const running of rules) keep(running, block, running.runner.judge(block));
      this.#options.memory?.keep();
    }
    this.rows += views.batch.numRows;
  }

  /** After all batches: counts what is known only then; the columns of the rules that had to see all rows first, if any. */
  finish(): number[] | undefined {
    for (const { runner } of this.#rules) runner.finish?.();
    const rules = this.#rules.filter(({ runner }) => runner.wantsSecondLook);
    for (const running of rules) running.complete = false;
    if (rules.length === 0) return undefined;
    const refs = rules.flatMap(({ planned }) => [...ruleColumns(planned.rule), ...planned.shown]);
    return columnIndexes(this.#schema, [...refs, ...this.#options.keys]);
  }

  /** Begins the second look: what was marked and sampled so far is known in part only. */
  lookAgain(): void {
    this.#again = this.#rules.filter(({ complete }) => !complete);
    for (const running of this.#again) {
      running.marks = new RowSet();
      running.sampler = this.#sampler(running.planned);
      running.complete = true;
    }
  }

  select(views: BatchViews, firstRow: number): void {
    for (const block of blocksOf(views, firstRow)) {
      for (const running of this.#again) keep(running, block, running.runner.select(block));
      this.#options.memory?.keep();
    }
  }

  evidence(): Evidence {
    return {
      rows: this.rows,
      metric: (request) => this.#metrics.get(request).state as never,
      step: (request) => this.#metrics.find(request)?.step ?? "metadata",
      ...(this.#read ? { read: this.#read } : {}),
      rule: (id) => evidenceOf(this.#rules.find(({ planned }) => planned.id === id)!),
    };
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
  for (const segment of judging.settle(source)) {
    for await (const [views, firstRow] of scan(source, segment, segment.firstRow)) {
      judging.judge(views, firstRow, segment.rules, segment.metrics);
      await options.afterBatch?.(views.batch, firstRow, failing);
      options.onProgress?.(judging.rows);
    }
  }
  const columns = judging.finish();
  if (columns && source.rereadable) {
    judging.lookAgain();
    for await (const [views, firstRow] of scan(source, { columns })) judging.select(views, firstRow);
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
  const judging = new Judging(plan, schema, { ...options, allColumns: true }, () => false);
  const feed = (take: (views: BatchViews, firstRow: number) => void) => {
    let firstRow = 0;
    for (const batch of batches) {
      take(new BatchViews(batch, undefined), firstRow);
      firstRow += batch.numRows;
    }
  };
  feed((views, firstRow) => judging.judge(views, firstRow));
  if (judging.finish()) {
    judging.lookAgain();
    feed((views, firstRow) => judging.select(views, firstRow));
  }
  return judging.evidence();
}

function evidenceOf({ runner, marks, sampler, complete }: Running): RuleEvidence {
  return {
    tally: { ...runner.tally },
    step: runner.tally.rows === 0 ? "metadata" : runner.step,
    marks: complete ? marks : undefined,
    sample: sampler.rows,
    thrown: runner.thrown,
  };
}
