import { EngineError } from "../errors/index.js";
import { ENTRY, PARTS } from "../kernels/entries.js";
import { roomForEntries, siftEntries } from "../kernels/siftEntries.js";
import type { KeptTexts } from "./keptTexts.js";
import { KeyLog, MOST_ROWS } from "./keyLog.js";
import { type SameKey, type Settled, settle } from "./keySettling.js";
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
  readonly #texts: KeptTexts | undefined;
  readonly #repeats: Repeats | undefined;
  readonly #memory: MemoryBudget | undefined;
  #spilled: SpilledEntries | undefined;
  /** The row after all that were logged, and after all that were spilled. */
  #end = 0;
  #spilledEnd = 0;
  #settled: (Settled & { readonly size: number }) | undefined;
  #patience = MANY;

  /** Rows are marked in `repeats`, where they are wanted; `texts` has the keys whose words are hashes. */
  constructor(repeats: Repeats | undefined, texts: KeptTexts | undefined, memory: MemoryBudget | undefined) {
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
    const { distinct } = this.#settlePart(0);
    return distinct * 2 < this.#log.count(0);
  }

  /** Leaves one entry of each key; `onKept` is told of its row. */
  compact(onKept?: (row: number) => void): void {
    this.#log.replace((part) => {
      const { distinct } = this.#settlePart(part);
      const entries = scratch.subarray(0, distinct * ENTRY);
      if (onKept) for (let at = 2; at < entries.length; at += ENTRY) onKept(entries[at]! & (MOST_ROWS - 1));
      return entries;
    });
    this.#patience = Math.max(MANY, this.#log.size * 2);
  }

  /** Puts all that is held into a file, one entry of each key, with its text where it has one. */
  spill(to: Spill): void {
    this.#spilled ??= new SpilledEntries();
    const texts = this.#texts;
    for (let part = 0; part < PARTS; part++) {
      const { distinct } = this.#settlePart(part);
      const entries = scratch.subarray(0, distinct * ENTRY);
      this.#spilled.write(to, part, entries, texts && ((row, use) => texts.at(row, use)));
    }
    this.#log = new KeyLog();
    texts?.clear();
    this.#patience = MANY;
    this.#spilledEnd = this.#end;
  }

  /** Settles the entries of a partition that are in memory. */
  #settlePart(part: number): Settled {
    const length = this.#log.count(part) * ENTRY;
    reserve(length);
    this.#log.gather(part, scratch);
    return this.#settle(scratch, length, this.#sameInMemory);
  }

  /** Counts the keys of a partition, all entries of it; what becomes of these doesn't matter. */
  #countWhole(part: number): Settled {
    const spilled = this.#spilled;
    const before = spilled?.words(part) ?? 0;
    const length = before + this.#log.count(part) * ENTRY;
    if (before > 0) this.#memory?.ask(spilled!.byteLength(part) + length * 4);
    let entries = roomForEntries(length);
    if (!entries) {
      reserve(length);
      entries = scratch;
    }
    if (before > 0) spilled!.read(part, entries);
    this.#log.gather(part, entries.subarray(before));
    // Most keys stand alone, and that can be seen without a table.
    const open = siftEntries(entries, length);
    const alone = (length - open) / ENTRY;
    const same =
      before > 0 && open > 0 && this.#texts
        ? this.#sameAnywhere(spilled!.texts(part), this.#texts)
        : this.#sameInMemory;
    const { distinct, repeated } = this.#settle(entries, open, same);
    return { distinct: alone + distinct, repeated };
  }

  get #sameInMemory(): SameKey | undefined {
    const texts = this.#texts;
    return texts && ((row, other) => texts.same(row, other));
  }

  #sameAnywhere(spilled: KeptTexts, held: KeptTexts): SameKey {
    const placeOf = (row: number): KeptTexts => (row < this.#spilledEnd ? spilled : held);
    return (row, other) => placeOf(row).same(row, other, placeOf(other));
  }

  #settle(entries: Int32Array, length: number, same: SameKey | undefined): Settled {
    return settle(entries, length, same, (first, later) => this.#repeats?.add(first, later));
  }

  /** Marks all rows whose keys repeat, and counts. What comes after is taken in as before. */
  settled(): Settled {
    const size = this.#log.size + (this.#spilled?.size ?? 0);
    if (this.#settled?.size === size) return this.#settled;
    let distinct = 0;
    let repeated = 0;
    for (let part = 0; part < PARTS; part++) {
      const found = this.#countWhole(part);
      distinct += found.distinct;
      repeated += found.repeated;
    }
    this.#settled = { distinct, repeated, size };
    return this.#settled;
  }
}

function reserve(length: number): void {
  if (scratch.length < length) scratch = new Int32Array(Math.ceil(length * 1.25));
}
