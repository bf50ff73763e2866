import type { RecordBatch } from "apache-arrow";
import { SharedArena } from "../../../columns/sharedArena.js";
import { shareColumn } from "../../../columns/sharedColumn.js";
import type { Findings } from "../findings.js";
import type { JudgeThread } from "./judgeThread.js";
import { type Begin, DONE, type JudgeRowGroup, READY } from "./orders.js";
import { STRETCH_ROWS } from "./stretches.js";

/** Rows that may wait for a thread, so that it never waits for us; one order may, however many rows it is about. */
const AHEAD = 2 * STRETCH_ROWS;

/** An order that was given: how many rows are done once it is, and the memory it reads until then. */
interface Given {
  readonly until: number;
  readonly arena: SharedArena | undefined;
}

/** A thread's part in one run. */
export class CrewMember {
  readonly #thread: JudgeThread;
  readonly #progress = new Int32Array(new SharedArrayBuffer(8));
  /** Rows given so far, modulo 2^32. */
  #rows = 0;
  readonly #open: Given[] = [];
  readonly #free: SharedArena[] = [];
  #hasWork = false;
  #isGone = false;

  constructor(thread: JudgeThread, begin: Omit<Begin, "progress" | "order">) {
    this.#thread = thread;
    thread.tell({ order: "begin", ...begin, progress: this.#progress });
  }

  /** Orders that the thread isn't done with. */
  get open(): number {
    const done = Atomics.load(this.#progress, DONE);
    while (this.#open.length > 0 && ((this.#open[0]!.until - done) | 0) <= 0) {
      const { arena } = this.#open.shift()!;
      if (arena) this.#free.push(arena);
    }
    return this.#open.length;
  }

  /** True when the thread is there, and has not much left to do. */
  get isWilling(): boolean {
    if (Atomics.load(this.#progress, READY) === 0) return false;
    return this.open < 2 || ((this.#rows - Atomics.load(this.#progress, DONE)) | 0) < AHEAD;
  }

  #note(rows: number, arena?: SharedArena): void {
    this.#rows = (this.#rows + rows) | 0;
    this.#open.push({ until: this.#rows, arena });
    this.#hasWork = true;
  }

  /** Gives rows [from, from + rows) of a batch to the thread; `columns` are places in the batch. */
  giveRows(
    batch: RecordBatch,
    columns: readonly number[],
    from: number,
    rows: number,
    firstRow: number,
  ): void {
    const arena = this.#free.pop() ?? new SharedArena();
    arena.empty();
    const shared = columns.map((place) => shareColumn(batch.data.children[place]!, from, rows, arena));
    this.#thread.tell({ order: "rows", firstRow, rows, columns: shared });
    this.#note(rows, arena);
  }

  /** Gives a row group to the thread, which reads it. */
  giveRowGroup(order: Omit<JudgeRowGroup, "order">): void {
    this.#thread.tell({ order: "rowGroup", ...order });
    this.#note(order.rows);
  }

  /** What the thread found, once it is done; undefined when it was given nothing. Throws what it failed with. */
  async end(): Promise<Findings | undefined> {
    const findings = this.#hasWork ? await this.#thread.end() : undefined;
    this.leave();
    return findings;
  }

  /** Lets the thread go, whatever it was given. */
  leave(): void {
    if (!this.#isGone) this.#thread.giveBack();
    this.#isGone = true;
  }
}
