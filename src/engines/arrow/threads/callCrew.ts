import { canShare } from "../../../columns/sharedColumn.js";
import { BLOCK_ROWS } from "../../../columns/stage.js";
import { typeName } from "../../../columns/typeName.js";
import type { Source } from "../../../io/source.js";
import type { Plan } from "../../../plan/plan.js";
import type { Running } from "../judging.js";
import type { Segment } from "../reading.js";
import type { RunOptions } from "../runOptions.js";
import { Crew } from "./crew.js";
import { type Dealing, type Division, divisionOf } from "./divide.js";
import type { Begin } from "./orders.js";
import { STRETCH_ROWS } from "./stretches.js";

// Fewer rows are judged before a thread has come.
const LEAST_ROWS = 4 * STRETCH_ROWS;

/** A crew, and what it takes off this thread. */
export interface Help {
  readonly crew: Crew;
  readonly division: Division;
}

/** How the rows of a source are dealt; undefined where they are too few. */
function dealingOf(source: Source, segments: readonly Segment<Running>[]): Dealing | undefined {
  const { rowGroups, rows = LEAST_ROWS } = source;
  if (!rowGroups) {
    return rows < LEAST_ROWS ? undefined : { canSend: canShare, hasWholeBlocks: true };
  }
  const read = segments.reduce((sum, segment) => sum + (segment.rowGroups?.length ?? 0), 0);
  if (read < 2) return undefined;
  const cuts = rowGroups.slice(0, -1);
  return { canSend: () => true, hasWholeBlocks: cuts.every((group) => group.rows % BLOCK_ROWS === 0) };
}

function originOf(source: Source, { plan }: Division): Begin["from"] | undefined {
  if (source.rowGroups) return source.file;
  const { fields } = source.schema;
  return {
    fields: fields.map(({ name, type, nullable }, index) => {
      return [name, plan.columns.includes(index) ? typeName(type) : "null", nullable] as const;
    }),
  };
}

/**
 * Calls as many threads as a run asks for, besides this one. Undefined where there is nothing to divide; where there is and
 * nobody can take it, why.
 */
export async function callCrew(
  plan: Plan,
  source: Source,
  segments: readonly Segment<Running>[],
  { threads = 1, allColumns, keys, sample, sampleFrom = 0 }: RunOptions,
): Promise<Help | string | undefined> {
  // Rows that are written as they are judged must be known here, in their order.
  if (threads < 2 || allColumns) return undefined;
  const dealing = dealingOf(source, segments);
  const division = dealing && divisionOf(plan, source.schema, keys, dealing);
  const from = division && originOf(source, division);
  if (!from) return undefined;
  const crew = await Crew.call(threads - 1, { from, plan: division.plan, keys, sample, sampleFrom });
  return crew ? { crew, division } : "one thread: the program of the others isn't beside the library's files";
}
