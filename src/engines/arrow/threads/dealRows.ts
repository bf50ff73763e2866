import { type BatchViews, blocksOf } from "../../../columns/block.js";
import { forgetStaged } from "../../../kernels/staged.js";
import type { Judging, Running } from "../judging.js";
import type { Segment, Work } from "../reading.js";
import type { Help } from "./callCrew.js";
import type { Crew } from "./crew.js";
import type { CrewMember } from "./crewMember.js";
import type { DividedWork } from "./divide.js";
import { GiveRate } from "./giveRate.js";
import { stretchesOf } from "./stretches.js";

/**
 * Deals the rows of batches: a stretch of rows goes to a thread that has little left to do, else it is judged here. What
 * only one thread can find out, as keys and orders are, is judged here for all rows.
 */
export class RowDealer {
  readonly #crew: Crew;
  readonly #judging: Judging;
  readonly #work: Work<Running>;
  readonly #divided: DividedWork;
  /** The places of the columns that are sent, in the batches. */
  readonly #places: readonly number[];
  readonly #rate = new GiveRate();
  #stretch = -1;
  #taker: CrewMember | undefined;

  constructor({ crew, division }: Help, judging: Judging, segment: Segment<Running>) {
    this.#crew = crew;
    this.#judging = judging;
    this.#work = segment;
    this.#divided = division.divide(segment);
    const { columns } = segment;
    this.#places = division.plan.columns.map((index) => columns?.indexOf(index) ?? index);
  }

  /** Sees to it that a batch is judged. */
  judge(views: BatchViews, firstRow: number): void {
    for (const part of stretchesOf(blocksOf(views, firstRow))) {
      if (part.stretch !== this.#stretch) {
        this.#stretch = part.stretch;
        this.#taker = this.#rate.isWorthwhile ? this.#crew.willing : undefined;
      }
      const start = performance.now();
      this.#taker?.giveRows(views.batch, this.#places, part.from, part.rows, part.firstRow);
      const given = performance.now();
      this.#judging.judge(part.blocks, this.#taker ? this.#divided.kept : this.#work);
      const judging = performance.now() - given;
      if (this.#taker) this.#rate.gave(part.rows, given - start, judging);
      else this.#rate.judged(part.rows, judging);
    }
    // The blocks were all made before the first was judged.
    forgetStaged();
  }
}
