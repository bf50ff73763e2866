import type { Source } from "../io/source.js";
import type { Evidence } from "../plan/evidence.js";
import type { Plan, PlannedRule } from "../plan/plan.js";
import type { MetricRequest } from "../plan/request.js";
import type { Runtime } from "./arrow/ruleRunner.js";
import type { RunOptions } from "./arrow/run.js";

/** A part of a plan that an engine leaves to the Arrow engine, and why. */
export interface Kept {
  readonly of: PlannedRule | MetricRequest;
  readonly why: string;
}

/** Who would do what: an engine's answer to a plan, before a row is read. */
export interface Division {
  /** Parts of the plan that the engine decides itself. */
  readonly taken: number;
  readonly kept: readonly Kept[];
  /** Why it takes nothing at all. */
  readonly why?: string;
}

/** What an engine found out. */
export interface EngineRun {
  readonly evidence: Evidence;
  /** Which engines had a part in it: `arrow`, `duckdb`, or both as `duckdb+arrow`. */
  readonly engine: string;
  /** Why it went so, where there is something to say. */
  readonly why?: string;
}

/** Runs plans over sources. Every engine finds out the same; one that can't hands over to the Arrow engine. */
export interface Engine {
  readonly name: string;
  /** Says what it would decide. Throws ConfigError where a package is missing. */
  divide(plan: Plan, source: Source, runtime: Runtime): Promise<Division>;
  /** Runs a plan. Throws as the Arrow engine does, and ConfigError where a package is missing. */
  run(plan: Plan, source: Source, options: RunOptions): Promise<EngineRun>;
}
