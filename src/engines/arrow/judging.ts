import type { Schema } from "apache-arrow";
import { type BatchViews, type Block, blocksOf } from "../../columns/block.js";
import { RowSet } from "../../columns/rowSet.js";
import type { Source } from "../../io/source.js";
import type { Evidence, ReadParts, RuleEvidence } from "../../plan/evidence.js";
import { columnIndexes, type Plan, type PlannedRule } from "../../plan/plan.js";
import { requestKey } from "../../plan/request.js";
import { type RowRule, ruleColumns } from "../../plan/rule.js";
import type { Findings } from "./findings.js";
import { MetricGatherer } from "./gatherMetrics.js";
import { KeyedRunner } from "./keyedRunner.js";
import { LocalRunner } from "./localRunner.js";
import { OrderedRunner } from "./orderedRunner.js";
import { type Judged, planReading, type Segment, type Work } from "./reading.js";
import type { RuleRunner, Runtime } from "./ruleRunner.js";
import type { Foreseen, RunOptions } from "./runOptions.js";
import { Sampler } from "./sampler.js";
import { ScaledRunner } from "./scaledRunner.js";

/** A rule on its way: who judges it, and what was found so far. */
export interface Running extends Judged {
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

function keep(running: Running, block: Block, failed: Uint8Array | undefined): void {
  if (!failed) return;
  running.marks.addFlags(block.row, failed, block.count);
  running.sampler.take(block, failed, (at, i) => running.runner.reason(at, i));
}

/** A run of a plan, fed batch by batch; who feeds it may wait for the batches or have them. */
export class Judging {
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

  /** All rules and states. */
  get all(): Work<Running> {
    return { rules: this.#rules, metrics: this.#metrics.all };
  }

  /** Some of them, by the ids of rules and the keys of requests. */
  named(rules: readonly string[], metrics: readonly string[]): Work<Running> {
    return {
      rules: this.#rules.filter(({ planned }) => rules.includes(planned.id)),
      metrics: this.#metrics.all.filter(({ request }) => metrics.includes(requestKey(request))),
    };
  }

  /** Judges blocks, in row order, for some of the rules and states. */
  judge(blocks: Iterable<Block>, { rules, metrics } = this.all): void {
    for (const block of blocks) {
      this.#metrics.observe(block, metrics);
      for (const running of rules) keep(running, block, running.runner.judge(block));
      this.#options.memory?.keep();
      this.rows += block.count;
    }
  }

  /** What was found so far, for another run of the same rules and states to absorb. */
  get findings(): Findings {
    return {
      rules: this.#rules.map(({ planned, runner, marks, sampler }) => ({
        id: planned.id,
        tally: { ...runner.tally },
        step: runner.step,
        pages: marks.pages,
        sample: sampler.rows,
      })),
      metrics: this.#metrics.findings,
    };
  }

  /** Takes in what was found among rows that were counted here and judged elsewhere. */
  absorb({ rules, metrics }: Findings): void {
    for (const { id, tally, step, pages, sample } of rules) {
      const running = this.#rules.find(({ planned }) => planned.id === id)!;
      running.runner.absorb!(tally, step);
      running.marks.addPages(pages);
      running.sampler.absorb(sample);
    }
    for (const found of metrics) this.#metrics.absorb(found);
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

function evidenceOf({ runner, marks, sampler, complete }: Running): RuleEvidence {
  return {
    tally: { ...runner.tally },
    step: runner.tally.rows === 0 ? "metadata" : runner.step,
    marks: complete ? marks : undefined,
    sample: sampler.rows,
    thrown: runner.thrown,
  };
}
