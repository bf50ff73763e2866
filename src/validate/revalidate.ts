import type { Vector } from "apache-arrow";
import { RowSet } from "../columns/rowSet.js";
import { type RunOptions, runOnArrow } from "../engines/arrow/run.js";
import { ConfigError } from "../errors/index.js";
import { concatSources, withoutColumns } from "../io/derivedSources.js";
import type { Source } from "../io/source.js";
import type { Evidence, RuleEvidence } from "../plan/evidence.js";
import type { Plan, PlannedRule } from "../plan/plan.js";
import type { Outcome } from "../results/outcome.js";
import type { Suite } from "../suite/suite.js";
import { assemble } from "./assemble.js";
import { checkOptions } from "./checkOptions.js";
import { unionOf } from "./cooccurrence.js";
import { openSource, type SourceInput } from "./openSource.js";
import { clockOf, DEFAULT_SAMPLE, quarantineColumnsOf, type ValidateOptions } from "./options.js";
import { outcomeOf, skippedOutcome } from "./outcomes.js";
import type { Run } from "./run.js";
import { settleSuite } from "./settleSuite.js";
import { setUp } from "./setUp.js";
import { reasonsOf, statusOf } from "./status.js";

/** What a second validation of quarantined rows is given. */
export interface RevalidateOptions extends Omit<ValidateOptions, "sinks" | "keep" | "engine"> {
  /** The rows accepted before, which keys and order are judged against. */
  readonly accepted?: SourceInput;
}

const WHOLE = "needs the whole table";
const UNTOLD = "can't tell without the accepted rows";

/** A rule about a row among other rows. */
const needsOthers = ({ rule }: PlannedRule): boolean => ["keyed", "ordered", "scaled"].includes(rule.kind);

/** The rows whose rules, as the quarantine recorded them, name `id`; all rows when nothing was recorded. */
async function recordedRows(source: Source, column: string, id: string): Promise<RowSet> {
  const index = source.schema.fields.findIndex(({ name }) => name === column);
  const found = new RowSet();
  let row = 0;
  for await (const batch of source.batches(index < 0 ? {} : { columns: [index] })) {
    const rules = index < 0 ? undefined : (batch.getChildAt(0) as Vector);
    for (let i = 0; i < batch.numRows; i++, row++) {
      const ids = rules?.get(i) as Iterable<string> | null | undefined;
      if (!rules || (ids && [...ids].includes(id))) found.add(row);
    }
  }
  return found;
}

/** Judges rules about other rows on the accepted rows followed by the quarantined ones; rows count from the latter. */
async function judgeAmong(
  plan: Plan,
  accepted: Source,
  rows: Source,
  options: RunOptions,
): Promise<Map<string, RuleEvidence>> {
  let before = 0;
  for await (const batch of accepted.batches({ columns: [0] })) before += batch.numRows;
  const rules = plan.rules.filter(needsOthers);
  const among = concatSources(accepted, rows);
  const evidence = await runOnArrow({ ...plan, metrics: [], rules }, among, {
    ...options,
    sampleFrom: before,
  });
  return new Map(
    rules.map(({ id }) => {
      const found = evidence.rule(id);
      const sample = found.sample.map((sampled) => ({ ...sampled, row: sampled.row - before }));
      return [id, { ...found, sample, marks: found.marks?.from(before) }];
    }),
  );
}

/** What is found of the quarantined rows alone, with rules about other rows judged by what is known of those. */
async function gather(
  suite: Suite,
  plan: Plan,
  all: Source,
  rows: Source,
  options: RunOptions,
  given: RevalidateOptions,
) {
  const alone = await runOnArrow({ ...plan, metrics: [] }, rows, options);
  const others = plan.rules.filter(needsOthers);
  const known = new Map<string, RuleEvidence>();
  if (given.accepted !== undefined && others.length > 0) {
    const accepted = await openSource(given.accepted, { keep: "memory" }, suite);
    try {
      for (const [id, found] of await judgeAmong(plan, accepted, rows, options)) known.set(id, found);
    } finally {
      await accepted.close();
    }
  }
  const untold = new Set<string>();
  for (const { id } of others) {
    const own = alone.rule(id);
    if (!known.has(id)) {
      const { rules } = quarantineColumnsOf(given);
      known.set(id, {
        ...own,
        marks: unionOf([own.marks ?? new RowSet(), await recordedRows(all, rules, id)]),
      });
      untold.add(id);
    }
    const found = known.get(id)!;
    known.set(id, { ...found, tally: { ...own.tally, failed: found.marks?.size ?? 0 } });
  }
  const evidence: Evidence = { ...alone, rule: (id) => known.get(id) ?? alone.rule(id) };
  return { evidence, untold };
}

/**
 * Validates quarantined rows again, after someone mended them: the run's accepted side is what may now go on.
 *
 * Our own two columns are dropped and row rules only are judged; the others are skipped ("needs the whole table").
 * Keys and order are judged against `accepted`. Without it, rows that had broken such a rule stay in quarantine, since
 * nobody can tell, and the outcome says so. Throws as `validate` does.
 */
export async function revalidate(
  quarantine: SourceInput,
  given: Suite,
  options: RevalidateOptions = {},
): Promise<Run> {
  const { accepted: _, ...rest } = options;
  checkOptions(rest);
  if ("engine" in options) {
    throw new ConfigError(
      "config/unsupported-option",
      "revalidate: rows among accepted ones are judged by our own engine; leave engine out",
      { parameter: "engine" },
    );
  }
  if (rest.memoryLimit !== undefined) {
    throw new ConfigError(
      "config/unsupported-option",
      "revalidate holds its rows in memory, so it takes no memoryLimit",
      {
        parameter: "memoryLimit",
      },
    );
  }
  const suite = settleSuite(given, rest);
  const startedAt = new Date();
  const clock = performance.now();
  const all = await openSource(quarantine, { ...rest, keep: "memory" }, suite);
  try {
    const columns = quarantineColumnsOf(options);
    const source = withoutColumns(all, new Set([columns.row, columns.rules]));
    const setup = await setUp(source, suite, rest);
    const runOptions: RunOptions = {
      ...setup.runtime,
      sample: options.sample ?? DEFAULT_SAMPLE,
      keys: setup.keys,
      allColumns: false,
    };
    await setup.tables.read().finally(() => setup.tables.close());
    const { evidence, untold } = await gather(suite, setup.plan, all, source, runOptions, options);
    const outcomes = setup.prepared.map((one): Outcome => {
      if (!one.needs.rule && !one.problem) return skippedOutcome(one, WHOLE);
      const { baselines, tables } = setup;
      const { scalars } = options;
      const compared = { baselines, tables, scalars, drift: [], now: clockOf(options, startedAt) };
      const outcome = outcomeOf(one, source.schema, evidence, setup.redactor, compared);
      return untold.has(one.id) ? { ...outcome, message: `${outcome.message}; ${UNTOLD}` } : outcome;
    });
    const ids = setup.plan.rules.filter(({ quarantine: moves }) => moves).map(({ id }) => id);
    const marks = new Map(ids.map((id) => [id, evidence.rule(id).marks ?? new RowSet()]));
    const totals = { rows: evidence.rows, quarantined: 0 };
    // An empty quarantine is good news, and its budget was a share of the whole table.
    const reasons = reasonsOf({ ...suite, allowEmpty: true }, totals, outcomes);
    return assemble({
      suite,
      source,
      setup,
      options: rest,
      status: statusOf(suite, outcomes, reasons),
      reasons,
      outcomes,
      evidence,
      marks,
      quarantined: unionOf(marks.values()).size,
      files: { accepted: undefined, quarantined: undefined },
      original: undefined,
      unfinished: undefined,
      startedAt,
      clock,
    });
  } catch (error) {
    await all.close();
    throw error;
  }
}
