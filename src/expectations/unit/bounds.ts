import type { DataType } from "apache-arrow";
import * as z from "zod";
import { type ExactNumber, parseExact } from "../../columns/exactNumber.js";
import { bindLiteral, type Literal, orderTo } from "../../columns/literal.js";
import type { Stored as StoredValue } from "../../columns/stored.js";
import { ConfigError } from "../../errors/index.js";
import { literalSchema } from "./wire.js";

/** Bounds as an author gives them: inclusive, unless they say exclusive; a missing one is open. */
export interface Bounds<T = Literal> {
  readonly min?: T;
  readonly max?: T;
  readonly minExclusive?: T;
  readonly maxExclusive?: T;
}

/** A bound on a number read from a column; bigint and decimal text hold what a double can't. */
export type NumberBound = number | bigint | `${number}`;

function boundsOn<T extends z.ZodType>(bound: T) {
  const side = bound.optional();
  return { min: side, max: side, minExclusive: side, maxExclusive: side };
}

/** The stored form of bounds on values of a column. */
export const boundsShape = boundsOn(literalSchema);

const isNumber = (text: string) => parseExact(text) !== undefined || /^[+-]?Infinity$/.test(text);

/** A number in stored form: text where a double can't hold it. */
export const numberSchema = z.union([z.number(), z.string().refine(isNumber, "is not a number")]);

/** The stored form of bounds on a number read from a column. */
export const numberBoundsShape = boundsOn(numberSchema);

/** The stored form of bounds on a share of something. */
export const fractionBoundsShape = boundsOn(z.number().min(0).max(1));

/** Bounds in stored form. */
export interface StoredBounds {
  readonly min?: Literal | undefined;
  readonly max?: Literal | undefined;
  readonly minExclusive?: Literal | undefined;
  readonly maxExclusive?: Literal | undefined;
}

/** The bounds of stored parameters, without what is missing. */
export function boundsOf(params: StoredBounds): Bounds {
  const { min, max, minExclusive, maxExclusive } = params;
  return Object.fromEntries(
    Object.entries({ min, max, minExclusive, maxExclusive }).filter(([, value]) => value !== undefined),
  );
}

/** What is wrong with bounds: that there are none, two of a side, or that nothing lies between them. */
export function boundsProblem(params: StoredBounds): string | undefined {
  const { min, max, minExclusive, maxExclusive } = params;
  const low = min ?? minExclusive;
  const high = max ?? maxExclusive;
  if (low === undefined && high === undefined) return "needs min, max, minExclusive or maxExclusive";
  if (min !== undefined && minExclusive !== undefined) return "takes min or minExclusive, not both";
  if (max !== undefined && maxExclusive !== undefined) return "takes max or maxExclusive, not both";
  if (typeof low === "number" && typeof high === "number") {
    if (low > high) return `min ${low} is above max ${high}`;
    if (low === high && (minExclusive ?? maxExclusive) !== undefined)
      return `nothing lies between ${low} and ${high}`;
  }
  return undefined;
}

function ratio(bound: Literal | undefined): ExactNumber | number {
  return parseExact(bound as number | string) ?? Number(bound);
}

function isAbove(low: ExactNumber | number, high: ExactNumber | number): boolean {
  if (typeof low === "number") return low > 0 && low !== high;
  if (typeof high === "number") return high < 0;
  return low.unscaled * 10n ** BigInt(high.scale) > high.unscaled * 10n ** BigInt(low.scale);
}

/** What is wrong with bounds that are numbers, those written as text included. */
export function numberBoundsProblem(params: StoredBounds): string | undefined {
  const problem = boundsProblem(params);
  const low = params.min ?? params.minExclusive;
  const high = params.max ?? params.maxExclusive;
  if (problem !== undefined || low === undefined || high === undefined) return problem;
  return isAbove(ratio(low), ratio(high)) ? `min ${low} is above max ${high}` : undefined;
}

/** `between 1 and 100`, `at least 1`, `below 5`. */
export function boundsText(params: StoredBounds): string {
  const { min, max, minExclusive, maxExclusive } = params;
  if (min !== undefined && max !== undefined) {
    return min === max ? `exactly ${min}` : `between ${min} and ${max}`;
  }
  const parts = [
    min === undefined ? "" : `at least ${min}`,
    minExclusive === undefined ? "" : `above ${minExclusive}`,
    max === undefined ? "" : `at most ${max}`,
    maxExclusive === undefined ? "" : `below ${maxExclusive}`,
  ];
  return parts.filter((part) => part !== "").join(" and ");
}

/** True when a double lies within bounds that are numbers; NaN lies within none. */
export function numberWithin(value: number, params: StoredBounds): boolean {
  const { min, max, minExclusive, maxExclusive } = params;
  return (
    !Number.isNaN(value) &&
    (min === undefined || value >= Number(min)) &&
    (max === undefined || value <= Number(max)) &&
    (minExclusive === undefined || value > Number(minExclusive)) &&
    (maxExclusive === undefined || value < Number(maxExclusive))
  );
}

/** True when a stored value of a column of this type lies within bounds, exactly. Throws ConfigError on a misfit. */
export function storedWithin(type: DataType, value: StoredValue, bounds: StoredBounds): boolean {
  const holds = (literal: Literal | undefined, test: (order: number) => boolean): boolean => {
    if (literal === undefined) return true;
    const bound = bindLiteral(type, literal);
    if ("problem" in bound) throw new ConfigError("config/bad-value", bound.problem, { value: literal });
    return test(orderTo(value, bound));
  };
  return (
    holds(bounds.min, (order) => order >= 0) &&
    holds(bounds.max, (order) => order <= 0) &&
    holds(bounds.minExclusive, (order) => order > 0) &&
    holds(bounds.maxExclusive, (order) => order < 0)
  );
}
