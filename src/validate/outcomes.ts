import type { Schema } from "apache-arrow";
import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import type { Profile } from "../drift/profile.js";
import { VeritableError } from "../errors/index.js";
import type { StoredOptions } from "../expectations/unit/options.js";
import type { Judgement } from "../expectations/unit/unit.js";
import { costliest, type Evidence, type RuleEvidence } from "../plan/evidence.js";
import { ruleColumns } from "../plan/rule.js";
import type { Json } from "../results/json.js";
import type { Outcome } from "../results/outcome.js";
import type { ValidateOptions } from "./options.js";
import type { Prepared } from "./prepare.js";
import type { Redactor } from "./redact.js";
import type { RunDrift } from "./runDrift.js";
import type { GivenTables } from "./tables.js";

/** What every outcome says, whatever came of it. */
function head({ id, unit, stored }: Prepared): Omit<Outcome, "status" | "message"> {
  const options = stored as StoredOptions;
  return {
    id,
    type: unit.type,
    columns: unit.columns(stored).map(columnLabel),
    expected: unit.claim(stored),
    ...(options.description === undefined ? {} : { description: options.description }),
    ...(options.tags === undefined ? {} : { tags: [...options.tags] }),
    ...(options.meta === undefined ? {} : { meta: options.meta as Record<string, Json> }),
    onFail: options.onFail ?? "fail",
    expectation: stored as unknown as Record<string, Json>,
  };
}

function policyOf({ unit, stored }: Prepared): Pick<Outcome, "policy"> {
  const options = stored as StoredOptions;
  const honours = (name: "nulls" | "nan" | "onEmpty") => (unit.options as readonly string[]).includes(name);
  if (unit.shape === "table") return {};
  const usual = unit.shape === "row" ? "pass" : "fail";
  return {
    policy: {
      ...(honours("nulls") ? { nulls: options.nulls ?? "skip" } : {}),
      ...(honours("nan") ? { nan: options.nan ?? "fail" } : {}),
      ...(honours("onEmpty") ? { onEmpty: options.onEmpty ?? usual } : {}),
    },
  };
}

/** An expectation that could not be evaluated. */
export function errorOutcome(prepared: Prepared, error: unknown): Outcome {
  const code = error instanceof VeritableError ? error.code : "engine/failed";
  const message = error instanceof Error ? error.message : String(error);
  return { ...head(prepared), status: "error", message, error: { code, message } };
}

/** An expectation that was not asked. */
export function skippedOutcome(prepared: Prepared, why: string): Outcome {
  return { ...head(prepared), status: "skipped", message: why };
}

function rowParts(rule: RuleEvidence, columns: readonly ColumnRef[], redactor: Redactor): Partial<Outcome> {
  const { tally, sample } = rule;
  const { missing: _, ...counts } = tally;
  return {
    counts,
    failedFraction: tally.judged === 0 ? null : tally.failed / tally.judged,
    evidence: rule.step,
    ...(tally.failed === 0
      ? {}
      : {
          sample: {
            items: sample.map((row) => redactor.row(row, columns)),
            total: tally.failed,
            truncated: sample.length < tally.failed,
          },
        }),
  };
}

/** What was given at run time, and what came of comparing with it. */
export interface Compared {
  readonly baselines: ReadonlyMap<string, Profile>;
  readonly drift: readonly RunDrift[];
  readonly tables: Pick<GivenTables, "rows">;
  readonly scalars: ValidateOptions["scalars"];
  /** The run's clock, in nanoseconds since 1970-01-01 UTC. */
  readonly now: bigint;
}

/** What an expectation's unit makes of what the run found out about it. */
export function judgement(
  prepared: Prepared,
  schema: Schema,
  evidence: Evidence,
  compared: Compared,
): Judgement {
  const { unit, stored, needs, id } = prepared;
  return unit.judge(
    {
      schema,
      rows: evidence.rows,
      metric: (request) => evidence.metric(request),
      tally: needs.rule && evidence.rule(id).tally,
      baseline: (name) => compared.baselines.get(name)!,
      now: compared.now,
      tableRows: (name) => compared.tables.rows(name),
      scalar: (name) => compared.scalars![name]!,
      drift: compared.drift.find((one) => one.id === id)?.report,
    },
    stored as never,
  );
}

/** Judges one expectation by what the run found out. Never throws: what can't be judged is an outcome `error`. */
export function outcomeOf(
  prepared: Prepared,
  schema: Schema,
  evidence: Evidence,
  redactor: Redactor,
  compared: Compared,
): Outcome {
  if (prepared.problem) return errorOutcome(prepared, prepared.problem);
  try {
    const { status, message, observed, details, crossed, missing } = judgement(
      prepared,
      schema,
      evidence,
      compared,
    );
    const { rule } = prepared.needs;
    const found = rule && evidence.rule(prepared.id);
    const columns = rule ? ruleColumns(rule) : prepared.unit.columns(prepared.stored);
    const shown = observed && redactor.observed(observed.columns, observed.value);
    const made: Outcome = {
      ...head(prepared),
      status,
      message,
      ...policyOf(prepared),
      ...(found
        ? rowParts(found, columns, redactor)
        : { evidence: costliest((prepared.needs.metrics ?? []).map((request) => evidence.step(request))) }),
      ...(shown === undefined ? {} : { observed: shown }),
      ...(details === undefined || redactor.observed(columns, true) !== true ? {} : { details }),
      ...(crossed === undefined ? {} : { crossed: [...crossed] }),
      ...(missing === undefined ? {} : { missing }),
    };
    if (status === "error") return { ...made, error: { code: "config/bad-value", message } };
    if (!found || found.thrown.count === 0) return made;
    const first = redactor.text(columns, found.thrown.first ?? "");
    const said = `the function threw on ${found.thrown.count.toLocaleString("en-US")} rows; first: ${first}`;
    return { ...made, status: "error", message: said, error: { code: "engine/failed", message: said } };
  } catch (error) {
    return errorOutcome(prepared, error);
  }
}
