import { VeritableError } from "../../errors/index.js";
import type { Source } from "../../io/source.js";
import type { Plan } from "../../plan/plan.js";
import { NotInSql } from "../../predicates/sql/sqlColumn.js";
import { type RunOptions, runOnArrow } from "../arrow/run.js";
import type { Engine, EngineRun } from "../engine.js";
import { loadDuckdb } from "./database.js";
import { type Decided, decide } from "./decide.js";
import { openParts } from "./openParts.js";
import { checkDuckdbOptions, type DuckdbOptions } from "./options.js";
import { type OpenRelation, parquetRelation } from "./parquetRelation.js";
import { contextOf, type Pushdown, pushdownOf } from "./pushdown.js";
import { completeRun } from "./run.js";

/** Why DuckDB could not do it, without what its message may quote of the data. */
function failureOf(error: unknown): string {
  if (error instanceof NotInSql) return error.message;
  const kind = /^[A-Z][\w ]{0,40} Error(?=:)/.exec(error instanceof Error ? error.message : "")?.[0];
  return `DuckDB could not run it${kind === undefined ? "" : ` (${kind})`}`;
}

function partsOf({ metrics, distinct, rules }: Pushdown): number {
  return metrics.length + distinct.length + rules.length;
}

const NOTHING = "nothing of the suite can be pushed down";
const SETTLED = "the footer settles all of it";

async function withRelation<T>(
  source: Source,
  options: DuckdbOptions,
  use: (open: OpenRelation) => Promise<T>,
): Promise<T> {
  const open = await parquetRelation(source, options);
  try {
    return await use(open);
  } finally {
    await open.close();
  }
}

/**
 * DuckDB as an engine: one aggregate query for a plan, one grouped query for each set of keys, and queries for rows only
 * where some failed. It reads Parquet files and DuckDB tables; everything else, and what SQL wouldn't decide exactly as
 * the Arrow engine does, runs there. Needs the package `@duckdb/node-api`. Throws ConfigError for options that can't be
 * meant; a missing package is a ConfigError of the run.
 */
export function duckdb(options: DuckdbOptions = {}): Engine {
  checkDuckdbOptions(options);
  return {
    name: "duckdb",
    within: (limits) => duckdb({ ...limits, ...options }),
    async run(plan: Plan, source: Source, run: RunOptions): Promise<EngineRun> {
      // Whoever asks for DuckDB is told that it isn't there, whatever it would have been used for.
      await loadDuckdb();
      const { plan: open } = openParts(plan, source, run);
      let found: Decided;
      try {
        if (open.metrics.length + open.rules.length === 0) throw new NotInSql(SETTLED);
        found = await withRelation(source, options, async ({ relation, checkUnchanged }) => {
          const pushdown = pushdownOf(open, contextOf(relation, run.compilePattern));
          if (partsOf(pushdown) === 0) throw new NotInSql(NOTHING);
          const decided = await decide(relation, pushdown, run.compilePattern);
          await checkUnchanged();
          return decided;
        });
      } catch (error) {
        if (error instanceof VeritableError) throw error;
        return { evidence: await runOnArrow(plan, source, run), engine: "arrow", why: failureOf(error) };
      }
      return completeRun(plan, source, found, run);
    },
  };
}
