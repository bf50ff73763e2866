import type { Condition } from "../../expectations/unit/condition.js";
import type { Json } from "../../results/json.js";

/** How a column is compared with a value. */
export type Comparator = "eq" | "ne" | "lt" | "lte" | "gt" | "gte";

/** A column against a value: false of a null, but for `ne`, which is true of it as in pandas. */
export function compared(column: string, sign: Comparator, value: string | number | boolean): Condition {
  if (sign === "ne") return inverted(compared(column, "eq", value));
  return { column: [column], [sign]: value };
}

/** Whether a column holds no value; NaN is none. */
export function nullity(column: string, isNull: boolean): Condition {
  return { column: [column], isNull };
}

/** All of some conditions. */
export function conjunction(parts: readonly Condition[]): Condition {
  return parts.length === 1 ? parts[0]! : { and: parts };
}

/** Some of some conditions. */
export function disjunction(parts: readonly Condition[]): Condition {
  return parts.length === 1 ? parts[0]! : { or: parts };
}

interface ColumnTest {
  readonly column: readonly string[];
  readonly isNull?: boolean;
}

/**
 * The opposite, in a logic of two values: what was false of a null becomes true of it. Conditions here are
 * three-valued, so the opposite is taken of each test.
 */
export function inverted(condition: Condition): Condition {
  if ("and" in condition) return { or: (condition.and as readonly Condition[]).map(inverted) };
  if ("or" in condition) return { and: (condition.or as readonly Condition[]).map(inverted) };
  if ("not" in condition) {
    const inner = condition.not as unknown as ColumnTest;
    return { and: [condition.not as Condition, { column: inner.column, isNull: false }] };
  }
  const test = condition as unknown as ColumnTest;
  if (test.isNull !== undefined) return nullity(test.column[0]!, !test.isNull);
  return { or: [{ not: condition }, { column: test.column, isNull: true }] };
}

const OPERATORS: Readonly<Record<string, Comparator>> = {
  "==": "eq",
  "!=": "ne",
  "<": "lt",
  "<=": "lte",
  ">": "gt",
  ">=": "gte",
};

/** A row condition in the form of data that GX stores since 1.6; undefined when it isn't one that is known. */
export function conditionFromData(data: Json): Condition | undefined {
  if (data === null || typeof data !== "object" || Array.isArray(data)) return undefined;
  const { type, conditions, column, operator, parameter, is_null } = data as Record<string, Json>;
  if (type === "and" || type === "or") {
    const parts = (Array.isArray(conditions) ? conditions : []).map(conditionFromData);
    if (parts.length === 0 || parts.includes(undefined)) return undefined;
    return (type === "and" ? conjunction : disjunction)(parts as Condition[]);
  }
  const name = typeof column === "string" ? column : (column as { name?: Json } | undefined)?.name;
  if (typeof name !== "string") return undefined;
  if (type === "nullity" && typeof is_null === "boolean") return nullity(name, is_null);
  if (type !== "comparison") return undefined;
  if (operator === "IN" || operator === "NOT_IN") {
    if (!Array.isArray(parameter)) return undefined;
    const found = { column: [name], in: parameter.filter((value) => value !== null) } as Condition;
    return operator === "IN" ? found : inverted(found);
  }
  const sign = OPERATORS[String(operator)];
  const isPlain = ["string", "number", "boolean"].includes(typeof parameter);
  return sign && isPlain ? compared(name, sign, parameter as string) : undefined;
}
