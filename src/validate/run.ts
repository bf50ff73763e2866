import { ConfigError, ValidationError } from "../errors/index.js";
import type { Json } from "../results/json.js";
import type { Outcome } from "../results/outcome.js";
import {
  type Cooccurrence,
  type Reason,
  type ResultLevel,
  type RunJson,
  type RunStatus,
  resultLevel,
  type SourceRecord,
} from "../results/run.js";
import { LIBRARY_VERSION } from "../results/version.js";
import type { RunDrift } from "./runDrift.js";
import type { Split } from "./split.js";

/** What a run is made of. */
export interface RunParts {
  readonly suite: { readonly name: string; readonly hash: string; readonly description?: string };
  readonly status: RunStatus;
  readonly reasons: readonly Reason[];
  readonly outcomes: readonly Outcome[];
  readonly drift: readonly RunDrift[];
  readonly rows: number | undefined;
  readonly accepted: Split;
  readonly quarantined: Split;
  readonly cooccurrence: RunJson["cooccurrence"];
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly engine: { readonly name: string; readonly why?: string };
  readonly source: SourceRecord;
  readonly read: RunJson["read"];
  readonly metrics: Readonly<Record<string, string[]>>;
  readonly sampleLimit: number;
  close(): Promise<void>;
}

type PartialOutcome = RunJson["outcomes"][number];

function outcomeAt(level: ResultLevel, outcome: Outcome): PartialOutcome {
  const { id, type, status, expectation, details, sample, ...counted } = outcome;
  if (level === "status") return { id, type, status };
  const base = { id, type, status, ...counted };
  if (level === "counts") return base;
  const sampled = { ...base, ...(sample ? { sample } : {}), ...(details === undefined ? {} : { details }) };
  return level === "sample" || !expectation ? sampled : { ...sampled, expectation };
}

/** Reports are plain data; a run without a comparison has no such key. */
function driftOf(drift: readonly RunDrift[]): Pick<RunJson, "drift"> {
  if (drift.length === 0) return {};
  return {
    drift: drift.map(({ id, baseline, report }) => ({ id, baseline, report: report as unknown as Json })),
  };
}

/** One validation: its verdict, why, and the two sides of the rows. */
export class Run {
  readonly #parts: RunParts;
  /** The worst of the outcomes and the reasons. */
  readonly status: RunStatus;
  /** What beyond an outcome set the status. */
  readonly reasons: readonly Reason[];
  /** In the suite's order. */
  readonly outcomes: readonly Outcome[];
  /** The comparisons with baselines that expectations asked for, in the suite's order. */
  readonly drift: readonly RunDrift[];
  /** Rows of the source; undefined when it could not be read to its end. */
  readonly rows: number | undefined;
  /** Rows that broke no quarantine rule. */
  readonly accepted: Split;
  /** Rows that broke one, with `_row` (int64) and `_rules` (list of utf8). */
  readonly quarantined: Split;
  /** How many rows broke the same set of rules. */
  readonly cooccurrence: readonly Cooccurrence[];

  constructor(parts: RunParts) {
    this.#parts = parts;
    this.status = parts.status;
    this.reasons = parts.reasons;
    this.outcomes = parts.outcomes;
    this.drift = parts.drift;
    this.rows = parts.rows;
    this.accepted = parts.accepted;
    this.quarantined = parts.quarantined;
    this.cooccurrence = parts.cooccurrence?.sets ?? [];
  }

  /** The run as versioned JSON; `sample` when no level is given. Throws ConfigError for a level there isn't. */
  toJSON(options?: { readonly level?: ResultLevel } | string): RunJson {
    // JSON.stringify calls this with the key the run stands under.
    const level = (typeof options === "object" ? options.level : undefined) ?? "sample";
    if (!resultLevel.options.includes(level)) {
      throw new ConfigError("config/bad-value", `toJSON: no level ${JSON.stringify(level)}`, {
        parameter: "level",
        value: level,
        choices: resultLevel.options,
      });
    }
    const parts = this.#parts;
    const count = (status: Outcome["status"]) =>
      this.outcomes.filter((outcome) => outcome.status === status).length;
    const side = ({ rows, file }: Split) => ({ rows, ...(file === undefined ? {} : { file }) });
    const counted = {
      accepted: side(this.accepted),
      quarantined: side(this.quarantined),
      ...(parts.cooccurrence ? { cooccurrence: parts.cooccurrence } : {}),
    };
    return {
      format: "veritable/run",
      version: 1,
      level,
      library: LIBRARY_VERSION,
      status: this.status,
      suite: parts.suite,
      reasons: [...this.reasons],
      summary: {
        expectations: this.outcomes.length,
        pass: count("pass"),
        warn: count("warn"),
        fail: count("fail"),
        error: count("error"),
        skipped: count("skipped"),
      },
      rows: this.rows ?? null,
      ...(level === "status" ? {} : counted),
      outcomes: this.outcomes.map((outcome) => outcomeAt(level, outcome)),
      startedAt: parts.startedAt.toISOString(),
      durationMs: parts.durationMs,
      engine: parts.engine.name,
      ...(parts.engine.why === undefined ? {} : { engineReason: parts.engine.why }),
      source: parts.source,
      ...(parts.read && level !== "status" ? { read: parts.read } : {}),
      ...(level === "full" ? { metrics: parts.metrics, ...driftOf(this.drift) } : {}),
      ...(level === "sample" || level === "full" ? { sampleLimit: parts.sampleLimit } : {}),
    };
  }

  /** Throws a ValidationError that names what failed when the status is `fail` or `error`; else gives the run back. */
  orThrow(): this {
    if (this.status === "pass" || this.status === "warn") return this;
    const bad = this.outcomes.filter(({ status }) => status === "fail" || status === "error");
    const lines = [
      ...this.reasons
        .filter(({ status }) => status !== "warn")
        .map(({ kind, message }) => `${kind}: ${message}`),
      ...bad.map(({ id, expected, message, observed }) => `${id}: ${expected}: ${message}${seen(observed)}`),
    ];
    const shown = lines.slice(0, 10).map((line) => `\n  ${line}`);
    const more = lines.length > 10 ? `\n  and ${lines.length - 10} more` : "";
    throw new ValidationError(
      `suite ${JSON.stringify(this.#parts.suite.name)}: ${this.status}${shown.join("")}${more}`,
      this,
    );
  }

  /** Frees the source. Rows can't be read from the run afterwards, unless they were published to a file. */
  async close(): Promise<void> {
    await this.#parts.close();
  }
}

function seen(observed: Json | undefined): string {
  return observed === undefined || (observed !== null && typeof observed === "object")
    ? ""
    : `, observed ${observed}`;
}
