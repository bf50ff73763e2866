import type { ColumnUse } from "../../columns/columnUse.js";
import { atScale, parseExact } from "../../columns/exactNumber.js";
import type { CompilePattern } from "../leaves/matches.js";
import type { Comparison, NanTruth, Predicate } from "../predicate.js";
import { besidesNan, membershipSql, rangeSql, whereKnown } from "./comparisons.js";
import { patternSql } from "./patternSql.js";
import { NotInSql, requireKnown, type SqlColumn } from "./sqlColumn.js";

/** What a predicate needs to be said in SQL. */
export interface SqlContext {
  /** Throws NotInSql for a column that SQL holds otherwise than Arrow does. */
  column(use: ColumnUse): SqlColumn;
  readonly compilePattern: CompilePattern | undefined;
}

const BOUNDS = ["min", "max", "minExclusive", "maxExclusive"];

/** What each predicate is made of; one that has more to say than is known here is not said in SQL. */
const FIELDS: Partial<Record<Predicate["op"], readonly string[]>> = {
  and: ["of"],
  or: ["of"],
  not: ["of"],
  guard: ["when", "of"],
  known: ["of", "as"],
  isNull: ["column"],
  isNaN: ["column"],
  range: ["column", "nan", ...BOUNDS],
  in: ["column", "values", "nan"],
  matches: ["column", "patterns", "require"],
  length: ["column", "min", "max", "unit"],
  pair: ["left", "right", "compare", "nan"],
  rowSum: ["columns", "total", "nan"],
};

/**
 * A predicate as a DuckDB expression: true, false, or null where it is unknown. Throws NotInSql for what SQL wouldn't
 * decide exactly as the evaluator over blocks does, and for any predicate that isn't known here.
 */
export function predicateSql(predicate: Predicate, context: SqlContext): string {
  requireKnown(predicate, FIELDS[predicate.op] ?? []);
  switch (predicate.op) {
    case "and":
    case "or": {
      const parts = predicate.of.map((part) => predicateSql(part, context));
      return `(${parts.join(predicate.op === "and" ? " AND " : " OR ")})`;
    }
    case "not":
      return `(NOT ${predicateSql(predicate.of, context)})`;
    case "guard":
      return `(CASE WHEN ${predicateSql(predicate.when, context)} THEN ${predicateSql(predicate.of, context)} END)`;
    case "known":
      return `coalesce(${predicateSql(predicate.of, context)}, ${predicate.as})`;
    case "isNull":
      return `(${context.column(predicate.column).sql} IS NULL)`;
    case "isNaN": {
      const column = context.column(predicate.column);
      return column.form === "float" ? `isnan(${column.sql})` : `(${whereKnown(column, false)})`;
    }
    case "range":
      return `(${rangeSql(context.column(predicate.column), predicate, predicate.nan)})`;
    case "in":
      return `(${membershipSql(context.column(predicate.column), predicate.values, predicate.nan)})`;
    case "matches":
      return `(${matchesSql(predicate, context)})`;
    case "length":
      return `(${lengthSql(context.column(predicate.column), predicate)})`;
    case "pair": {
      const { left, right, compare, nan } = predicate;
      return `(${pairSql(context.column(left), context.column(right), compare, nan)})`;
    }
    case "rowSum":
      return `(${rowSumSql(
        predicate.columns.map((use) => context.column(use)),
        predicate.total,
      )})`;
    default:
      throw new NotInSql(`"${predicate.op}" is no SQL`);
  }
}

type Leaf<Op> = Extract<Predicate, { op: Op }>;

function matchesSql({ column: ref, patterns, require }: Leaf<"matches">, context: SqlContext): string {
  const column = context.column(ref);
  const compile = context.compilePattern;
  if (!compile || column.form !== "text") throw new NotInSql("a pattern needs text");
  if (patterns.length === 0) return whereKnown(column, true);
  const tests = patterns.map((pattern) => patternSql(column, compile(pattern)));
  return tests.join(require === "all" ? " AND " : " OR ");
}

/** More than any text of DuckDB's is long. */
const LONGEST = 2 ** 40;

function lengthSql(column: SqlColumn, { min, max, unit }: Leaf<"length">): string {
  const { form, sql } = column;
  if (form !== "text" && form !== "binary") throw new NotInSql("only text and binary have a length");
  const counted = form === "binary" ? "octet_length" : unit === "bytes" ? "strlen" : "length";
  const [least, most] = [Math.ceil(min ?? 0), Math.floor(max ?? Number.POSITIVE_INFINITY)];
  if (!(least <= LONGEST && most >= 0)) return whereKnown(column, false);
  const tests = [
    ...(least <= 0 ? [] : [`${counted}(${sql}) >= ${least}`]),
    ...(most >= LONGEST ? [] : [`${counted}(${sql}) <= ${most}`]),
  ];
  return tests.length === 0 ? whereKnown(column, true) : tests.join(" AND ");
}

const SIGNS: Record<Comparison, string> = { eq: "=", gt: ">", ge: ">=" };

/** Integers below 2^53, which a double holds exactly. */
const isSmall = ({ range }: SqlColumn) => range.max < 2n ** 53n && range.min > -(2n ** 53n);

/** Both sides as values that SQL compares exactly as they are. */
function comparable(left: SqlColumn, right: SqlColumn): readonly [string, string] {
  const isNumber = left.address.kind === "number" && right.address.kind === "number";
  if (left.form === "integer" && right.form === "integer" && isNumber) {
    return [`CAST(${left.sql} AS HUGEINT)`, `CAST(${right.sql} AS HUGEINT)`];
  }
  if (
    isNumber &&
    [left, right].every((side) => side.form === "float" || (side.form === "integer" && isSmall(side)))
  ) {
    return [`CAST(${left.sql} AS DOUBLE)`, `CAST(${right.sql} AS DOUBLE)`];
  }
  const isSame = String(left.address.type) === String(right.address.type);
  const isText = left.form === right.form && (left.form === "text" || left.form === "binary");
  if (isSame || isText) return [left.sql, right.sql];
  throw new NotInSql("columns of different units");
}

function pairSql(left: SqlColumn, right: SqlColumn, compare: Comparison, nan: NanTruth): string {
  const [a, b] = comparable(left, right);
  const test = `${a} ${SIGNS[compare]} ${b}`;
  const floats = [left, right].filter(({ form }) => form === "float");
  if (floats.length === 0) return test;
  // Where one side is null the pair is unknown, whether the other is NaN or not.
  return `CASE WHEN ${left.sql} IS NOT NULL AND ${right.sql} IS NOT NULL THEN ${besidesNan(floats, nan, test)} END`;
}

function rowSumSql(columns: readonly SqlColumn[], total: number | string): string {
  const isExact = columns.every(({ form, address }) => form === "integer" && address.kind === "number");
  const wanted = parseExact(total);
  if (!isExact || !wanted || columns.length > 1000) throw new NotInSql("a sum that isn't of integers");
  const { floor, ceil } = atScale(wanted, 0);
  const sum = columns.map(({ sql }) => `CAST(${sql} AS HUGEINT)`).join(" + ");
  if (floor === ceil && floor < 2n ** 100n && floor > -(2n ** 100n)) {
    return `${sum} = CAST('${floor}' AS HUGEINT)`;
  }
  return `CASE WHEN ${sum} IS NOT NULL THEN false END`;
}
