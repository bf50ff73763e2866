import type { Domain } from "../../plan/rule.js";
import { predicateSql, type SqlContext } from "../../predicates/sql/predicateSql.js";

/** Which rows a rule is asked of, as expressions that are never null; absent where no row is left out. */
export interface DomainSql {
  readonly excluded?: string;
  readonly ignored?: string;
  readonly nan?: string;
  readonly asked?: string;
}

/** SQL for a rule's domain: `when` first, then `ignoreRowIf`, then NaN, each counting what the ones before left. Throws NotInSql. */
export function domainSql({ when, ignore, skipNan = [] }: Domain, context: SqlContext): DomainSql {
  const left: string[] = [];
  const take = (out: string): string => {
    const counted = [...left, out].join(" AND ");
    left.push(`NOT ${out}`);
    return counted;
  };
  const excluded = when && take(`(NOT coalesce(${predicateSql(when, context)}, false))`);
  const ignored = ignore && take(`coalesce(${predicateSql(ignore, context)}, false)`);
  const nans = skipNan.map((column) => predicateSql({ op: "isNaN", column }, context));
  const nan = nans.length > 0 ? take(`coalesce(${nans.join(" OR ")}, false)`) : undefined;
  return {
    ...(excluded && { excluded }),
    ...(ignored && { ignored }),
    ...(nan && { nan }),
    ...(left.length > 0 && { asked: `(${left.join(" AND ")})` }),
  };
}

/** Both, where there are two. */
export function bothSql(asked: string | undefined, test: string): string {
  return asked === undefined ? test : `(${asked} AND ${test})`;
}

/** A value where a row is selected, else null; the value itself where all are. */
export function whereSelected(selected: string | undefined, value: string): string {
  return selected === undefined ? value : `CASE WHEN ${selected} THEN ${value} END`;
}
