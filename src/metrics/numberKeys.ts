import type { ColumnAddress } from "../columns/address.js";
import type { Block } from "../columns/block.js";
import { type ColumnView, laneOf } from "../columns/view.js";
import { type KeySet, NEW, REPEATED, SECOND } from "./keySet.js";
import { PagedBits } from "./pagedBits.js";
import { PairTable } from "./pairTable.js";

const doubles = new Float64Array(1);
const words = new Int32Array(doubles.buffer);
const longs = new BigInt64Array(doubles.buffer);

/** Bitmaps may take this many bytes a distinct key before a hash table is the smaller. */
const DENSE_BYTES = 24;
const SMALL = 1 << 20;

/** Distinct numbers: bitmaps while they are dense integers, else a hash table of their 64 bits. -0 is 0, NaN is NaN. */
export class NumberKeys implements KeySet {
  readonly #address: ColumnAddress;
  #once: PagedBits | undefined = new PagedBits();
  #more: PagedBits | undefined = new PagedBits();
  #table: PairTable | undefined;
  #tableMore = new Uint8Array(1024);
  size = 0;
  repeated = 0;

  constructor(address: ColumnAddress) {
    this.#address = address;
  }

  get byteLength(): number {
    const bits = (this.#once?.byteLength ?? 0) + (this.#more?.byteLength ?? 0);
    return bits + (this.#table ? this.#table.byteLength + this.#tableMore.byteLength : 0);
  }

  observe(block: Block, included: Uint8Array | undefined, out: Uint8Array): boolean {
    let told = false;
    const view = block.view(this.#address);
    const { values } = view.numbers(block.from, block.count);
    for (let i = 0; i < block.count; i++) {
      if (included && included[i] === 0) continue;
      const value = values[i]!;
      if (this.#once && Number.isSafeInteger(value)) out[i] = this.#addDense(value);
      else out[i] = this.#addHashed(view, block.from + i, value);
      told ||= out[i] !== NEW;
      // Numbers far apart take a page each: a block of them is 64 MB, so it isn't waited for.
      if ((i & 255) === 255) this.#leaveIfSparse();
    }
    this.#leaveIfSparse();
    return told;
  }

  #addDense(value: number): number {
    if (!this.#once!.add(value)) {
      this.size++;
      return NEW;
    }
    if (this.#more!.add(value)) return REPEATED;
    this.repeated++;
    return SECOND;
  }

  #addHashed(view: ColumnView, row: number, value: number): number {
    if (this.#once) this.#leaveBitmaps();
    const [low, high] = keyWords(view, row, value);
    const key = this.#table!.add(low, high);
    if (key >= this.#tableMore.length) {
      const wider = new Uint8Array(this.#tableMore.length * 2);
      wider.set(this.#tableMore);
      this.#tableMore = wider;
    }
    if (key === this.size) {
      this.size++;
      return NEW;
    }
    if (this.#tableMore[key] === 1) return REPEATED;
    this.#tableMore[key] = 1;
    this.repeated++;
    return SECOND;
  }

  #leaveIfSparse(): void {
    const bytes = this.#once?.byteLength ?? 0;
    if (bytes > SMALL && bytes > this.size * DENSE_BYTES) this.#leaveBitmaps();
  }

  #leaveBitmaps(): void {
    const once = this.#once!;
    const more = this.#more!;
    const isInteger = laneOf(this.#address.type) === "integer";
    this.#once = undefined;
    this.#more = undefined;
    this.#table = new PairTable();
    this.#tableMore = new Uint8Array(Math.max(1024, this.size * 2));
    for (const value of once.values()) {
      const [low, high] = wordsOf(value, isInteger);
      this.#tableMore[this.#table.add(low, high)] = more.has(value) ? 1 : 0;
    }
  }

  findRepeated(block: Block, included: Uint8Array | undefined, out: Uint8Array): void {
    const view = block.view(this.#address);
    const { values } = view.numbers(block.from, block.count);
    for (let i = 0; i < block.count; i++) {
      if (included && included[i] === 0) {
        out[i] = 0;
        continue;
      }
      const value = values[i]!;
      if (this.#more) {
        out[i] = Number.isSafeInteger(value) && this.#more.has(value) ? 1 : 0;
        continue;
      }
      const [low, high] = keyWords(view, block.from + i, value);
      const key = this.#table!.find(low, high);
      out[i] = key >= 0 ? this.#tableMore[key]! : 0;
    }
  }
}

const WORD = 4294967296;

/** The 64 bits a number is keyed by: its own as an integer for columns of 64-bit integers, else its double's. */
function wordsOf(value: number, isInteger: boolean): [number, number] {
  if (isInteger) return [value >>> 0, Math.floor(value / WORD)];
  doubles[0] = Number.isNaN(value) ? Number.NaN : value === 0 ? 0 : value;
  return [words[0]!, words[1]!];
}

function keyWords(view: ColumnView, row: number, value: number): [number, number] {
  if (view.lane !== "integer") return wordsOf(value, false);
  if (!Number.isNaN(value)) return wordsOf(value, true);
  longs[0] = view.integer(row);
  return [words[0]!, words[1]!];
}
