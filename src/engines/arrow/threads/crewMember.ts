import type { RecordBatch } from "apache-arrow";
import { SharedArena } from "../../../columns/sharedArena.js";
import { shareColumn } from "../../../columns/sharedColumn.js";
import type { Findings } from "../findings.js";
import type { JudgeThread } from "./judgeThread.js";
import { type Begin, DONE, READY } from "./orders.js";
import { STRETCH_ROWS } from "./stretches.js";

/** Rows that may wait for a thread, so that it never waits for us. */
const AHEAD = 2 * STRETCH_ROWS;

/** A thread's part in one run. */
export class CrewMember {
  readonly #thread: JudgeThread;
  readonly #progress = new Int32Array(new SharedArrayBuffer(8));
  /** Rows given so far, modulo 2^32. */
  #given = 0;
  /** Memory of rows that the thread may still read, and how many rows are done once it doesn't. */
  readonly #lent: { readonly arena: SharedArena; readonly until: number }[] = [];
  #isEnded = false;

  constructor(thread: JudgeThread, begin: Omit<Begin, "progress" | "order">) {
    this.#thread = thread;
    thread.tell({ order: "begin", ...begin, progress: this.#progress });
  }

  /** True when the thread is there, and has not much left to do. */
  get isWilling(): boolean {
    return Atomics.load(this.#progress, READY) === 1 && this.#ahead(this.#given) < AHEAD;
  }

  #ahead(rows: number): number {
    return (rows - Atomics.load(this.#progress, DONE)) | 0;
  }

  #arena(): SharedArena {
    const [oldest] = this.#lent;
    if (!oldest || this.#ahead(oldest.until) > 0) return new SharedArena();
    this.#lent.shift();
    oldest.arena.empty();
    return oldest.arena;
  }

  /** Gives rows [from, from + rows) of a batch to the thread; columns are places in the batch. */
  give(batch: RecordBatch, columns: readonly number[], from: number, rows: number, firstRow: number): void {
    const arena = this.#arena();
    const shared = columns.map((place) => shareColumn(batch.data.children[place]!, from, rows, arena));
    this.#thread.tell({ order: "judge", firstRow, rows, columns: shared });
    this.#given = (this.#given + rows) | 0;
    this.#lent.push({ arena, until: this.#given });
  }

  /** What the thread found, once it is done; undefined when it was given nothing. Throws EngineError. */
  async end(): Promise<Findings | undefined> {
    const findings = this.#lent.length === 0 ? undefined : await this.#thread.end();
    this.leave();
    return findings;
  }

  /** Lets the thread go, whatever it was given. */
  leave(): void {
    if (!this.#isEnded) this.#thread.giveBack();
    this.#isEnded = true;
  }
}
