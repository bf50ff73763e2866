import { RowSet } from "../columns/rowSet.js";
import { EngineError } from "../errors/index.js";
import { ENTRY, PARTS } from "../kernels/entries.js";
import { roomForEntries, siftEntries } from "../kernels/siftEntries.js";
import type { HashedTexts } from "./hashedTexts.js";
import { KeyLog, MOST_ROWS, REPEATS } from "./keyLog.js";
import { type SameKey, type Settled, settle, sharedWords } from "./keySettling.js";
import type { MemoryBudget, Spill } from "./memoryBudget.js";
import type { Repeats } from "./repeats.js";
import { SpilledEntries } from "./spilledEntries.js";

// Entries before it is asked whether the keys are few.
const MANY = 2 ** 22;

let scratch = new Int32Array(0);

/**
 * Keys too many for a table, told apart in the end: a partition at a time, in cache. Where keys come many times over,
 * what was logged is made shorter on the way, so that memory follows the distinct keys.
 */
export class RepeatLog {
  #log = new KeyLog();
  readonly #texts: HashedTexts | undefined;
  readonly #repeats: Repeats | undefined;
  readonly #memory: MemoryBudget | undefined;
  #spilled: SpilledEntries | undefined;
  /** The row after all that were logged. */
  #end = 0;
  #settled: (Settled & { readonly size: number }) | undefined;
  #patience = MANY;

  /** Rows are marked in `repeats`, where they are wanted; `texts` has the keys whose words are hashes. */
  constructor(
    repeats: Repeats | undefined,
    texts: HashedTexts | undefined,
    memory: MemoryBudget | undefined,
  ) {
    this.#repeats = repeats;
    this.#texts = texts;
    this.#memory = memory;
  }

  get byteLength(): number {
    return this.#log.byteLength;
  }

  /** Adds keys whose `rows` ascend: see `KeyLog.add`. */
  add(words: Int32Array, count: number, rows: Int32Array | undefined, firstRow: number): void {
    if (firstRow + count > MOST_ROWS) {
      throw new EngineError("engine/failed", `keys of more than ${MOST_ROWS} rows can't be told apart`);
    }
    this.#log.add(words, count, rows, firstRow);
    if (count > 0) this.#end = firstRow + ((rows ? rows[count - 1]! : count - 1) & (MOST_ROWS - 1)) + 1;
  }

  /** Whether so many keys were logged that they may be worth making shorter, and are: many are the same. */
  get wantsCompaction(): boolean {
    if (this.#log.size < this.#patience) return false;
    this.#patience = this.#log.size * 2;
    return this.#shareOfDistinct() < 0.5;
  }

  /** Distinct keys among those in memory, for each of them, about. */
  #shareOfDistinct(): number {
    const count = this.#log.count(0);
    return count === 0 ? 0 : this.#settleHeld(0).distinct / count;
  }

  /** Leaves one entry of each key; `onKept` is told of its row. */
  compact(onKept?: (row: number) => void): void {
    this.#log.replace((part) => {
      const { distinct } = this.#settleHeld(part);
      const entries = scratch.subarray(0, distinct * ENTRY);
      if (onKept) for (let at = 2; at < entries.length; at += ENTRY) onKept(entries[at]! & (MOST_ROWS - 1));
      return entries;
    });
    this.#patience = Math.max(MANY, this.#log.size * 2);
  }

  /** Puts all that is held into a file, one entry of each key, with its text where it has one. */
  spill(to: Spill): void {
    this.#spilled ??= new SpilledEntries(to);
    const rows = this.#texts?.rowsToSpill(this.#log.size * this.#shareOfDistinct());
    for (let part = 0; part < PARTS; part++) {
      const { distinct } = this.#settleHeld(part);
      const entries = scratch.subarray(0, distinct * ENTRY);
      this.#spilled.write(part, entries);
      if (rows) for (let at = 2; at < entries.length; at += ENTRY) rows.add(entries[at]! & (MOST_ROWS - 1));
    }
    this.#texts?.spill(to, rows, this.#end);
    this.#log = new KeyLog();
    this.#patience = MANY;
  }

  /** Settles the entries of a partition that are in memory. */
  #settleHeld(part: number): Settled {
    const length = this.#log.count(part) * ENTRY;
    reserve(length);
    this.#log.gather(part, scratch);
    return this.#settle(scratch, length, this.#texts?.sameHeld);
  }

  /** Puts all entries of a partition into the scratch; returns how many words they are. */
  #gatherAll(part: number, spilled: SpilledEntries): number {
    const before = spilled.words(part);
    const length = before + this.#log.count(part) * ENTRY;
    this.#memory?.ask(length * 4);
    reserve(length);
    if (before > 0) spilled.read(part, scratch);
    this.#log.gather(part, scratch.subarray(before));
    return length;
  }

  /** Counts the keys of a partition, all entries of it; texts, where there are any, are all in memory. */
  #countWhole(part: number, spilled: SpilledEntries | undefined): Settled {
    const before = spilled?.words(part) ?? 0;
    const length = before + this.#log.count(part) * ENTRY;
    if (before > 0) this.#memory?.ask(length * 4);
    let entries = roomForEntries(length);
    if (!entries) {
      reserve(length);
      entries = scratch;
    }
    if (before > 0) spilled!.read(part, entries);
    this.#log.gather(part, entries.subarray(before));
    // Most keys stand alone, and that can be seen without a table.
    const open = siftEntries(entries, length);
    const { distinct, repeated } = this.#settle(entries, open, this.#texts?.sameHeld);
    return { distinct: (length - open) / ENTRY + distinct, repeated };
  }

  #settle(entries: Int32Array, length: number, same: SameKey | undefined): Settled {
    return settle(entries, length, same, (first, later) => this.#repeats?.add(first, later));
  }

  /** Marks all rows whose keys repeat, and counts. What comes after is taken in as before. */
  settled(): Settled {
    const size = this.#log.size + (this.#spilled?.size ?? 0);
    if (this.#settled?.size === size) return this.#settled;
    const parts = [...Array(PARTS).keys()];
    const spilled = this.#spilled;
    const found =
      spilled && this.#texts
        ? this.#settleTexts(parts, spilled, this.#texts)
        : sumOf(parts, (part) => this.#countWhole(part, spilled));
    this.#settled = { ...found, size };
    return this.#settled;
  }

  /** Settles by hashes what they can settle; only the texts of rows that share theirs are looked for and compared. */
  #settleTexts(parts: readonly number[], spilled: SpilledEntries, texts: HashedTexts): Settled {
    const shared = new RowSet();
    const open: number[] = [];
    const byHash = sumOf(parts, (part) => {
      const length = this.#gatherAll(part, spilled);
      let isOpen = false;
      sharedWords(scratch, length, (first, later) => {
        isOpen = true;
        shared.add(first);
        shared.add(later);
      });
      if (isOpen) open.push(part);
      return isOpen ? { distinct: 0, repeated: 0 } : apart(scratch, length);
    });
    if (open.length === 0) return byHash;
    const sameOf = texts.among(shared, this.#memory);
    const byText = sumOf(open, (part) => {
      const same = sameOf(part);
      const length = this.#gatherAll(part, spilled);
      return this.#settle(scratch, length, same);
    });
    return sumOf([byHash, byText], (settled) => settled);
  }
}

/** What entries come to that all have keys of their own. */
function apart(entries: Int32Array, length: number): Settled {
  let repeated = 0;
  for (let at = 2; at < length; at += ENTRY) if ((entries[at]! & REPEATS) !== 0) repeated++;
  return { distinct: length / ENTRY, repeated };
}

function sumOf<T>(of: readonly T[], settledOf: (one: T) => Settled): Settled {
  let distinct = 0;
  let repeated = 0;
  for (const one of of) {
    const settled = settledOf(one);
    distinct += settled.distinct;
    repeated += settled.repeated;
  }
  return { distinct, repeated };
}

function reserve(length: number): void {
  if (scratch.length < length) scratch = new Int32Array(Math.ceil(length * 1.25));
}
