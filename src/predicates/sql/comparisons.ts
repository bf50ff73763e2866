import { bindLiteral, type Literal } from "../../columns/literal.js";
import { laneOf } from "../../columns/view.js";
import { bindSides, numericLimits } from "../leaves/range.js";
import type { Bounds, NanTruth } from "../predicate.js";
import { sqlBytes, sqlDouble, sqlUtf8 } from "./literals.js";
import { NotInSql, type SqlColumn } from "./sqlColumn.js";

/** `truth` where the column has a value, unknown where it has none. */
export function whereKnown({ sql }: SqlColumn, truth: boolean): string {
  return `CASE WHEN ${sql} IS NOT NULL THEN ${truth} END`;
}

/** What a NaN is, before a test of all other values: SQL takes NaN for the greatest number, and equal to itself. */
export function besidesNan(columns: readonly SqlColumn[], nan: NanTruth, test: string): string {
  const floats = columns.filter(({ form }) => form === "float");
  if (floats.length === 0) return test;
  const isNan = floats.map(({ sql }) => `isnan(${sql})`).join(" OR ");
  return `CASE WHEN ${isNan} THEN ${nan === "unknown" ? "CAST(NULL AS BOOLEAN)" : "false"} ELSE ${test} END`;
}

function all(column: SqlColumn, tests: readonly string[]): string {
  return tests.length === 0 ? whereKnown(column, true) : tests.join(" AND ");
}

function wholeOf(column: SqlColumn, value: bigint): string {
  const literal = column.whole(value);
  if (literal === undefined) throw new NotInSql(`${value} has no literal in SQL`);
  return literal;
}

/** Inclusive bounds in storage units; one that every value of the type meets is left out. */
function betweenWholes(column: SqlColumn, min: bigint | undefined, max: bigint | undefined): string {
  const { sql, range } = column;
  if ((min !== undefined && min > range.max) || (max !== undefined && max < range.min)) {
    return whereKnown(column, false);
  }
  const tests: string[] = [];
  if (min !== undefined && min > range.min) tests.push(`${sql} >= ${wholeOf(column, min)}`);
  if (max !== undefined && max < range.max) tests.push(`${sql} <= ${wholeOf(column, max)}`);
  return all(column, tests);
}

const bytesLiteral = ({ form }: SqlColumn, bytes: Uint8Array) =>
  form === "text" ? sqlUtf8(bytes) : sqlBytes(bytes);

/** SQL for `range`. */
export function rangeSql(column: SqlColumn, bounds: Bounds, nan: NanTruth): string {
  const sides = bindSides(column.address, bounds);
  if (column.form === "text" || column.form === "binary") {
    const signs = [
      ["low", ">="],
      ["lowOpen", ">"],
      ["high", "<="],
      ["highOpen", "<"],
    ] as const;
    const tests = signs.flatMap(([side, sign]) => {
      const bound = sides[side];
      return bound?.lane === "bytes" ? [`${column.sql} ${sign} ${bytesLiteral(column, bound.value)}`] : [];
    });
    return all(column, tests);
  }
  const { least, most, min, max } = numericLimits(sides);
  if (column.form === "float") {
    const tests = [
      ...(least === Number.NEGATIVE_INFINITY ? [] : [`${column.sql} >= ${sqlDouble(least)}`]),
      ...(most === Number.POSITIVE_INFINITY ? [] : [`${column.sql} <= ${sqlDouble(most)}`]),
    ];
    // NaN, which is above every bound, fails such a test by itself.
    const isToldApart = nan === "false" && most < Number.POSITIVE_INFINITY;
    return isToldApart ? all(column, tests) : besidesNan([column], nan, all(column, tests));
  }
  if (least > most || least === Number.POSITIVE_INFINITY || most === Number.NEGATIVE_INFINITY) {
    return whereKnown(column, false);
  }
  if (laneOf(column.address.type) === "integer") return betweenWholes(column, min, max);
  return betweenWholes(
    column,
    least === Number.NEGATIVE_INFINITY ? undefined : BigInt(Math.ceil(least)),
    most === Number.POSITIVE_INFINITY ? undefined : BigInt(Math.floor(most)),
  );
}

/** The literals of a column that are one of its values, or undefined for one that no value equals. */
function memberSql(column: SqlColumn, literal: Literal): string | undefined {
  const bound = bindLiteral(column.address.type, literal);
  if ("problem" in bound) throw new NotInSql(bound.problem);
  if (bound.lane === "bytes") return bytesLiteral(column, bound.value);
  if (column.form === "float") return bound.lane === "number" ? sqlDouble(bound.value) : undefined;
  let value: bigint;
  if (bound.lane === "integer") {
    if (bound.value.floor !== bound.value.ceil) return undefined;
    value = bound.value.floor;
  } else {
    if (!Number.isInteger(bound.value)) return undefined;
    value = BigInt(bound.value);
  }
  const { min, max } = column.range;
  return value < min || value > max ? undefined : wholeOf(column, value);
}

/** SQL for `in`. */
export function membershipSql(column: SqlColumn, values: readonly Literal[], nan: NanTruth): string {
  const members = values.map((value) => memberSql(column, value)).filter((member) => member !== undefined);
  const test = members.length === 0 ? whereKnown(column, false) : `${column.sql} IN (${members.join(", ")})`;
  return besidesNan([column], nan, test);
}
