import type { ColumnAddress } from "../columns/address.js";
import type { Block } from "../columns/block.js";
import { DenseBits } from "./denseBits.js";
import { FewKeys } from "./fewKeys.js";
import { NEW, REPEATED, SECOND } from "./keySet.js";
import type { MemoryBudget, Spill } from "./memoryBudget.js";
import { holdsIntegers, NumberWordReader, type NumberWords } from "./numberWords.js";
import { OrderedRun } from "./orderedRun.js";
import { keysOutside, type LoggedKeys } from "./outsideBits.js";
import { FEW, type RepeatFinder, type RepeatOptions } from "./repeatFinder.js";
import { RepeatLog } from "./repeatLog.js";
import { Repeats } from "./repeats.js";

/**
 * Keys of one column of numbers. Integers live in bitmaps while they are dense; numbers that keep increasing need no
 * table; a few are in a table; and many are logged, to be told apart in the end.
 */
export class NumberRepeats implements RepeatFinder {
  readonly holds: string;
  readonly #memory: MemoryBudget | undefined;
  readonly #reader: NumberWordReader;
  readonly #repeats: Repeats | undefined;
  readonly #few: number;
  readonly #bits: DenseBits | undefined;
  /** Rows of keys in the bitmaps that come more than once: where the first of each is isn't known there. */
  #membersInBits = 0;
  #isDense: boolean;
  /** Whether a row of the block was said to repeat. */
  #told = false;
  #isOrdered = true;
  readonly #ordered: OrderedRun;
  #keys = new FewKeys();
  #log: RepeatLog | undefined;

  constructor(address: ColumnAddress, { marks, few = FEW, memory }: RepeatOptions) {
    this.holds = `the keys of ${address.name}`;
    this.#memory = memory;
    memory?.add(this);
    const isInteger = holdsIntegers(address);
    this.#reader = new NumberWordReader(address);
    this.#few = few;
    this.#repeats = marks ? new Repeats() : undefined;
    this.#bits = isInteger ? new DenseBits() : undefined;
    this.#isDense = isInteger;
    this.#ordered = new OrderedRun(isInteger ? this.#reader.sign : undefined);
  }

  get isDeferred(): boolean {
    return this.#log !== undefined;
  }

  observe(block: Block, included: Uint8Array | undefined, out: Uint8Array): boolean {
    const keys = this.#reader.read(block, included);
    out.fill(NEW, 0, block.count);
    if (keys.count === 0) return false;
    this.#told = false;
    this.#add(keys, block.row, out);
    return this.#told;
  }

  #add(keys: NumberWords, firstRow: number, out: Uint8Array): void {
    if (this.#isDense && this.#takeDense(keys, firstRow, out)) return;
    this.#isDense = false;
    if (this.#isOrdered) {
      if (this.#ordered.take(keys, firstRow, this.#bits?.max ?? Number.NEGATIVE_INFINITY)) return;
      this.#leaveOrder();
    }
    const rest = this.#bits ? this.#outside(this.#bits, keys, firstRow, out) : keys;
    this.#take(rest.words, rest.count, rest.places, firstRow, out);
  }

  #leaveOrder(): void {
    this.#isOrdered = false;
    this.#ordered.empty((words, count, places, firstRow) => {
      // None of these is a repeat, so what is said of them needn't be heard.
      this.#take(words, count, places, firstRow, undefined);
      this.#memory?.keep();
    });
  }

  get byteLength(): number {
    const growing = this.#ordered.byteLength + (this.#log?.byteLength ?? 0);
    return growing + (this.#bits?.byteLength ?? 0) + (this.#repeats?.byteLength ?? 0);
  }

  /** Puts what is ordered or logged elsewhere; bitmaps stay as they are, and grow no more. */
  spill(to: Spill): void {
    this.#isDense = false;
    if (this.#isOrdered) this.#ordered.spill(to);
    this.#log?.spill(to);
  }

  #takeDense(keys: NumberWords, firstRow: number, out: Uint8Array): boolean {
    const bits = this.#bits!;
    const { words, count, min, max, places, exact, increasing } = keys;
    if (!exact || !bits.reserve(min, max, count)) return false;
    if (increasing && max - min === count - 1 && min > bits.max) bits.addRange(min, max);
    else {
      bits.addAll(words, count, min, max, (nth, isSecond) => {
        this.#noteInBits(places ? places[nth]! : nth, isSecond, firstRow, out);
      });
    }
    return true;
  }

  #noteInBits(place: number, isSecond: boolean, firstRow: number, out: Uint8Array): void {
    out[place] = isSecond ? SECOND : REPEATED;
    this.#told = true;
    this.#membersInBits += isSecond ? 2 : 1;
    this.#repeats?.later.add(firstRow + place);
  }

  /** Settles the keys that the bitmaps hold, which take no new ones any more; returns the others. */
  #outside(bits: DenseBits, keys: NumberWords, firstRow: number, out: Uint8Array): LoggedKeys {
    return keysOutside(bits, keys, (nth, place) => {
      this.#noteInBits(place, bits.again(keys.values[nth]!), firstRow, out);
    });
  }

  #take(
    words: Int32Array,
    count: number,
    places: Int32Array | undefined,
    firstRow: number,
    out: Uint8Array | undefined,
  ): void {
    for (let nth = 0; nth < count && !this.#log; nth++) {
      const place = places ? places[nth]! : nth;
      const row = firstRow + place;
      const found = this.#keys.add(words[nth * 2]!, words[nth * 2 + 1]!, row, this.#repeats);
      if (out) out[place] = found;
      this.#told ||= found !== NEW;
      if (this.#keys.size <= this.#few) continue;
      this.#startLog();
      this.#logAll(
        words.subarray((nth + 1) * 2),
        count - nth - 1,
        places?.subarray(nth + 1),
        firstRow,
        nth + 1,
      );
      return;
    }
    if (this.#log) this.#logAll(words, count, places, firstRow, 0);
  }

  #logAll(
    words: Int32Array,
    count: number,
    places: Int32Array | undefined,
    firstRow: number,
    passed: number,
  ): void {
    const log = this.#log!;
    log.add(words, count, places, places ? firstRow : firstRow + passed);
    if (log.wantsCompaction) log.compact();
  }

  #startLog(): void {
    const { words, rows } = this.#keys.logged();
    this.#log = new RepeatLog(this.#repeats, undefined, this.#memory);
    this.#log.add(words, rows.length, rows, 0);
    this.#keys = new FewKeys();
  }

  get distinct(): number {
    const logged = this.#log?.settled().distinct ?? 0;
    return (this.#bits?.size ?? 0) + this.#ordered.size + this.#keys.size + logged;
  }

  get repeated(): number {
    const logged = this.#log?.settled().repeated ?? 0;
    return (this.#bits?.repeated ?? 0) + this.#keys.repeated + logged;
  }

  get members(): number {
    this.#log?.settled();
    return this.#membersInBits + (this.#repeats?.members.size ?? 0);
  }

  get later(): number {
    this.#log?.settled();
    return this.#repeats?.later.size ?? 0;
  }

  markLater(first: number, count: number, out: Uint8Array): void {
    this.#repeats?.later.markInto(first, count, out);
  }

  markMembers(block: Block, included: Uint8Array | undefined, out: Uint8Array): void {
    this.#repeats?.members.markInto(block.row, block.count, out);
    if (!this.#bits || this.#bits.repeated === 0) return;
    const { values, count, places } = this.#reader.read(block, included);
    for (let nth = 0; nth < count; nth++) {
      if (this.#bits.isRepeated(values[nth]!)) out[places ? places[nth]! : nth] = 1;
    }
  }
}
