import { ConfigError, VeritableError } from "../../errors/index.js";
import type { Source } from "../../io/source.js";
import { makePlan, type Plan } from "../../plan/plan.js";
import { NotInSql } from "../../predicates/sql/sqlColumn.js";
import { type RunOptions, runOnArrow } from "../arrow/run.js";
import type { Engine, EngineForecast, EngineRun } from "../engine.js";
import { loadDuckdb } from "./database.js";
import { type Decided, decide } from "./decide.js";
import { openParts } from "./openParts.js";
import { openRelation } from "./openRelation.js";
import { checkDuckdbOptions, type DuckdbOptions } from "./options.js";
import { contextOf, type Pushdown, pushdownOf } from "./pushdown.js";
import type { OpenRelation } from "./relation.js";
import { completeRun } from "./run.js";

/** What DuckDB would do of a plan, and what our own engine would. */
export interface Division {
  readonly all: Plan;
  readonly pushed: Plan;
  readonly kept: Plan;
}

/** Whether DuckDB is to run what it can, and why. */
export interface Verdict {
  readonly isChosen: boolean;
  readonly why: string;
}

/** Judges a division; asked beforehand too, as if all of a plan could be pushed down, so that DuckDB isn't started in vain. */
export type Judge = (source: Source, division: Division, run: RunOptions) => Verdict;

/** Why DuckDB could not do it, without what its message may quote of the data. */
function failureOf(error: unknown): string {
  if (error instanceof NotInSql) return error.message;
  const kind = /^[A-Z][\w ]{0,40} Error(?=:)/.exec(error instanceof Error ? error.message : "")?.[0];
  return `DuckDB could not run it${kind === undefined ? "" : ` (${kind})`}`;
}

const NOTHING = "nothing of the suite can be pushed down";
const SETTLED = "the footer settles all of it";

function divisionOf(all: Plan, source: Source, { keys }: RunOptions, { metrics, distinct, rules }: Pushdown) {
  const states = [...metrics, ...distinct.map(({ request }) => request)];
  const without = <T>(of: readonly T[], taken: readonly T[]) => of.filter((one) => !taken.includes(one));
  const { schema } = source;
  return {
    all,
    pushed: makePlan(schema, states, rules, keys),
    kept: makePlan(schema, without(all.metrics, states), without(all.rules, rules), keys),
  };
}

/** Loads DuckDB for a judge, who takes it as it comes. Throws NotInSql where it isn't there, or can't be run so. */
async function loadIfThere(options: DuckdbOptions): Promise<void> {
  try {
    checkDuckdbOptions(options);
    await loadDuckdb();
  } catch (error) {
    throw error instanceof ConfigError ? new NotInSql(error.message) : error;
  }
}

/** A plan's open parts over an open relation. */
interface Begun {
  readonly open: OpenRelation;
  readonly pushdown: Pushdown;
  /** Columns that are read for it, by their index. */
  readonly columns: readonly number[];
  readonly why: string | undefined;
}

/** Opens a relation for what a plan leaves open and can be pushed down. Throws NotInSql where it isn't for DuckDB. */
async function withPushdown<T>(
  [plan, source, run]: readonly [Plan, Source, RunOptions],
  options: DuckdbOptions,
  judge: Judge | undefined,
  use: (begun: Begun) => Promise<T>,
): Promise<T> {
  const all = openParts(plan, source, run);
  if (all.metrics.length + all.rules.length === 0) throw new NotInSql(SETTLED);
  const nothing = makePlan(source.schema, [], [], []);
  const atBest = judge?.(source, { all, pushed: all, kept: nothing }, run);
  if (atBest && !atBest.isChosen) throw new NotInSql(atBest.why);
  if (judge) await loadIfThere(options);
  const open = await openRelation(source, options);
  try {
    const pushdown = pushdownOf(all, contextOf(open.relation, run.compilePattern));
    const division = divisionOf(all, source, run, pushdown);
    if (division.pushed.metrics.length + division.pushed.rules.length === 0) throw new NotInSql(NOTHING);
    const verdict = judge?.(source, division, run);
    if (verdict && !verdict.isChosen) throw new NotInSql(verdict.why);
    return await use({ open, pushdown, columns: division.pushed.columns, why: verdict?.why });
  } finally {
    await open.close();
  }
}

function engineFor(options: DuckdbOptions, judge?: Judge): Engine {
  return {
    // What can go wrong with a judge is our own reader's.
    name: judge ? "arrow" : "duckdb",
    within: (limits) =>
      judge ? engineFor({ ...limits, ...options }, judge) : duckdb({ ...limits, ...options }),
    async foresee(...plan): Promise<EngineForecast> {
      // Whoever asks for DuckDB is told that it isn't there, whatever it would have been used for.
      if (!judge) await loadDuckdb();
      try {
        return await withPushdown(plan, options, judge, async ({ pushdown: { kept }, why }) => ({
          engine: kept.length === 0 ? "duckdb" : "duckdb+arrow",
          kept,
          ...(why === undefined ? {} : { why }),
        }));
      } catch (error) {
        if (error instanceof VeritableError) throw error;
        return { engine: "arrow", why: failureOf(error) };
      }
    },
    async run(plan, source, run): Promise<EngineRun> {
      let found: Decided;
      let why: string | undefined;
      if (!judge) await loadDuckdb();
      try {
        found = await withPushdown([plan, source, run], options, judge, async (begun) => {
          why = begun.why;
          const { open, pushdown, columns } = begun;
          const decided = await decide(open.relation, pushdown, columns, run.compilePattern);
          await open.checkUnchanged();
          return decided;
        });
      } catch (error) {
        if (error instanceof VeritableError) throw error;
        return { evidence: await runOnArrow(plan, source, run), engine: "arrow", why: failureOf(error) };
      }
      const made = await completeRun(plan, source, found, run);
      return { ...made, ...(why === undefined ? {} : { why }) };
    },
  };
}

/**
 * DuckDB as an engine: one aggregate query for a plan, one grouped query for each set of keys, and queries for rows only
 * where some failed. It reads Parquet files, plain CSV files and DuckDB tables; everything else, and what SQL wouldn't decide exactly as
 * the Arrow engine does, runs there. Needs the package `@duckdb/node-api`. Throws ConfigError for options that can't be
 * meant; a missing package is a ConfigError of the run.
 */
export function duckdb(options: DuckdbOptions = {}): Engine {
  checkDuckdbOptions(options);
  return engineFor(options);
}

/** DuckDB where a judge chooses it, else our own engine; so it is where the package is missing. */
export function judgedDuckdb(judge: Judge): Engine {
  return engineFor({}, judge);
}
