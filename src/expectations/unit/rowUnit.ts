import type { z } from "zod";
import type { ColumnRef } from "../../columns/columnUse.js";
import type { RowRule } from "../../plan/rule.js";
import type { Predicate } from "../../predicates/predicate.js";
import { conditionPredicate } from "./condition.js";
import { judgeTally } from "./level.js";
import { storedSchema } from "./make.js";
import { masking } from "./masking.js";
import { OPTIONS_OF, type StoredOptions } from "./options.js";
import type { About, Findings, Stored, Unit } from "./unit.js";

/** A row rule before its options are put in. */
export type BareRule = DistributiveOmit<RowRule, "when" | "nulls" | "skipNan">;
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** What the author of a row expectation writes. */
export interface RowUnitParts<Shape extends z.ZodRawShape, P = z.output<z.ZodObject<Shape>>> {
  readonly type: string;
  readonly params: z.ZodObject<Shape>;
  /** A check across parameters: what is wrong, or undefined. */
  readonly refine?: (params: P) => string | undefined;
  /** Which of `nulls` and `nan` mean something here. */
  readonly honours: readonly ("nulls" | "nan")[];
  readonly quarantines?: boolean;
  columns(params: P): readonly ColumnRef[];
  claim(params: P): string;
  rule(params: P, options: StoredOptions): BareRule;
  readonly about: About;
}

/** What a comparison makes of NaN under the option `nan`; `skip` leaves such rows out before the test. */
export function nanTruth(options: StoredOptions): "false" | "unknown" {
  return options.nan === "null" ? "unknown" : "false";
}

/** Puts the common options into a bare rule. */
function withOptions(bare: BareRule, columns: readonly ColumnRef[], options: StoredOptions): RowRule {
  return {
    ...bare,
    nulls: options.nulls ?? "skip",
    ...(options.when ? { when: conditionPredicate(options.when) } : {}),
    ...(options.nan === "skip" ? { skipNan: columns } : {}),
  } as RowRule;
}

/** An expectation about rows: its rule says which fail, the shared options say what that means. */
export function rowUnit<Shape extends z.ZodRawShape>(
  parts: RowUnitParts<Shape>,
): Unit<z.output<z.ZodObject<Shape>>> & { readonly bare: RowUnitParts<Shape>["rule"] } {
  type P = z.output<z.ZodObject<Shape>>;
  const options = [...OPTIONS_OF.row, ...parts.honours];
  const { refine } = parts;
  const schema = storedSchema(parts.type, parts.params, options);
  return masking({
    type: parts.type,
    shape: "row",
    params: Object.keys(parts.params.shape),
    options,
    schema: refine ? refined(schema, refine) : schema,
    quarantines: parts.quarantines ?? true,
    about: parts.about,
    bare: parts.rule,
    columns: parts.columns,
    claim: parts.claim,
    needs: (stored: Stored<P>) => ({
      rule: withOptions(parts.rule(stored, stored), parts.columns(stored), stored),
    }),
    judge: (findings: Findings, stored: Stored<P>) => judgeTally(findings.tally!, stored),
  });
}

/** A schema with a check across its parameters. */
export function refined<T>(schema: z.ZodType<T>, refine: (value: T) => string | undefined): z.ZodType<T> {
  return schema.check((context) => {
    const problem = refine(context.value);
    if (problem !== undefined)
      context.issues.push({ code: "custom", message: problem, input: context.value });
  });
}

/** A row rule as a predicate for a connective: unknown where the rule isn't asked. */
export function memberPredicate(rule: RowRule): Predicate {
  if (rule.kind !== "local" && rule.kind !== "function")
    throw new TypeError(`a ${rule.kind} rule is no predicate`);
  let test: Predicate = rule.nulls === "fail" ? { op: "known", of: rule.test, as: false } : rule.test;
  const nans = (rule.skipNan ?? []).map((column): Predicate => ({ op: "isNaN", column }));
  const leftOut = [...(rule.ignore ? [rule.ignore] : []), ...nans];
  for (const of of leftOut)
    test = { op: "guard", when: { op: "known", of: { op: "not", of }, as: true }, of: test };
  return rule.when ? { op: "guard", when: rule.when, of: test } : test;
}
