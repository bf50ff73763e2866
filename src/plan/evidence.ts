import type { RowSet } from "../columns/rowSet.js";
import type { Json } from "../metrics/state.js";
import type { Gathered, MetricRequest } from "./request.js";

/** How many rows a rule was asked of, and what became of them: rows = excluded + ignored + nan + nulls + judged. */
export interface Tally {
  rows: number;
  /** Rows for which `when` isn't true. */
  excluded: number;
  /** Rows left out by `ignoreRowIf`. */
  ignored: number;
  /** Rows left out for holding NaN. */
  nan: number;
  /** Rows left out for holding no value. */
  nulls: number;
  judged: number;
  failed: number;
  /** Rows, those that `when` leaves out aside, with a value that counts as null because the rule's columns are read so. */
  missing: number;
}

/** The steps of the evidence ladder, cheapest first. */
export const STEPS = ["metadata", "summary", "dictionary", "rows"] as const;
export type Step = (typeof STEPS)[number];

/** A failing row as it is shown: its number, the values the rule looked at, the keys, and why where there is more to say. */
export interface SampledRow {
  readonly row: number;
  readonly values: ReadonlyMap<string, Json>;
  readonly keys: ReadonlyMap<string, Json>;
  readonly reason?: string;
}

/** What a run found out about one row rule. */
export interface RuleEvidence {
  readonly tally: Tally;
  /** The costliest step that some block needed. */
  readonly step: Step;
  /** The failing rows, where all of them are known. */
  readonly marks: RowSet | undefined;
  readonly sample: readonly SampledRow[];
  /** What a function threw, at most a few times over, and how often in all. */
  readonly thrown: { readonly count: number; readonly first: string | undefined };
}

/** How much of a source in row groups is read to judge it, second looks aside. Bytes are as they are stored. */
export interface ReadParts {
  readonly rowGroups: number;
  readonly rowGroupsTotal: number;
  readonly bytes: number;
  readonly bytesTotal: number;
}

/** The costliest of some steps; `metadata` of none. */
export function costliest(steps: Iterable<Step>): Step {
  return STEPS[Math.max(0, ...[...steps].map((step) => STEPS.indexOf(step)))]!;
}

/** All that one run found out. */
export interface Evidence {
  readonly rows: number;
  /** The state that was gathered for a request of the plan. */
  metric<const R extends MetricRequest>(request: R): Gathered<R>;
  /** The costliest step that gathering it took. */
  step(request: MetricRequest): Step;
  /** What was read of a source that comes in row groups. */
  readonly read?: ReadParts;
  /** Why one thread did it all, where more were asked for and had a part to take. */
  readonly alone?: string;
  /** The evidence of the rule of an expectation, by its id. */
  rule(id: string): RuleEvidence;
}
