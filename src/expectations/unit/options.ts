import * as z from "zod";
import type { Literal } from "../../columns/literal.js";
import { ConfigError } from "../../errors/index.js";
import { type Condition, conditionSchema } from "./condition.js";
import { isParameter } from "./parameter.js";
import { literalSchema } from "./wire.js";

/** A bound on failed rows, by count. */
export interface RowsBound {
  readonly rows: number;
}
/** A bound on failed rows, by share of the rows judged. */
export interface PercentBound {
  readonly percent: number;
}
export type FailureBound = RowsBound | PercentBound;

/** A bound of so many rows: `rows(1)` is one row, never 100 %. */
export function rows(count: number): RowsBound {
  return checkedBound("rows", count) as RowsBound;
}

/** A bound of so many hundredths: `percent(1)` is 1 %. */
export function percent(share: number): PercentBound {
  return checkedBound("percent", share) as PercentBound;
}

function checkedBound(unit: "rows" | "percent", value: number): FailureBound {
  if (isParameter(value)) return Object.freeze({ [unit]: value }) as unknown as FailureBound;
  const parsed = boundSchema.safeParse({ [unit]: value });
  if (parsed.success) return Object.freeze(parsed.data);
  const takes = unit === "rows" ? "a whole number from 1 on" : "a number above 0 and up to 100";
  throw new ConfigError("config/bad-value", `${unit}(${value}): it takes ${takes}`, { unit, value });
}

export const boundSchema = z.union([
  z.strictObject({ rows: z.int().positive() }),
  z.strictObject({ percent: z.number().gt(0).max(100) }),
]);

/** What every expectation takes. */
export interface CommonOptions {
  /** A name of your own, unique in the suite; by default `type(columns)`. */
  readonly id?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  /** Kept untouched in the outcome. */
  readonly meta?: Readonly<Record<string, unknown>>;
}

/** What an expectation about the table takes. */
export interface TableOptions extends CommonOptions {
  /** What breaking it means; default `"fail"`. */
  readonly onFail?: "fail" | "warn";
}

/** What every expectation takes that reads values. */
export interface MissingOption {
  /**
   * Values that count as null, such as `["N/A", -999]`, in each column that the expectation reads, those of `when` too.
   * A value that doesn't fit a column's type is in it nowhere.
   */
  readonly missing?: readonly Literal[];
}

/** What an expectation about a column as a whole takes. */
export interface AggregateOptions extends TableOptions, MissingOption {
  /** Only rows for which this is true are taken in. */
  readonly when?: Condition;
  /** What it means when there is no value to judge; default `"fail"`, and skipped where `when` selected no row. */
  readonly onEmpty?: "pass" | "fail" | "skip";
}

/** What an expectation over numbers takes besides. */
export interface NanOption {
  /** What NaN is: a value that fails (the default), left out, or a null. */
  readonly nan?: "fail" | "skip" | "null";
}

/** What an expectation that asks for values takes besides. */
export interface NanIsNullOption {
  /** Whether NaN is a null too; default false, for it is a value. */
  readonly nanIsNull?: boolean;
}

/** What an expectation over values that may be null takes besides. */
export interface NullsOption {
  /** What a null is: left out (the default), or a failed row. */
  readonly nulls?: "skip" | "fail";
}

/** What an expectation over the order of rows takes besides. */
export interface OrderOption {
  /** Equal neighbours fail too; default false. */
  readonly strict?: boolean;
}

/** What a row rule takes whose rows can't be quarantined. */
export interface ReportingRowOptions extends Omit<AggregateOptions, "onEmpty"> {
  /** What it means when there is no row to judge; default `"pass"`. */
  readonly onEmpty?: "pass" | "fail" | "skip";
  /** The least share of judged rows that must pass, inclusive; not together with `tolerate`. */
  readonly mostly?: number;
  /** From how many failed rows on it warns or fails; not together with `mostly`. */
  readonly tolerate?: { readonly warn?: FailureBound; readonly fail?: FailureBound };
}

/** What a row rule takes. */
export interface RowOptions extends Omit<ReportingRowOptions, "onFail"> {
  /** What a failed row means; `"quarantine"` moves the row. Default `"fail"`. */
  readonly onFail?: "fail" | "warn" | "quarantine";
}

/** Every option there is, by name; units pick the ones they honour. */
export const optionSchemas = {
  id: z.string().min(1).max(200),
  description: z.string(),
  tags: z.array(z.string()),
  meta: z.record(z.string(), z.json()),
  onFail: z.enum(["fail", "warn", "quarantine"]),
  mostly: z.number().min(0).max(1),
  tolerate: z.strictObject({ warn: boundSchema.optional(), fail: boundSchema.optional() }),
  when: conditionSchema,
  nulls: z.enum(["skip", "fail"]),
  nan: z.enum(["fail", "skip", "null"]),
  onEmpty: z.enum(["pass", "fail", "skip"]),
  missing: z.array(literalSchema),
} as const;

export type OptionName = keyof typeof optionSchemas;

/** The options of an expectation in its stored form. */
export interface StoredOptions {
  readonly id?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly meta?: Readonly<Record<string, unknown>>;
  readonly onFail?: "fail" | "warn" | "quarantine";
  readonly mostly?: number;
  readonly tolerate?: { readonly warn?: FailureBound; readonly fail?: FailureBound };
  readonly when?: Condition;
  readonly nulls?: "skip" | "fail";
  readonly nan?: "fail" | "skip" | "null";
  readonly onEmpty?: "pass" | "fail" | "skip";
  readonly missing?: readonly Literal[];
}

const COMMON = ["id", "description", "tags", "meta", "onFail"] as const;

/** The options each shape of expectation honours; `nulls` and `nan` are added by the units they mean something to. */
export const OPTIONS_OF = {
  table: COMMON,
  aggregate: [...COMMON, "when", "onEmpty", "missing"],
  row: [...COMMON, "mostly", "tolerate", "when", "onEmpty", "missing"],
} as const satisfies Record<string, readonly OptionName[]>;
