import type { Plan, PlannedRule } from "../../plan/plan.js";
import type { MetricRequest } from "../../plan/request.js";
import type { CompilePattern } from "../../predicates/leaves/matches.js";
import type { SqlContext } from "../../predicates/sql/predicateSql.js";
import { NotInSql, requireKnown } from "../../predicates/sql/sqlColumn.js";
import type { Kept } from "../engine.js";
import { AggregateQuery } from "./aggregateQuery.js";
import { type KeyedSql, type KeySetSql, keyedSql, keySetSql } from "./keyedQueries.js";
import { localSql, type RuleSql } from "./localQueries.js";
import { metricOf, requestedColumn, selectedSql } from "./metricQueries.js";
import type { Relation } from "./relation.js";

/** A state that a query of its own gives: the distinct keys of a column. */
export interface PushedKeys {
  readonly request: MetricRequest;
  readonly keys: KeySetSql;
}

export interface PushedRule {
  readonly planned: PlannedRule;
  readonly sql: RuleSql | KeyedSql;
}

/** A plan in two parts: what DuckDB decides, and what stays with the Arrow engine. */
export interface Pushdown {
  readonly metrics: readonly MetricRequest[];
  readonly distinct: readonly PushedKeys[];
  readonly rules: readonly PlannedRule[];
  readonly kept: readonly Kept[];
}

/** What the columns and patterns of one relation are. */
export function contextOf(relation: Relation, compilePattern: CompilePattern | undefined): SqlContext {
  return { column: relation.column, compilePattern };
}

const RULE_FIELDS = ["kind", "when", "ignore", "skipNan", "nulls", "test", "columns", "keep", "nullKeys"];
const REQUEST_FIELDS = ["state", "column", "where", "optional"];

/** SQL for a rule. Throws NotInSql for rules about order and scale, functions, and every kind that isn't known here. */
export function ruleSql(
  { rule }: PlannedRule,
  context: SqlContext,
  query: AggregateQuery,
): RuleSql | KeyedSql {
  requireKnown(rule, RULE_FIELDS);
  switch (rule.kind) {
    case "local":
      return localSql(rule, context, query);
    case "keyed":
      return keyedSql(rule, context, query);
    default:
      throw new NotInSql(`a ${rule.kind} rule`);
  }
}

/** Sorts a plan's parts by who decides them; nothing is read. */
export function pushdownOf(plan: Plan, context: SqlContext): Pushdown {
  const kept: Kept[] = [];
  // What is tried out here asks a query of its own, so that what fails halfway leaves nothing behind.
  const pushes = (of: Kept["of"], build: () => void): boolean => {
    try {
      build();
      return true;
    } catch (error) {
      if (!(error instanceof NotInSql)) throw error;
      kept.push({ of, why: error.message });
      return false;
    }
  };
  const distinct: PushedKeys[] = [];
  const metrics = plan.metrics.filter((request) =>
    pushes(request, () => {
      requireKnown(request, REQUEST_FIELDS);
      if (request.state === "distinct") {
        const column = requestedColumn(request, context);
        distinct.push({ request, keys: keySetSql([column], selectedSql(request, context), "unknown") });
      } else metricOf(request, context, new AggregateQuery());
    }),
  );
  const rules = plan.rules.filter((planned) =>
    pushes(planned, () => ruleSql(planned, context, new AggregateQuery())),
  );
  return { metrics: metrics.filter(({ state }) => state !== "distinct"), distinct, rules, kept };
}
