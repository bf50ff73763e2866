import type { BatchViews } from "../../../columns/block.js";
import { blocksOf } from "../../../columns/block.js";
import { typeName } from "../../../columns/typeName.js";
import type { Source } from "../../../io/source.js";
import type { Plan } from "../../../plan/plan.js";
import type { Gathering } from "../gatherMetrics.js";
import type { Judging, Running } from "../judging.js";
import type { Segment } from "../reading.js";
import type { RunOptions } from "../runOptions.js";
import { CrewMember } from "./crewMember.js";
import { type Division, divide } from "./divide.js";
import { JudgeThread } from "./judgeThread.js";
import { STRETCH_ROWS, stretchesOf } from "./stretches.js";

// Fewer rows are judged before a thread has come.
const LEAST_ROWS = 4 * STRETCH_ROWS;

/**
 * Threads that take rows off the one that runs a run. A stretch of rows goes to a thread that has little left to do, else
 * it is judged here; what only one thread can find out, as keys and orders are, is judged here for all rows.
 */
export class Crew {
  readonly #members: readonly CrewMember[];
  readonly #judging: Judging;
  /** The places of the columns that are sent, in the batches. */
  readonly #places: readonly number[];
  readonly #all: Work;
  readonly #kept: Work;
  #stretch = -1;
  #taker: CrewMember | undefined;

  private constructor(
    members: readonly CrewMember[],
    judging: Judging,
    places: readonly number[],
    all: Work,
    kept: Work,
  ) {
    this.#members = members;
    this.#judging = judging;
    this.#places = places;
    this.#all = all;
    this.#kept = kept;
  }

  /**
   * A crew for a source that is read as one segment; undefined where there is nothing to divide, and why there is none
   * where nobody can take it.
   */
  static async call(
    plan: Plan,
    source: Source,
    { columns, rules, metrics }: Segment<Running>,
    judging: Judging,
    options: RunOptions,
  ): Promise<Crew | string | undefined> {
    const { threads = 1, allColumns, keys, sample, sampleFrom = 0 } = options;
    // Rows that are written as they are judged must be known here, in their order.
    if (threads < 2 || allColumns || (source.rows ?? LEAST_ROWS) < LEAST_ROWS) return undefined;
    const division = divide(plan, source.schema, keys);
    if (!division) return undefined;
    const lent = await Promise.all(Array.from({ length: threads - 1 }, () => JudgeThread.lend()));
    const here = lent.filter((thread) => thread !== undefined);
    if (here.length === 0) return "one thread: the program of the others isn't beside the library's files";
    const fields = source.schema.fields.map(
      ({ name, type, nullable }) => [name, typeName(type), nullable] as const,
    );
    const begin = { ...division, fields, keys, sample, sampleFrom };
    const members = here.map((thread) => new CrewMember(thread, begin));
    const places = division.columns.map((index) => columns?.indexOf(index) ?? index);
    return new Crew(members, judging, places, { rules, metrics }, keptOf(division, { rules, metrics }));
  }

  /** Sees to it that a batch is judged. */
  judge(views: BatchViews, firstRow: number): void {
    for (const part of stretchesOf(blocksOf(views, firstRow))) {
      if (part.stretch !== this.#stretch) {
        this.#stretch = part.stretch;
        this.#taker = this.#members.find(({ isWilling }) => isWilling);
      }
      this.#taker?.give(views.batch, this.#places, part.from, part.rows, part.firstRow);
      const { rules, metrics } = this.#taker ? this.#kept : this.#all;
      this.#judging.judge(part.blocks, rules, metrics);
    }
  }

  /** Waits for the threads, and takes in what they found. Throws EngineError. */
  async end(): Promise<void> {
    for (const findings of await Promise.all(this.#members.map((member) => member.end()))) {
      if (findings) this.#judging.absorb(findings);
    }
  }

  /** Lets the threads go, after an error too. */
  leave(): void {
    for (const member of this.#members) member.leave();
  }
}

/** What is judged of a stretch. */
interface Work {
  readonly rules: readonly Running[];
  readonly metrics: readonly Gathering[];
}

function keptOf(division: Division, { rules, metrics }: Work): Work {
  return {
    rules: rules.filter(({ planned }) => !division.rules.includes(planned)),
    metrics: metrics.filter(({ request }) => !division.metrics.includes(request)),
  };
}
