import type { Tally } from "../../plan/evidence.js";
import type { Domain, LocalRule } from "../../plan/rule.js";
import { predicateSql, type SqlContext } from "../../predicates/sql/predicateSql.js";
import { type AggregateQuery, type AggregateRow, countAt } from "./aggregateQuery.js";
import { bothSql, domainSql, whereSelected } from "./domainSql.js";

/** One row rule in SQL: how many rows it is asked of and fails, and which ones these are. */
export interface RuleSql {
  /** What became of the rows; `failed` has the rows that fail by themselves, without a look at others. */
  tally(row: AggregateRow): Tally;
  /** True for rows that fail by themselves, and never null. */
  readonly fails: string;
}

/** Counts a rule's domain; the rest of the tally is left at 0. Throws NotInSql. */
export function domainTally(rule: Domain, context: SqlContext, query: AggregateQuery) {
  const { excluded, ignored, nan, asked } = domainSql(rule, context);
  const count = (sql: string | undefined) => (sql === undefined ? undefined : query.count(sql));
  const [excludedAt, ignoredAt, nanAt] = [count(excluded), count(ignored), count(nan)];
  const rows = query.add("count(*)");
  const at = (row: AggregateRow, place: number | undefined) =>
    place === undefined ? 0 : countAt(row, place);
  const tally = (row: AggregateRow): Tally => ({
    rows: countAt(row, rows),
    excluded: at(row, excludedAt),
    ignored: at(row, ignoredAt),
    nan: at(row, nanAt),
    nulls: 0,
    judged: 0,
    failed: 0,
    // A column in which values count as null is none of SQL's.
    missing: 0,
  });
  return { asked, tally };
}

/** The rows a rule was asked of. */
export function askedRows({ rows, excluded, ignored, nan }: Tally): number {
  return rows - excluded - ignored - nan;
}

/** SQL for a rule that is a predicate of the row. Throws NotInSql. */
export function localSql(rule: LocalRule, context: SqlContext, query: AggregateQuery): RuleSql {
  const test = predicateSql(rule.test, context);
  const domain = domainTally(rule, context, query);
  const nullsFail = rule.nulls === "fail";
  const answer = whereSelected(domain.asked, test);
  const refused = query.countFalse(answer);
  const known = query.known(answer);
  return {
    fails: bothSql(domain.asked, `coalesce(NOT ${test}, ${nullsFail})`),
    tally(row) {
      const tally = domain.tally(row);
      const unknown = askedRows(tally) - countAt(row, known);
      const nulls = nullsFail ? 0 : unknown;
      const failed = countAt(row, refused) + (nullsFail ? unknown : 0);
      return { ...tally, nulls, judged: askedRows(tally) - nulls, failed };
    },
  };
}
