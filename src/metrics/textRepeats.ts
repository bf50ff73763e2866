import type { ColumnAddress } from "../columns/address.js";
import type { Block } from "../columns/block.js";
import { ByteTable } from "../columns/byteTable.js";
import { BLOCK_ROWS } from "../columns/stage.js";
import { hashTexts } from "../kernels/hash.js";
import { HashedTexts } from "./hashedTexts.js";
import { KeptTexts } from "./keptTexts.js";
import { REPEATS } from "./keyLog.js";
import { NEW } from "./keySet.js";
import type { MemoryBudget, Spill } from "./memoryBudget.js";
import { FEW, type RepeatFinder, type RepeatOptions } from "./repeatFinder.js";
import { RepeatLog } from "./repeatLog.js";
import { FirstRows, Repeats } from "./repeats.js";
import { TextKeyReader, type TextKeys } from "./textKeys.js";

/**
 * Keys of one column of text, or of several columns. A few are in a table; many are logged by their hashes, and only
 * those whose hashes are equal are compared, in the end: a text that stands alone is never looked at again.
 */
export class TextRepeats implements RepeatFinder {
  readonly holds: string;
  readonly #memory: MemoryBudget | undefined;
  readonly #reader: TextKeyReader;
  readonly #hash: typeof hashTexts;
  readonly #repeats: Repeats | undefined;
  readonly #few: number;
  readonly #words = new Int32Array(BLOCK_ROWS * 2);
  #table = new ByteTable();
  #firsts = new FirstRows();
  readonly #texts = new KeptTexts();
  #log: RepeatLog | undefined;

  constructor(
    addresses: readonly ColumnAddress[],
    { marks, few = FEW, memory, hash = hashTexts }: RepeatOptions,
  ) {
    this.holds = `the keys of ${addresses.map(({ name }) => name).join(", ")}`;
    this.#memory = memory;
    memory?.add(this);
    this.#reader = new TextKeyReader(addresses);
    this.#few = few;
    this.#repeats = marks ? new Repeats() : undefined;
    this.#hash = hash;
  }

  get isDeferred(): boolean {
    return this.#log !== undefined;
  }

  observe(block: Block, included: Uint8Array | undefined, out: Uint8Array): boolean {
    const keys = this.#reader.read(block, included);
    const { flat, firstSlot, count, places } = keys;
    out.fill(NEW, 0, block.count);
    if (count === 0) return false;
    this.#hashKeys(keys, block.count);
    let nth = 0;
    let told = false;
    for (; nth < count && !this.#log; nth++) {
      const place = places ? places[nth]! : nth;
      const slot = firstSlot + (keys.isWhole ? place : nth);
      const hash = this.#words[nth * 2]!;
      const key = this.#table.add(flat.bytes, flat.offsets[slot]!, flat.offsets[slot + 1]!, hash);
      const found = this.#firsts.note(key, block.row + place, this.#repeats);
      out[place] = found;
      told ||= found !== NEW;
      if (this.#table.size > this.#few) this.#startLog();
    }
    if (this.#log && nth < count) this.#logRest(keys, nth, block);
    return told;
  }

  #hashKeys({ flat, firstSlot, count, places, isWhole }: TextKeys, rows: number): void {
    const words = this.#words;
    this.#hash(flat, firstSlot, isWhole ? rows : count, words);
    if (!isWhole || !places) return;
    for (let nth = 0; nth < count; nth++) {
      const at = places[nth]! * 2;
      words[nth * 2] = words[at]!;
      words[nth * 2 + 1] = words[at + 1]!;
    }
  }

  #logRest(keys: TextKeys, passed: number, block: Block): void {
    const { flat, firstSlot, count, places } = keys;
    const log = this.#log!;
    if (keys.isWhole) {
      const first = passed === 0 ? 0 : places ? places[passed]! : passed;
      this.#texts.keep(flat, firstSlot + first, block.row + first, block.count - first);
    } else {
      const rest = { bytes: flat.bytes, offsets: flat.offsets.subarray(passed) };
      this.#texts.keepRows(
        places!.slice(passed).map((place) => block.row + place),
        rest,
      );
    }
    const rest = count - passed;
    const words = this.#words.subarray(passed * 2);
    log.add(words, rest, places?.subarray(passed), places ? block.row : block.row + passed);
    if (log.wantsCompaction) this.#compact();
  }

  get byteLength(): number {
    const growing = this.#texts.byteLength + (this.#log?.byteLength ?? 0);
    return this.#table.byteLength + growing + (this.#repeats?.byteLength ?? 0);
  }

  spill(to: Spill): void {
    if (!this.#log) this.#startLog();
    this.#log!.spill(to);
  }

  #startLog(): void {
    const { size } = this.#table;
    const rows = Int32Array.from({ length: size }, (_, key) => this.#firsts.row(key));
    const flat = flatOf(size, (key) => this.#table.bytes(key));
    const words = new Int32Array(size * 2);
    for (let from = 0; from < size; from += BLOCK_ROWS) {
      this.#hash(flat, from, Math.min(BLOCK_ROWS, size - from), words.subarray(from * 2));
    }
    this.#texts.keepRows(rows, flat);
    this.#log = new RepeatLog(this.#repeats, new HashedTexts(this.#texts, this.#hash), this.#memory);
    this.#log.add(
      words,
      size,
      rows.map((row, key) => (this.#firsts.isRepeated(key) ? row | REPEATS : row)),
      0,
    );
    this.#table = new ByteTable();
    this.#firsts = new FirstRows();
  }

  /** Leaves one entry and one text of each key. */
  #compact(): void {
    const log = this.#log!;
    const kept: number[] = [];
    log.compact((row) => kept.push(row));
    const rows = Int32Array.from(kept).sort();
    const flat = flatOf(rows.length, (nth) =>
      this.#texts.at(rows[nth]!, (bytes, start, end) => bytes.subarray(start, end)),
    );
    this.#texts.clear();
    this.#texts.keepRows(rows, flat);
  }

  get distinct(): number {
    return this.#table.size + (this.#log?.settled().distinct ?? 0);
  }

  get repeated(): number {
    return this.#firsts.repeated + (this.#log?.settled().repeated ?? 0);
  }

  get members(): number {
    this.#log?.settled();
    return this.#repeats?.members.size ?? 0;
  }

  get later(): number {
    this.#log?.settled();
    return this.#repeats?.later.size ?? 0;
  }

  markLater(first: number, count: number, out: Uint8Array): void {
    this.#repeats?.later.markInto(first, count, out);
  }

  markMembers(block: Block, _included: Uint8Array | undefined, out: Uint8Array): void {
    this.#repeats?.members.markInto(block.row, block.count, out);
  }
}

function flatOf(count: number, bytesOf: (nth: number) => Uint8Array) {
  const offsets = new Int32Array(count + 1);
  for (let nth = 0; nth < count; nth++) offsets[nth + 1] = offsets[nth]! + bytesOf(nth).length;
  const bytes = new Uint8Array(offsets[count]!);
  for (let nth = 0; nth < count; nth++) bytes.set(bytesOf(nth), offsets[nth]!);
  return { bytes, offsets };
}
