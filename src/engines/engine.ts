import type { Source } from "../io/source.js";
import type { Evidence } from "../plan/evidence.js";
import type { Plan, PlannedRule } from "../plan/plan.js";
import type { MetricRequest } from "../plan/request.js";
import type { RunOptions } from "./arrow/run.js";

/** A part of a plan that an engine leaves to the Arrow engine, and why. */
export interface Kept {
  readonly of: PlannedRule | MetricRequest;
  readonly why: string;
}

/** What a call says of an engine's means. */
export interface EngineLimits {
  /** Threads at most. */
  readonly threads?: number;
  /** Bytes of memory. */
  readonly memoryLimit?: number;
  /** The folder for what doesn't fit into memory. */
  readonly tempDirectory?: string;
}

/** What an engine found out. */
export interface EngineRun {
  readonly evidence: Evidence;
  /** Which engines had a part in it: `arrow`, `duckdb`, or both as `duckdb+arrow`. */
  readonly engine: string;
  /** Why it went so, where there is something to say. */
  readonly why?: string;
}

/** Who would run a plan, and what of it the Arrow engine would. */
export interface EngineForecast extends Pick<EngineRun, "engine" | "why"> {
  /** What is left to the Arrow engine; absent where all is. */
  readonly kept?: readonly Kept[];
}

/** Runs plans over sources. Every engine finds out the same; one that can't hands over to the Arrow engine. */
export interface Engine {
  readonly name: string;
  /** The engine with the limits of a call, but for those that it has of its own; absent where it takes none. */
  within?(limits: EngineLimits): Engine;
  /** Says who would run a plan, without reading a row; absent where it always is the engine itself. Throws as `run` does. */
  foresee?(plan: Plan, source: Source, options: RunOptions): Promise<EngineForecast>;
  /** Runs a plan. Throws as the Arrow engine does, and ConfigError where a package is missing. */
  run(plan: Plan, source: Source, options: RunOptions): Promise<EngineRun>;
}
