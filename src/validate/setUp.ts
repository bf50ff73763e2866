import type { Schema } from "apache-arrow";
import type { ColumnRef } from "../columns/columnUse.js";
import type { Profile } from "../drift/profile.js";
import type { Runtime } from "../engines/arrow/ruleRunner.js";
import type { Source } from "../io/source.js";
import { makePlan, type Plan } from "../plan/plan.js";
import { hasJsonSchema, hasPattern } from "../predicates/predicate.js";
import { requireSuite, type Suite } from "../suite/suite.js";
import { loadBaselines } from "./baselines.js";
import type { ValidateOptions } from "./options.js";
import { type Prepared, prepare, requireOptionColumns, somePredicate } from "./prepare.js";
import { Redactor } from "./redact.js";
import { GivenTables } from "./tables.js";

/** Everything that is settled before a row is read. */
export interface Setup {
  readonly prepared: readonly Prepared[];
  readonly plan: Plan;
  readonly runtime: Runtime;
  readonly redactor: Redactor;
  /** The baselines that the suite names. */
  readonly baselines: ReadonlyMap<string, Profile>;
  /** The tables that the suite names: opened, and not yet read. */
  readonly tables: GivenTables;
  readonly keys: readonly ColumnRef[];
}

/** What is loaded before a suite can be tied to a schema. */
export type Loaded = Pick<Setup, "runtime" | "baselines">;

/** A suite tied to a schema. */
export type Tied = Omit<Setup, "tables">;

/** Ties a suite to a schema and plans the run. Throws ConfigError for what the caller forgot to give. */
export function tie(schema: Schema, suite: Suite, options: ValidateOptions, loaded: Loaded): Tied {
  const { runtime, baselines } = loaded;
  const keys = options.keys ?? [];
  const prepared = prepare(suite, schema, runtime, baselines);
  const rules = prepared.flatMap(({ id, needs, unit, stored }) =>
    needs.rule
      ? [{ id, rule: needs.rule, shown: unit.columns(stored), quarantine: stored.onFail === "quarantine" }]
      : [],
  );
  const requests = prepared.flatMap(({ needs }) => needs.metrics ?? []);
  const plan = makePlan(schema, requests, rules, keys);
  return { prepared, plan, runtime, redactor: new Redactor(options), baselines, keys };
}

/** The compilers of patterns and of JSON Schemas, where a suite has some. */
export async function compilersFor(suite: Suite): Promise<Pick<Runtime, "compilePattern" | "compileSchema">> {
  return {
    compilePattern: somePredicate(suite, hasPattern)
      ? (await import("../predicates/pattern/index.js")).compilePattern
      : undefined,
    compileSchema: somePredicate(suite, hasJsonSchema)
      ? (await import("../predicates/text/compileSchema.js")).compileSchema
      : undefined,
  };
}

/** Loads what the suite needs and ties it to a source. Throws ConfigError. */
export async function setUp(source: Source, suite: Suite, options: ValidateOptions): Promise<Setup> {
  requireSuite(suite);
  const { schema } = source;
  requireOptionColumns(schema, "keys", options.keys ?? []);
  requireOptionColumns(schema, "redact", Object.keys(options.redact ?? {}));
  const baselines = await loadBaselines(suite, options);
  const tables = await GivenTables.open(suite, options);
  const runtime: Runtime = {
    functions: new Map(Object.entries(options.functions ?? {})),
    ...(await compilersFor(suite)),
    lookUp: tables.lookUp,
  };
  try {
    return { ...tie(schema, suite, options, { runtime, baselines }), tables };
  } catch (error) {
    await tables.close();
    throw error;
  }
}
