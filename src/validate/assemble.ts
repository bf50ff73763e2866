import type { Table } from "apache-arrow";
import { columnLabel } from "../columns/address.js";
import type { RowSet } from "../columns/rowSet.js";
import type { Source } from "../io/source.js";
import type { Evidence } from "../plan/evidence.js";
import type { Plan } from "../plan/plan.js";
import type { Outcome } from "../results/outcome.js";
import type { Reason, RunStatus, SourceRecord } from "../results/run.js";
import { suiteToJson } from "../suite/codec.js";
import type { Suite } from "../suite/suite.js";
import { cooccurrenceOf } from "./cooccurrence.js";
import { hashJson } from "./hash.js";
import { DEFAULT_SAMPLE, quarantineColumnsOf, type ValidateOptions } from "./options.js";
import { Router } from "./router.js";
import { Run, type RunParts } from "./run.js";
import type { RunDrift } from "./runDrift.js";
import type { Setup } from "./setUp.js";
import { makeSplit } from "./split.js";

/** All that a run came to, to be put together. */
export interface Assembly {
  readonly suite: Suite;
  readonly source: Source;
  readonly setup: Setup;
  readonly options: ValidateOptions;
  readonly status: RunStatus;
  readonly reasons: readonly Reason[];
  readonly outcomes: readonly Outcome[];
  /** What came of comparing with baselines. */
  readonly drift?: readonly RunDrift[];
  readonly evidence: Evidence | undefined;
  /** What found it out; our own engine when absent. */
  readonly engine?: RunParts["engine"];
  /** The failing rows of each quarantine rule, in the suite's order. */
  readonly marks: ReadonlyMap<string, RowSet>;
  /** How many rows those are together. */
  readonly quarantined: number;
  readonly files: { readonly accepted: string | undefined; readonly quarantined: string | undefined };
  readonly original: Table | undefined;
  /** Why the rows can't be told, when evaluation didn't finish. */
  readonly unfinished: string | undefined;
  readonly startedAt: Date;
  /** `performance.now()` at the start. */
  readonly clock: number;
}

function metricsByColumn(plan: Plan): Record<string, string[]> {
  const found = new Map<string, Set<string>>();
  for (const { column, state } of plan.metrics) {
    const label = column === undefined ? "(rows)" : columnLabel(column);
    found.set(label, (found.get(label) ?? new Set()).add(state));
  }
  return Object.fromEntries([...found].map(([label, states]) => [label, [...states].sort()]));
}

function sourceRecord({ description }: Source): SourceRecord {
  const { notes, ...rest } = description;
  return notes === undefined ? rest : { ...rest, notes: [...notes] };
}

/** Makes the run: its record, and its two sides, which read the source when they are asked. */
export function assemble(parts: Assembly): Run {
  const { suite, source, setup, options, evidence, marks, quarantined, files } = parts;
  const rows = evidence?.rows;
  const router = new Router(marks, quarantineColumnsOf(options));
  const side = { source, router, original: parts.original, unfinished: parts.unfinished };
  const broken = new Map<string, RowSet>();
  for (const { id } of setup.plan.rules) {
    const set = evidence?.rule(id).marks;
    if (set) broken.set(id, set);
  }
  return new Run({
    suite: {
      name: suite.name,
      hash: hashJson(suiteToJson(suite)),
      ...(suite.description === undefined ? {} : { description: suite.description }),
    },
    status: parts.status,
    reasons: parts.reasons,
    outcomes: parts.outcomes,
    drift: parts.drift ?? [],
    rows,
    accepted: makeSplit({ ...side, side: "accepted", rows: (rows ?? 0) - quarantined, file: files.accepted }),
    quarantined: makeSplit({ ...side, side: "quarantined", rows: quarantined, file: files.quarantined }),
    cooccurrence: cooccurrenceOf(broken),
    startedAt: parts.startedAt,
    durationMs: performance.now() - parts.clock,
    engine: parts.engine ?? { name: "arrow" },
    source: sourceRecord(source),
    read: evidence?.read,
    metrics: metricsByColumn(setup.plan),
    sampleLimit: options.sample ?? DEFAULT_SAMPLE,
    close: () => source.close(),
  });
}
