import type { Table } from "apache-arrow";
import { isTable } from "../columns/arrowShape.js";
import { InputError } from "../errors/index.js";
import type { Source } from "../io/source.js";
import type { Outcome } from "../results/outcome.js";
import type { Suite } from "../suite/suite.js";
import { assemble } from "./assemble.js";
import { checkOptions } from "./checkOptions.js";
import { unionOf } from "./cooccurrence.js";
import { memoryOf, type RunMemory } from "./memoryLimit.js";
import { openSource, type SourceInput } from "./openSource.js";
import { clockOf, type ValidateOptions } from "./options.js";
import { type Compared, errorOutcome, outcomeOf } from "./outcomes.js";
import { type Pass, pass, sinkReason } from "./pass.js";
import { columnNames } from "./profile.js";
import type { Run } from "./run.js";
import type { RunDrift } from "./runDrift.js";
import { settleSuite } from "./settleSuite.js";
import { type Setup, setUp } from "./setUp.js";
import { reasonsOf, statusOf } from "./status.js";

/**
 * Holds a source against a suite, and splits its rows.
 *
 * Data that breaks the suite is a verdict in the run, never thrown. Throws ConfigError for the caller's mistakes before
 * any data is judged, and InputError for a source that can't be opened; one that fails while it is read makes the run an
 * `error` with the reason `input`.
 */
export async function validate(
  input: SourceInput,
  given: Suite,
  options: ValidateOptions = {},
): Promise<Run> {
  checkOptions(options);
  const suite = settleSuite(given, options);
  const source = await openSource(input, options, suite);
  try {
    return await runSuite(source, suite, options, isTable(input) ? input : undefined);
  } catch (error) {
    await source.close();
    throw error;
  }
}

async function compareWithBaselines(
  { prepared, baselines, redactor }: Setup,
  { schema }: Source,
  { evidence }: Pass,
  options: ValidateOptions,
): Promise<RunDrift[]> {
  if (!evidence || !prepared.some(({ needs }) => needs.drift)) return [];
  const { compareRun } = await import("./runDrift.js");
  const drift = compareRun(prepared, evidence, columnNames(schema), baselines, redactor, options);
  for (const one of drift) if (one.report.verdict === "drift") options.onDrift?.(one);
  return drift;
}

function judge(setup: Setup, source: Source, { evidence, reasons }: Pass, compared: Compared): Outcome[] {
  const { redactor } = setup;
  if (evidence) {
    return setup.prepared.map((one) => outcomeOf(one, source.schema, evidence, redactor, compared));
  }
  const unread = new InputError("input/unreadable", `not evaluated: ${reasons[0]?.message}`);
  return setup.prepared.map((one) => errorOutcome(one, one.problem ?? unread));
}

async function runSuite(
  source: Source,
  suite: Suite,
  options: ValidateOptions,
  original: Table | undefined,
): Promise<Run> {
  const memory = await memoryOf(options);
  try {
    return await runWithin(memory, source, suite, options, original);
  } finally {
    memory.close();
  }
}

async function runWithin(
  { budget }: RunMemory,
  source: Source,
  suite: Suite,
  options: ValidateOptions,
  original: Table | undefined,
): Promise<Run> {
  const startedAt = new Date();
  const clock = performance.now();
  const loaded = await setUp(source, suite, options);
  const setup = { ...loaded, runtime: { ...loaded.runtime, memory: budget } };
  const passed = await pass(source, setup, options).finally(() => setup.tables.close());
  const { evidence, marks } = passed;
  const drift = await compareWithBaselines(setup, source, passed, options);
  const { baselines, tables } = setup;
  const now = clockOf(options, startedAt);
  const { scalars } = options;
  const outcomes = judge(setup, source, passed, { baselines, tables, scalars, drift, now });

  const rows = evidence?.rows;
  const quarantined = unionOf(marks.values()).size;
  const reasons = [...passed.reasons];
  if (rows !== undefined) reasons.push(...reasonsOf(suite, { rows, quarantined }, outcomes));
  let status = statusOf(suite, outcomes, reasons);
  try {
    await passed.sinks?.publish(status === "pass" || status === "warn");
  } catch (error) {
    reasons.push(sinkReason(error));
    await passed.sinks?.abort();
    status = statusOf(suite, outcomes, reasons);
  }

  const unfinished = evidence ? undefined : reasons[0]?.message;
  const files = { accepted: passed.sinks?.acceptedFile, quarantined: passed.sinks?.quarantinedFile };
  return assemble({
    suite,
    source,
    setup,
    options,
    status,
    reasons,
    outcomes,
    drift,
    evidence,
    engine: passed.engine,
    marks,
    quarantined,
    files,
    original,
    unfinished,
    startedAt,
    clock,
  });
}
