import { InputError } from "../../errors/index.js";
import type { Source } from "../../io/source.js";
import type { Evidence, RuleEvidence } from "../../plan/evidence.js";
import { makePlan, type Plan, type PlannedRule } from "../../plan/plan.js";
import { type MetricRequest, requestKey, type States } from "../../plan/request.js";
import { type RunOptions, runOnArrow } from "../arrow/run.js";
import type { EngineRun } from "../engine.js";
import type { Decided, DecidedRule } from "./decide.js";
import { sampleRows } from "./sampleRows.js";

/** A rule's evidence, as DuckDB's queries came to it. */
function evidenceOf({ tally, marks }: DecidedRule, sample: RuleEvidence["sample"]): RuleEvidence {
  return { tally, step: "rows", marks, sample, thrown: { count: 0, first: undefined } };
}

/** Runs on the Arrow engine what DuckDB left: the same pass writes the rows where someone wants them written. */
async function runRest(
  metrics: readonly MetricRequest[],
  rules: readonly PlannedRule[],
  source: Source,
  decided: ReadonlyMap<string, RuleEvidence>,
  options: RunOptions,
): Promise<Evidence | undefined> {
  if (metrics.length === 0 && rules.length === 0 && !options.allColumns) return undefined;
  const { afterBatch } = options;
  return runOnArrow(makePlan(source.schema, metrics, rules, options.keys), source, {
    ...options,
    ...(afterBatch && {
      afterBatch: (batch, firstRow, failing) => {
        const all = new Map([...decided].map(([id, { marks }]) => [id, marks!]));
        for (const [id, marks] of failing) all.set(id, marks);
        return afterBatch(batch, firstRow, all);
      },
    }),
  });
}

/** Puts what DuckDB decided beside what the Arrow engine finds out of the rest of a plan. */
export async function completeRun(
  plan: Plan,
  source: Source,
  found: Decided,
  options: RunOptions,
): Promise<EngineRun> {
  const samples = await sampleRows(source, found.rules, options);
  const decided = new Map(
    found.rules.map((rule) => [rule.planned.id, evidenceOf(rule, samples.get(rule.planned.id)!)]),
  );
  const metrics = plan.metrics.filter((request) => !found.states.has(requestKey(request)));
  const rules = plan.rules.filter(({ id }) => !decided.has(id));
  options.onProgress?.(found.rows);
  const rest = await runRest(metrics, rules, source, decided, options);
  if (rest && rest.rows !== found.rows) {
    throw new InputError(
      "input/corrupt",
      `DuckDB counts ${found.rows} rows, the reader ${rest.rows}: the data changed while it was read`,
    );
  }
  const state = (request: MetricRequest): States[keyof States] =>
    found.states.get(requestKey(request)) ?? rest!.metric(request as never);
  // Where a footer had the rest, our own engine read no row.
  const isAlone = !rest || rest.read?.rowGroups === 0;
  return {
    engine: isAlone ? "duckdb" : "duckdb+arrow",
    evidence: {
      rows: found.rows,
      metric: (request) => state(request) as never,
      step: (request) => (found.states.has(requestKey(request)) ? "rows" : rest!.step(request)),
      rule: (id) => decided.get(id) ?? rest!.rule(id),
    },
  };
}
