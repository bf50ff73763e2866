import type { ColumnAddress } from "../columns/address.js";
import type { Block } from "../columns/block.js";
import { ByteTable } from "../columns/byteTable.js";
import { before, type Stored } from "../columns/stored.js";
import { type ColumnView, laneOf } from "../columns/view.js";
import { decodeStored, encodeStored } from "./extremes.js";
import type { Holder, MemoryBudget } from "./memoryBudget.js";
import { type Json, type MetricState, presentRows } from "./state.js";

/** A distinct value in its column's storage unit, and how many rows hold it. */
export interface Frequency {
  readonly value: Stored;
  readonly count: number;
}

// What a number and its count take in a Map, about.
const NUMBER_BYTES = 48;

/** Every distinct value of a column and how often it comes. Exact; NaN is counted aside, and -0 is 0. */
export class FrequenciesState implements MetricState<FrequenciesState>, Holder {
  readonly address: ColumnAddress;
  readonly holds: string;
  nans = 0;
  readonly #numbers = new Map<number | bigint, number>();
  readonly #texts = new ByteTable();
  #counts = new Float64Array(64);

  constructor(address: ColumnAddress, memory?: MemoryBudget) {
    this.address = address;
    this.holds = `how often each value of ${address.name} comes`;
    memory?.add(this);
  }

  /** Bytes held, nearly. */
  get byteLength(): number {
    return this.#numbers.size * NUMBER_BYTES + this.#texts.byteLength + this.#counts.byteLength;
  }

  /** How many distinct values there are, NaN left out. */
  get distinct(): number {
    return this.#numbers.size + this.#texts.size;
  }

  /** Rows that hold a value, NaN left out. */
  get total(): number {
    let total = 0;
    for (const count of this.#numbers.values()) total += count;
    for (let key = 0; key < this.#texts.size; key++) total += this.#counts[key]!;
    return total;
  }

  /** Distinct values in ascending order, text by code point. */
  sorted(): Frequency[] {
    const found: Frequency[] = [...this.#numbers].map(([value, count]) => ({ value, count }));
    for (let key = 0; key < this.#texts.size; key++) {
      found.push({ value: this.#texts.bytes(key), count: this.#counts[key]! });
    }
    return found.sort((a, b) => (before(a.value, b.value) ? -1 : 1));
  }

  observe(block: Block, selected: Uint8Array | undefined): void {
    const lane = laneOf(this.address.type);
    if (lane === "opaque") return;
    const view = block.view(this.address);
    const present = presentRows(block.valid(this.address), selected, block.count);
    if (view.dictionary) this.#observeCodes(view, view.dictionary, block, present);
    else if (lane === "bytes") {
      const { bytes, offsets } = view.flat;
      for (let i = 0; i < block.count; i++) {
        if (present && present[i] === 0) continue;
        this.#addText(bytes, offsets[block.from + i]!, offsets[block.from + i + 1]!, 1);
      }
    } else {
      const { values } = view.numbers(block.from, block.count);
      for (let i = 0; i < block.count; i++) {
        if (present && present[i] === 0) continue;
        this.#addNumber(lane === "integer" ? integerAt(view, values[i]!, block.from + i) : values[i]!, 1);
      }
    }
  }

  #observeCodes(
    view: ColumnView,
    dictionary: ColumnView,
    block: Block,
    present: Uint8Array | undefined,
  ): void {
    const codes = view.codes(block.from, block.count);
    const counts = new Map<number, number>();
    for (let i = 0; i < block.count; i++) {
      if (!present || present[i] === 1) counts.set(codes[i]!, (counts.get(codes[i]!) ?? 0) + 1);
    }
    for (const [code, count] of counts) {
      if (dictionary.lane === "bytes") {
        const bytes = dictionary.bytes(code);
        this.#addText(bytes, 0, bytes.length, count);
      } else if (dictionary.lane === "integer") {
        this.#addNumber(integerAt(dictionary, Number.NaN, code), count);
      } else this.#addNumber(dictionary.number(code), count);
    }
  }

  #addNumber(value: number | bigint, count: number): void {
    if (Number.isNaN(value as number)) this.nans += count;
    else {
      const key = value === 0 ? 0 : value;
      this.#numbers.set(key, (this.#numbers.get(key) ?? 0) + count);
    }
  }

  #addText(bytes: Uint8Array, start: number, end: number, count: number): void {
    const key = this.#texts.add(bytes, start, end);
    if (key >= this.#counts.length) {
      const wider = new Float64Array(this.#counts.length * 2);
      wider.set(this.#counts);
      this.#counts = wider;
    }
    this.#counts[key]! += count;
  }

  #add({ value, count }: Frequency): void {
    if (value instanceof Uint8Array) this.#addText(value, 0, value.length, count);
    else this.#addNumber(value, count);
  }

  merge(other: FrequenciesState): FrequenciesState {
    const merged = new FrequenciesState(this.address);
    for (const part of [this, other]) {
      merged.nans += part.nans;
      for (const frequency of part.sorted()) merged.#add(frequency);
    }
    return merged;
  }

  encode(): Json {
    return { nans: this.nans, counts: this.sorted().map(({ value, count }) => [encodeStored(value), count]) };
  }

  static decode(json: Json, address: ColumnAddress): FrequenciesState {
    const stored = json as { nans: number; counts: [Json, number][] };
    const state = new FrequenciesState(address);
    state.nans = stored.nans;
    for (const [value, count] of stored.counts) state.#add({ value: decodeStored(value)!, count });
    return state;
  }
}

/** An integer as a number where that is exact, which is by far the faster key. */
function integerAt(view: ColumnView, staged: number, row: number): number | bigint {
  if (Number.isSafeInteger(staged)) return staged;
  const value = view.integer(row);
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
