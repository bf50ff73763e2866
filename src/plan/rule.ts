import type { ColumnRef } from "../columns/address.js";
import { columnsOf, type NanTruth, type Predicate } from "../predicates/predicate.js";

/** Which rows a rule is asked of, and what it makes of rows it can't judge. */
export interface Domain {
  /** Rows for which this isn't true are left out. */
  readonly when?: Predicate;
  /** Rows for which this is true are left out, under their own name. */
  readonly ignore?: Predicate;
  /** Rows in which one of these columns is NaN are left out. */
  readonly skipNan?: readonly ColumnRef[];
  /** What a row is when the test is unknown. */
  readonly nulls: "skip" | "fail";
}

/** A predicate of the row alone; `function` asks one given at run time. */
export interface LocalRule extends Domain {
  readonly kind: "local" | "function";
  readonly test: Predicate;
}

/** A row's key among the other rows'. A row fails when its key isn't alone, or isn't the first of its kind. */
export interface KeyedRule extends Domain {
  readonly kind: "keyed";
  readonly columns: readonly ColumnRef[];
  readonly keep: "none" | "first";
  /** What a row with a null in its key is: of one column unknown, of several an ordinary value. */
  readonly nullKeys: "unknown" | "equal";
}

/** A row against the one before it that held a value. */
export interface OrderedRule extends Domain {
  readonly kind: "ordered";
  readonly column: ColumnRef;
  readonly direction: "increasing" | "decreasing";
  readonly strict: boolean;
  /** What a NaN is, which stands in no order: a failed row, or as a null. */
  readonly nan: NanTruth;
}

/** A row's distance from the column's mean, in sample standard deviations; known only after all rows were seen. */
export interface ScaledRule extends Domain {
  readonly kind: "scaled";
  readonly column: ColumnRef;
  /** The distance that is too far. */
  readonly below: number;
  /** Whether values below the mean can be too far as well. */
  readonly sides: "both" | "upper";
  readonly nan: NanTruth;
}

/** A rule about rows. Count and rows come from this one definition. */
export type RowRule = LocalRule | KeyedRule | OrderedRule | ScaledRule;

/** The columns a rule reads, without repeats. */
export function ruleColumns(rule: RowRule): ColumnRef[] {
  const own = rule.kind === "keyed" ? rule.columns : "column" in rule ? [rule.column] : columnsOf(rule.test);
  const parts = [rule.when, rule.ignore].flatMap((part) => (part ? columnsOf(part) : []));
  const all = new Map([...own, ...parts, ...(rule.skipNan ?? [])].map((ref) => [JSON.stringify(ref), ref]));
  return [...all.values()];
}

/** True when the rows that fail are known only after all rows were seen. */
export function needsSecondLook(rule: RowRule): boolean {
  return rule.kind === "scaled" || (rule.kind === "keyed" && rule.keep === "none");
}
