import { type ColumnRef, type ColumnUse, refOf } from "../columns/columnUse.js";
import { columnsOf, mapColumns, type NanTruth, type Predicate, usesOf } from "../predicates/predicate.js";

/** Which rows a rule is asked of, and what it makes of rows it can't judge. */
export interface Domain {
  /** Rows for which this isn't true are left out. */
  readonly when?: Predicate;
  /** Rows for which this is true are left out, under their own name. */
  readonly ignore?: Predicate;
  /** Rows in which one of these columns is NaN are left out. */
  readonly skipNan?: readonly ColumnUse[];
  /** What a row is when the test is unknown. */
  readonly nulls: "skip" | "fail";
}

/** A predicate of the row alone; `function` asks a function or a table given at run time. */
export interface LocalRule extends Domain {
  readonly kind: "local" | "function";
  readonly test: Predicate;
}

/** A row's key among the other rows'. A row fails when its key isn't alone, or isn't the first of its kind. */
export interface KeyedRule extends Domain {
  readonly kind: "keyed";
  readonly columns: readonly ColumnUse[];
  readonly keep: "none" | "first";
  /** What a row with a null in its key is: of one column unknown, of several an ordinary value. */
  readonly nullKeys: "unknown" | "equal";
}

/** A row against the one before it that held a value. */
export interface OrderedRule extends Domain {
  readonly kind: "ordered";
  readonly column: ColumnUse;
  readonly direction: "increasing" | "decreasing";
  readonly strict: boolean;
  /** What a NaN is, which stands in no order: a failed row, or as a null. */
  readonly nan: NanTruth;
}

/** A row's distance from the column's mean, in sample standard deviations; known only after all rows were seen. */
export interface ScaledRule extends Domain {
  readonly kind: "scaled";
  readonly column: ColumnUse;
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
  const own = judgedColumns(rule);
  const parts = [rule.when, rule.ignore].flatMap((part) => (part ? columnsOf(part) : []));
  const refs = [...own, ...parts, ...(rule.skipNan ?? [])].map(refOf);
  return [...new Map(refs.map((ref) => [JSON.stringify(ref), ref])).values()];
}

/** The columns whose values a rule judges, as it reads them: those of `when` and `ignore` aside. */
export function judgedColumns(rule: RowRule): ColumnUse[] {
  return rule.kind === "keyed" ? [...rule.columns] : "column" in rule ? [rule.column] : usesOf(rule.test);
}

/** The rule with each column it reads replaced, its condition's too. */
export function mapRuleColumns(rule: RowRule, to: (use: ColumnUse) => ColumnUse): RowRule {
  const domain = {
    ...(rule.when ? { when: mapColumns(rule.when, to) } : {}),
    ...(rule.ignore ? { ignore: mapColumns(rule.ignore, to) } : {}),
    ...(rule.skipNan ? { skipNan: rule.skipNan.map(to) } : {}),
  };
  if (rule.kind === "keyed") return { ...rule, ...domain, columns: rule.columns.map(to) };
  if ("column" in rule) return { ...rule, ...domain, column: to(rule.column) };
  return { ...rule, ...domain, test: mapColumns(rule.test, to) };
}

/** True when the rows that fail are known only after all rows were seen. */
export function needsSecondLook(rule: RowRule): boolean {
  return rule.kind === "scaled" || (rule.kind === "keyed" && rule.keep === "none");
}
