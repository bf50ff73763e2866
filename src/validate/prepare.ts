import type { Schema } from "apache-arrow";
import { columnLabel, resolveColumn } from "../columns/address.js";
import { logicalName } from "../columns/typeName.js";
import type { Profile } from "../drift/profile.js";
import type { Runtime } from "../engines/arrow/ruleRunner.js";
import { ConfigError, VeritableError } from "../errors/index.js";
import { missingParameter, parametersOf } from "../expectations/unit/parameter.js";
import { unitOf } from "../expectations/unit/registry.js";
import type { AnyUnit, Needs } from "../expectations/unit/unit.js";
import type { MetricRequest } from "../plan/request.js";
import type { RowRule } from "../plan/rule.js";
import { type BindContext, bind, requireColumn } from "../predicates/bind.js";
import type { Predicate } from "../predicates/predicate.js";
import { type Identified, identify, type Suite } from "../suite/suite.js";
import { withComparedColumns } from "./baselines.js";

/** An expectation tied to a source: what it needs, or why it can't be evaluated there. */
export interface Prepared extends Identified {
  readonly needs: Needs;
  readonly problem: VeritableError | undefined;
}

/** The predicates of a need: those of its rule, and those its states are gathered under. */
export function predicatesOf(rule: RowRule | undefined, metrics: readonly MetricRequest[]): Predicate[] {
  const own = rule && (rule.kind === "local" || rule.kind === "function") ? [rule.test] : [];
  const parts = [...own, rule?.when, rule?.ignore, ...metrics.map((metric) => metric.where)];
  return parts.filter((part) => part !== undefined);
}

/** True when some predicate of a suite is so, for engines that are loaded only where they are needed. */
export function somePredicate(suite: Suite, isSo: (predicate: Predicate) => boolean): boolean {
  return suite.expectations.some((stored) => {
    const { rule, metrics } = unitOf(stored.type).needs(stored as never);
    return predicatesOf(rule, metrics ?? []).some(isSo);
  });
}

function checkKinds(unit: AnyUnit, stored: Identified["stored"], schema: Schema): void {
  if (unit.shape === "table" || unit.about.fits.length === 0) return;
  for (const ref of unit.columns(stored)) {
    const { kind, type } = requireColumn(schema, ref);
    const fits = unit.kindsOf?.(stored as never, ref) ?? unit.about.fits;
    if (kind === "null" || fits.includes(kind)) continue;
    throw new ConfigError(
      "config/bad-value",
      `${unit.type} doesn't fit ${JSON.stringify(columnLabel(ref))}, which is ${logicalName(type)}; it fits ${fits.join(", ")}`,
      { unit: unit.type, value: ref },
    );
  }
}

/** Ties everything an expectation needs to the schema once, so that what can't be evaluated is known before reading. */
function checkNeeds({ rule, metrics = [] }: Needs, context: BindContext): void {
  for (const predicate of predicatesOf(rule, metrics)) bind(predicate, context);
  for (const { column, beside, by, optional } of metrics) {
    if (column !== undefined && !optional) requireColumn(context.schema, column);
    if (beside !== undefined) requireColumn(context.schema, beside);
    if (by !== undefined) requireColumn(context.schema, by);
  }
  const keys = rule?.kind === "keyed" ? rule.columns : rule && "column" in rule ? [rule.column] : [];
  for (const column of keys) requireColumn(context.schema, column);
}

/**
 * Ties a suite to a schema. What the data lacks becomes the expectation's problem; what the caller forgot to give
 * throws a ConfigError.
 */
export function prepare(
  suite: Suite,
  schema: Schema,
  runtime: Runtime,
  baselines: ReadonlyMap<string, Profile>,
): Prepared[] {
  const context: BindContext = { schema, ...runtime, onThrow: () => {} };
  return identify(suite).map((identified) => {
    const { unit, stored } = identified;
    const [open] = parametersOf(stored);
    if (open) throw missingParameter(open.name, stored.type, []);
    try {
      const needs = withComparedColumns(unit.needs(stored), schema, baselines);
      checkKinds(unit, stored, schema);
      checkNeeds(needs, context);
      return { ...identified, needs, problem: undefined };
    } catch (error) {
      if (!(error instanceof VeritableError) || error.code === "config/missing-runtime-input") throw error;
      return { ...identified, needs: {}, problem: error };
    }
  });
}

/** Columns named by an option of the call must be there: that they are not is the caller's mistake. */
export function requireOptionColumns(
  schema: Schema,
  option: string,
  names: Iterable<string | readonly string[]>,
): void {
  for (const ref of names) {
    const found = resolveColumn(schema, ref);
    if (!("problem" in found)) continue;
    throw new ConfigError("config/unknown-name", `${option}: ${found.problem}`, {
      parameter: option,
      value: ref,
    });
  }
}
