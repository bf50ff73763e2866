import * as z from "zod";
import type { ColumnRef } from "../../columns/columnUse.js";
import type { Literal } from "../../columns/literal.js";
import type { PatternData, Predicate } from "../../predicates/predicate.js";
import { columnRefSchema, literalSchema, patternSchema } from "./wire.js";

/** Tests of one column; several together must all hold. A null meets only `isNull: true`. */
export interface ColumnTest {
  readonly eq?: Literal;
  readonly ne?: Literal;
  readonly gt?: Literal;
  readonly gte?: Literal;
  readonly lt?: Literal;
  readonly lte?: Literal;
  readonly in?: readonly Literal[];
  readonly notIn?: readonly Literal[];
  readonly isNull?: boolean;
  readonly matches?: string | RegExp;
  readonly notMatches?: string | RegExp;
}

/**
 * Which rows an expectation is asked of, as data: tests by column name, or `{ column, ...test }`, nested in `and`, `or`
 * and `not`. A bare key of those three names is always the operator.
 */
export type Condition =
  | { readonly and: readonly Condition[] }
  | { readonly or: readonly Condition[] }
  | { readonly not: Condition }
  | ({ readonly column: ColumnRef } & ColumnTest)
  | { readonly [column: string]: ColumnTest };

const testShape = {
  eq: literalSchema.optional(),
  ne: literalSchema.optional(),
  gt: literalSchema.optional(),
  gte: literalSchema.optional(),
  lt: literalSchema.optional(),
  lte: literalSchema.optional(),
  in: z.array(literalSchema).optional(),
  notIn: z.array(literalSchema).optional(),
  isNull: z.boolean().optional(),
  matches: patternSchema.optional(),
  notMatches: patternSchema.optional(),
};

const someTest = (test: object) => Object.keys(test).some((key) => key !== "column");
const testSchema = z.strictObject(testShape).refine(someTest, "names no test");

const named = z
  .record(
    z.string().refine((name) => !["and", "or", "not"].includes(name)),
    testSchema,
  )
  .refine((tests) => Object.keys(tests).length > 0, "names no column");

/** The stored form of a condition. */
export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ and: z.array(conditionSchema).min(1) }),
    z.strictObject({ or: z.array(conditionSchema).min(1) }),
    z.strictObject({ not: conditionSchema }),
    z.strictObject({ column: columnRefSchema, ...testShape }).refine(someTest, "names no test"),
    named,
  ]),
) as unknown as z.ZodType<Condition>;

function testPredicates(column: ColumnRef, test: ColumnTest): Predicate[] {
  const nan = "false" as const;
  const range = (bounds: object): Predicate => ({ op: "range", column, nan, ...bounds });
  const member = (values: readonly Literal[]): Predicate => ({ op: "in", column, values, nan });
  const found = (pattern: unknown): Predicate => ({
    op: "matches",
    column,
    patterns: [pattern as PatternData],
    require: "any",
  });
  const not = (of: Predicate): Predicate => ({ op: "not", of });
  const parts: Predicate[] = [];
  if (test.eq !== undefined) parts.push(member([test.eq]));
  if (test.ne !== undefined) parts.push(not(member([test.ne])));
  if (test.gt !== undefined) parts.push(range({ minExclusive: test.gt }));
  if (test.gte !== undefined) parts.push(range({ min: test.gte }));
  if (test.lt !== undefined) parts.push(range({ maxExclusive: test.lt }));
  if (test.lte !== undefined) parts.push(range({ max: test.lte }));
  if (test.in !== undefined) parts.push(member(test.in));
  if (test.notIn !== undefined) parts.push(not(member(test.notIn)));
  if (test.matches !== undefined) parts.push(found(test.matches));
  if (test.notMatches !== undefined) parts.push(not(found(test.notMatches)));
  if (test.isNull !== undefined) {
    const isNull: Predicate = { op: "isNull", column };
    parts.push(test.isNull ? isNull : not(isNull));
  }
  return parts;
}

function all(parts: readonly Predicate[]): Predicate {
  return parts.length === 1 ? parts[0]! : { op: "and", of: parts };
}

/** A condition as a predicate; unknown counts as not met. */
export function conditionPredicate(condition: Condition): Predicate {
  if (isOperator(condition, "and")) return { op: "and", of: condition.and.map(conditionPredicate) };
  if (isOperator(condition, "or")) return { op: "or", of: condition.or.map(conditionPredicate) };
  if (isOperator(condition, "not")) return { op: "not", of: conditionPredicate(condition.not) };
  const { column, ...test } = condition as { column: ColumnRef } & ColumnTest;
  if (typeof column === "string" || Array.isArray(column)) return all(testPredicates(column, test));
  const tests = Object.entries(condition as Record<string, ColumnTest>);
  return all(tests.flatMap(([name, named]) => testPredicates(name, named)));
}

function isOperator<K extends "and" | "or" | "not">(
  condition: Condition,
  key: K,
): condition is Extract<Condition, Record<K, unknown>> {
  return Object.hasOwn(condition, key);
}
