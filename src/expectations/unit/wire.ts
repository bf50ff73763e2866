import * as z from "zod";
import type { ColumnRef } from "../../columns/columnUse.js";
import { ConfigError } from "../../errors/index.js";
import { checkPattern } from "../../predicates/pattern/checkPattern.js";
import type { PatternData } from "../../predicates/predicate.js";

/** A column: a name (or dotted path), or a path as a list. */
export const columnRefSchema: z.ZodType<ColumnRef> = z.union([z.string(), z.array(z.string()).min(1)]);

/** Names of top-level columns, none of them twice. */
export const columnNamesSchema = z
  .array(z.string())
  .refine((names) => new Set(names).size === names.length, "names a column twice");

/** A value in stored form: numbers beyond 2^53, decimals and moments are text. */
export const literalSchema = z.union([z.number(), z.string(), z.boolean()]);

/** A pattern in stored form: RE2 text, or a JavaScript RegExp's source and flags. Refuses what can't run in linear time. */
export const patternSchema: z.ZodType<PatternData> = z
  .union([z.string(), z.strictObject({ source: z.string(), flags: z.string() })])
  .check((context) => {
    const problem = checkPattern(context.value);
    if (problem !== undefined)
      context.issues.push({ code: "custom", message: problem, input: context.value });
  });

// An expectation stands two levels deep in a suite, and no more than 64 are read back.
const DEEPEST = 62;

/**
 * An author's value in stored form: bigint and infinities as text, Date as ISO 8601, RegExp as source and flags. Throws
 * ConfigError for what is nested without end, and for a key that could reach a prototype.
 */
export function toStored(value: unknown, depth = 0): unknown {
  if (depth > DEEPEST) {
    throw new ConfigError("config/bad-value", `an expectation is nested more than ${DEEPEST} deep`);
  }
  if (typeof value === "bigint") return value.toString();
  if (
    typeof value === "number" &&
    (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY)
  ) {
    return String(value);
  }
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? value : value.toISOString();
  if (value instanceof RegExp) return { source: value.source, flags: value.flags };
  if (Array.isArray(value)) return value.map((part) => toStored(part, depth + 1));
  if (value === null || typeof value !== "object") return value;
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  if (Object.hasOwn(value, "__proto__")) {
    throw new ConfigError(
      "config/bad-value",
      'the key "__proto__" can\'t be taken; a condition names such a column as { column: "__proto__" }',
      { value: "__proto__" },
    );
  }
  return Object.fromEntries(entries.map(([key, part]) => [key, toStored(part, depth + 1)]));
}

/** Freezes a stored value all the way down. */
export function freeze<T>(value: T): T {
  if (value !== null && typeof value === "object" && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}

/** A set as a claim shows it: the first few values, and how many more there are. */
export function setText(values: readonly unknown[]): string {
  const first = values.slice(0, 5).map((value) => JSON.stringify(value));
  const more = values.length > 5 ? `, ... (${values.length} values)` : "";
  return `[${first.join(", ")}${more}]`;
}

/** A pattern as a claim shows it. */
export function patternText(pattern: PatternData): string {
  return typeof pattern === "string" ? JSON.stringify(pattern) : `/${pattern.source}/${pattern.flags}`;
}
