import type { RowSet } from "../columns/rowSet.js";
import type { RunOptions } from "../engines/arrow/run.js";
import type { EngineRun } from "../engines/engine.js";
import { ConfigError, InputError, VeritableError } from "../errors/index.js";
import type { Source } from "../io/source.js";
import type { Evidence } from "../plan/evidence.js";
import { type Plan, rereadingRules, secondLookRules } from "../plan/plan.js";
import type { Reason } from "../results/run.js";
import { chooseEngine } from "./chooseEngine.js";
import { DEFAULT_SAMPLE, quarantineColumnsOf, type ValidateOptions } from "./options.js";
import { checkQuarantineColumns, Router } from "./router.js";
import type { Setup } from "./setUp.js";
import { Sinks } from "./sinks.js";

/** What a pass over the source came to: evidence, or why it could not be had. */
export interface Pass {
  readonly evidence: Evidence | undefined;
  readonly reasons: Reason[];
  /** The failing rows of each quarantine rule, in the suite's order. */
  readonly marks: Map<string, RowSet>;
  readonly sinks: Sinks | undefined;
  /** What found the evidence out, and why it was that, where there is something to say. */
  readonly engine: { readonly name: string; readonly why?: string };
}

function quarantineIds(plan: Plan): string[] {
  return plan.rules.filter(({ quarantine }) => quarantine).map(({ id }) => id);
}

function refuseSecondLook(source: Source, plan: Plan, options: ValidateOptions): void {
  if (source.rereadable) return;
  const [planned] = rereadingRules(plan);
  if (planned) {
    const { id, rule } = planned;
    const instead = rule.kind === "keyed" ? 'give it keep: "first", or ' : "";
    throw new ConfigError(
      "config/needs-second-read",
      `${id} can tell its failing rows only by a second look, and the source can't be read again; ${instead}validate with keep: "memory"`,
      { unit: id },
    );
  }
  if (quarantineIds(plan).length > 0 && !options.sinks?.quarantined) {
    throw new ConfigError(
      "config/needs-second-read",
      'the source can\'t be read again, so quarantined rows would be lost; give sinks, or keep: "memory"',
      { parameter: "sinks" },
    );
  }
}

/** A failure to write, as a reason; anything else is thrown on. */
export function sinkReason(error: unknown): Reason {
  if (!(error instanceof VeritableError) || error.code !== "engine/write-failed") throw error;
  return { kind: "sink", status: "error", message: error.message };
}

/** Whether rows are written as they are judged, which takes all columns; else they are written after a second look. */
function writesAtOnce(source: Source, plan: Plan, { sinks, memoryLimit }: ValidateOptions): boolean {
  if ((sinks?.accepted ?? sinks?.quarantined) === undefined || secondLookRules(plan).length > 0) return false;
  // Keys that may have to be spilled are told apart in the end, and that can wait where rows can be read again.
  const waits = memoryLimit !== undefined && source.rereadable;
  return !(waits && plan.rules.some(({ rule, quarantine }) => quarantine && rule.kind === "keyed"));
}

/** How the engine is to read, by the options of a call. */
export function readingOptions(
  source: Source,
  { plan, runtime, keys }: Setup,
  options: ValidateOptions,
): RunOptions {
  const sample = options.sample ?? DEFAULT_SAMPLE;
  const { threads } = options;
  const allColumns = writesAtOnce(source, plan, options);
  return { ...runtime, sample, keys, allColumns, ...(threads === undefined ? {} : { threads }) };
}

/** Reads the source as often as the plan needs, and writes the rows where sinks are given. */
export async function pass(source: Source, setup: Setup, options: ValidateOptions): Promise<Pass> {
  const { plan, redactor } = setup;
  const columns = quarantineColumnsOf(options);
  const ids = quarantineIds(plan);
  if (ids.length > 0 || options.sinks?.quarantined) checkQuarantineColumns(source.schema, columns);
  refuseSecondLook(source, plan, options);

  const chosen = await chooseEngine(options);
  const reasons: Reason[] = [];
  const live = new Map<string, RowSet>();
  const liveRouter = new Router(live, columns);
  let sinks = await Sinks.open(source, liveRouter, redactor, options);
  const fail = async (reason: Reason): Promise<void> => {
    reasons.push(reason);
    await sinks?.abort();
    sinks = undefined;
  };
  const writesNow = writesAtOnce(source, plan, options);
  const runOptions: RunOptions = {
    ...readingOptions(source, setup, options),
    onProgress: (rows) => options.onProgress?.({ rows, total: source.rows }),
    async afterBatch(batch, firstRow, failing) {
      if (!writesNow || !sinks) return;
      for (const id of ids) live.set(id, failing.get(id)!);
      await sinks.write(batch, firstRow, liveRouter).catch((error) => fail(sinkReason(error)));
    },
  };

  let made: EngineRun;
  try {
    await setup.tables.read(setup.runtime.memory);
    made = await chosen.run(plan, source, runOptions);
  } catch (error) {
    await sinks?.abort();
    if (!(error instanceof InputError)) throw error;
    reasons.push({ kind: "input", status: "error", message: redactor.fault(error) });
    return {
      evidence: undefined,
      reasons,
      marks: new Map(),
      sinks: undefined,
      engine: { name: chosen.name },
    };
  }
  const { evidence } = made;
  const engine = { name: made.engine, ...(made.why === undefined ? {} : { why: made.why }) };
  const marks = new Map(ids.map((id) => [id, evidence.rule(id).marks!]));
  if (sinks && !writesNow) {
    const router = new Router(marks, columns);
    try {
      let firstRow = 0;
      for await (const batch of source.batches()) {
        await sinks.write(batch, firstRow, router);
        firstRow += batch.numRows;
      }
    } catch (error) {
      await sinks.abort();
      const isInput = error instanceof InputError;
      reasons.push(
        isInput ? { kind: "input", status: "error", message: redactor.fault(error) } : sinkReason(error),
      );
      sinks = undefined;
    }
  }
  return { evidence, reasons, marks, sinks, engine };
}
