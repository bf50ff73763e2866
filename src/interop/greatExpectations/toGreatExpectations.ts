import { unitOf } from "../../expectations/unit/registry.js";
import type { Json } from "../../results/json.js";
import type { Outcome } from "../../results/outcome.js";
import type { RunJson } from "../../results/run.js";
import { LIBRARY_VERSION } from "../../results/version.js";
import type { Run } from "../../validate/run.js";
import { configOf } from "./gxConfigOf.js";
import { rowResult } from "./rowResult.js";

/** How much GX's results say, by GX's names. */
export type GxResultFormat = "BOOLEAN_ONLY" | "BASIC" | "SUMMARY" | "COMPLETE";

/** What `toGreatExpectations` takes besides the run. */
export interface ToGreatExpectationsOptions {
  /** Default `"SUMMARY"`, as in GX's checkpoints. */
  readonly resultFormat?: GxResultFormat;
}

/** One result as GX writes it. */
export interface GxExpectationResult {
  readonly success: boolean;
  readonly expectation_config: {
    readonly type: string;
    readonly kwargs: Readonly<Record<string, Json>>;
    readonly meta: Readonly<Record<string, Json>>;
    readonly id: string | null;
    readonly severity?: string;
  };
  readonly result: Readonly<Record<string, Json>>;
  readonly meta: Readonly<Record<string, Json>>;
  readonly exception_info: {
    readonly raised_exception: boolean;
    readonly exception_message: string | null;
    readonly exception_traceback: string | null;
  };
}

/** A validation result as GX writes it. */
export interface GxValidationResult {
  readonly success: boolean;
  readonly results: readonly GxExpectationResult[];
  readonly suite_name: string;
  readonly suite_parameters: Readonly<Record<string, Json>>;
  readonly statistics: {
    readonly evaluated_expectations: number;
    readonly successful_expectations: number;
    readonly unsuccessful_expectations: number;
    readonly success_percent: number | null;
  };
  readonly meta: Readonly<Record<string, Json>>;
  readonly id: string | null;
}

type SavedOutcome = RunJson["outcomes"][number];

function resultOf(outcome: SavedOutcome, format: GxResultFormat): GxExpectationResult["result"] {
  if (format === "BOOLEAN_ONLY" || outcome.status === "error") return {};
  const { mapping } = configOf(outcome);
  if (unitOf(outcome.type).shape === "row") return rowResult(outcome as Outcome, mapping, format);
  if (outcome.observed === undefined) return { observed_value: mapping?.observedOfNothing ?? null };
  const { observed, details } = outcome;
  if (mapping?.result) return { ...mapping.result(observed, details, outcome.expectation ?? {}) };
  return { observed_value: observed, ...(details === undefined ? {} : { details }) };
}

function one(outcome: SavedOutcome, format: GxResultFormat): GxExpectationResult {
  const raised = outcome.status === "error";
  const { sample } = outcome;
  const isCut = format !== "BOOLEAN_ONLY" && sample?.truncated === true;
  return {
    success: outcome.status === "pass" || outcome.status === "skipped",
    expectation_config: configOf(outcome).config,
    result: resultOf(outcome, format),
    meta: {
      ...(isCut ? { truncated: { listed: sample.items.length, total: sample.total } } : {}),
      ...(outcome.status === "skipped" ? { skipped: outcome.message ?? "" } : {}),
    },
    exception_info: {
      raised_exception: raised,
      exception_message: raised ? (outcome.error?.message ?? outcome.message ?? "") : null,
      exception_traceback: null,
    },
  };
}

/**
 * Writes a run as Great Expectations writes a validation result, so that what reads those goes on working. The lists of
 * unexpected values are as long as the run's `sample`; where that cuts them, the result's `meta.truncated` says so.
 * `unexpected_index_query`, code for one of GX's engines, is not written. `results` are in the suite's order. A run saved as JSON has to be of level `full`.
 */
export function toGreatExpectations(
  run: Run | RunJson,
  options: ToGreatExpectationsOptions = {},
): GxValidationResult {
  const format = options.resultFormat ?? "SUMMARY";
  const saved = "toJSON" in run ? run.toJSON({ level: "full" }) : run;
  const results = saved.outcomes.map((outcome) => one(outcome, format));
  const evaluated = results.filter((_, i) => saved.outcomes[i]!.status !== "skipped");
  const successful = evaluated.filter(({ success }) => success).length;
  const unmet = saved.reasons.filter(({ status }) => status !== "warn");
  return {
    success: results.every(({ success }) => success) && unmet.length === 0,
    results,
    suite_name: saved.suite.name,
    suite_parameters: Object.assign({}, ...saved.outcomes.map((outcome) => configOf(outcome).parameters)),
    statistics: {
      evaluated_expectations: evaluated.length,
      successful_expectations: successful,
      unsuccessful_expectations: evaluated.length - successful,
      success_percent: evaluated.length === 0 ? null : (successful / evaluated.length) * 100,
    },
    meta: {
      veritable_version: LIBRARY_VERSION,
      run_id: { run_name: null, run_time: saved.startedAt },
      ...(unmet.length > 0 ? { reasons: unmet.map(({ kind, message }) => ({ kind, message })) } : {}),
    },
    id: null,
  };
}
