import type { Tally } from "../../plan/evidence.js";
import type { KeyedRule } from "../../plan/rule.js";
import type { SqlContext } from "../../predicates/sql/predicateSql.js";
import type { SqlColumn } from "../../predicates/sql/sqlColumn.js";
import { type AggregateQuery, countAt } from "./aggregateQuery.js";
import { rowsOf } from "./connection.js";
import { bothSql } from "./domainSql.js";
import { askedRows, domainTally, type RuleSql } from "./localQueries.js";
import type { Relation } from "./relation.js";

/** The rows of a relation that have a key, and the expressions of its parts, equal for equal keys. */
export interface KeySetSql {
  readonly parts: readonly string[];
  /** True for rows with a key, never null; absent when all have one. */
  readonly keyed: string | undefined;
}

/** How many keys there are, and how many rows hold one that isn't alone. */
export interface KeyCounts {
  readonly distinct: number;
  readonly rows: number;
  /** Keys of several rows, and those rows. */
  readonly repeated: number;
  readonly members: number;
}

/** A part of a key: the zeros are one value. */
function keyPart({ sql, form }: SqlColumn): string {
  return form === "float" ? `CASE WHEN ${sql} = 0 THEN CAST(0 AS DOUBLE) ELSE ${sql} END` : sql;
}

/** The keys of some columns among selected rows; a row that lacks one of them has none where `nullKeys` is unknown. */
export function keySetSql(
  columns: readonly SqlColumn[],
  selected: string | undefined,
  nullKeys: KeyedRule["nullKeys"],
): KeySetSql {
  const present = nullKeys === "equal" ? [] : columns.map(({ sql }) => `${sql} IS NOT NULL`);
  const conditions = [...(selected === undefined ? [] : [selected]), ...present];
  return {
    parts: columns.map(keyPart),
    keyed: conditions.length === 0 ? undefined : conditions.join(" AND "),
  };
}

/** A text that is equal for equal sets of keys. */
export const keySetName = ({ parts, keyed }: KeySetSql): string => JSON.stringify([parts, keyed]);

const whereSql = (keyed: string | undefined) => (keyed === undefined ? "" : ` WHERE ${keyed}`);

/** Counts the keys of a set in one grouped query. */
export async function countKeys(
  { connection, from }: Relation,
  { parts, keyed }: KeySetSql,
): Promise<KeyCounts> {
  const groups = `SELECT count(*) AS n FROM ${from}${whereSql(keyed)} GROUP BY ${parts.join(", ")}`;
  const isRepeated = "CASE WHEN n > 1 THEN n ELSE 0 END";
  const [row = []] = await rowsOf(
    connection,
    `SELECT count(*), coalesce(sum(n), 0), count_if(n > 1), coalesce(sum(${isRepeated}), 0) FROM (${groups})`,
  );
  return {
    distinct: countAt(row, 0),
    rows: countAt(row, 1),
    repeated: countAt(row, 2),
    members: countAt(row, 3),
  };
}

/** A rule about keys: what its rows come to is known with the counts of its set. */
export interface KeyedSql extends RuleSql {
  readonly keys: KeySetSql;
  /** The whole tally, once the keys are counted. */
  withKeys(tally: Tally, counts: KeyCounts): Tally;
  /** A query of the numbers of rows whose key isn't alone, or isn't the first of its kind. */
  rowsSql(relation: Relation): string;
}

/** SQL for a rule about keys. Throws NotInSql. */
export function keyedSql(rule: KeyedRule, context: SqlContext, query: AggregateQuery): KeyedSql {
  const columns = rule.columns.map((use) => context.column(use));
  const domain = domainTally(rule, context, query);
  const keys = keySetSql(columns, domain.asked, rule.nullKeys);
  const lacking = columns.map(({ sql }) => `${sql} IS NULL`).join(" OR ");
  const hasNullRows = rule.nullKeys === "unknown";
  const unkeyed = hasNullRows ? query.count(bothSql(domain.asked, `(${lacking})`)) : undefined;
  const nullsFail = hasNullRows && rule.nulls === "fail";
  return {
    keys,
    fails: nullsFail ? bothSql(domain.asked, `(${lacking})`) : "false",
    tally(row) {
      const tally = domain.tally(row);
      const without = unkeyed === undefined ? 0 : countAt(row, unkeyed);
      const nulls = nullsFail ? 0 : without;
      return { ...tally, nulls, judged: askedRows(tally) - nulls, failed: nullsFail ? without : 0 };
    },
    withKeys(tally, { members, repeated }) {
      const failed = tally.failed + (rule.keep === "first" ? members - repeated : members);
      return { ...tally, failed };
    },
    rowsSql: (relation) => repeatedRowsSql(relation, keys, rule.keep === "first"),
  };
}

function repeatedRowsSql({ numbered }: Relation, { parts, keyed }: KeySetSql, sparesFirst: boolean): string {
  const names = parts.map((_, i) => `k${i}`);
  const named = parts.map((part, i) => `${part} AS k${i}`).join(", ");
  const rows = `SELECT ${numbered.row} AS r, ${named} FROM ${numbered.from}${whereSql(keyed)}`;
  const same = names.map((name) => `a.${name} IS NOT DISTINCT FROM b.${name}`).join(" AND ");
  return [
    `WITH a AS NOT MATERIALIZED (${rows}),`,
    `b AS (SELECT ${names.join(", ")}, min(r) AS first FROM a GROUP BY ${names.join(", ")} HAVING count(*) > 1)`,
    `SELECT CAST(a.r AS DOUBLE) FROM a JOIN b ON ${same}${sparesFirst ? " WHERE a.r > b.first" : ""}`,
  ].join(" ");
}
