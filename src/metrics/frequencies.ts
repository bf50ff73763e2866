import type { ColumnAddress } from "../columns/address.js";
import type { Block } from "../columns/block.js";
import type { Stored } from "../columns/stored.js";
import { type ColumnView, laneOf } from "../columns/view.js";
import { decodeStored, encodeStored } from "./extremes.js";
import { FrequencyRuns } from "./frequencyRuns.js";
import type { Holder, MemoryBudget, Spill } from "./memoryBudget.js";
import { type Frequency, mergeFrequencies } from "./mergeFrequencies.js";
import { type Json, type MetricState, presentRows } from "./state.js";
import { ValueCounts } from "./valueCounts.js";

export type { Frequency } from "./mergeFrequencies.js";

// What a count takes while statistics are made of it, in several arrays.
const COUNT_BYTES = 64;

/**
 * Every distinct value of a column and how often it comes. Exact; NaN is counted aside, and -0 is 0. What is too much for
 * memory is spilled in runs in ascending order, which are merged whenever the values are gone through.
 */
export class FrequenciesState implements MetricState<FrequenciesState>, Holder {
  readonly address: ColumnAddress;
  readonly holds: string;
  nans = 0;
  readonly #memory: MemoryBudget | undefined;
  #held = new ValueCounts();
  #runs: FrequencyRuns | undefined;
  #spilledTotal = 0;

  constructor(address: ColumnAddress, memory?: MemoryBudget) {
    this.address = address;
    this.holds = `how often each value of ${address.name} comes`;
    this.#memory = memory;
    memory?.add(this);
  }

  /** Bytes held, nearly. */
  get byteLength(): number {
    return this.#held.byteLength;
  }

  /** How many distinct values there are, NaN left out; those that were spilled are gone through. */
  get distinct(): number {
    if (!this.#runs) return this.#held.size;
    let distinct = 0;
    for (const _ of this.ascending()) distinct++;
    return distinct;
  }

  /** Rows that hold a value, NaN left out. */
  get total(): number {
    return this.#spilledTotal + this.#held.total;
  }

  /** Distinct values in ascending order, text by code point. What is yielded stays as it is. */
  ascending(): Iterable<Frequency> {
    return this.#runs
      ? mergeFrequencies([...this.#runs.read(), this.#held.ascending()])
      : this.#held.ascending();
  }

  /** The counts of those distinct values that are asked for, in ascending order of the values; all in memory. Throws EngineError. */
  countsWhere(isWanted: (value: Stored) => boolean): number[] {
    const counts: number[] = [];
    for (const { value, count } of this.ascending()) {
      if (!isWanted(value)) continue;
      counts.push(count);
      if (counts.length % 65536 === 0) this.#memory?.ask(counts.length * COUNT_BYTES);
    }
    return counts;
  }

  spill(to: Spill): void {
    this.#runs ??= new FrequencyRuns(to);
    this.#runs.write(this.#held.ascending());
    this.#spilledTotal += this.#held.total;
    this.#held = new ValueCounts();
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
        this.#held.addText(bytes, offsets[block.from + i]!, offsets[block.from + i + 1]!, 1);
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
        this.#held.addText(bytes, 0, bytes.length, count);
      } else if (dictionary.lane === "integer") {
        this.#addNumber(integerAt(dictionary, Number.NaN, code), count);
      } else this.#addNumber(dictionary.number(code), count);
    }
  }

  #addNumber(value: number | bigint, count: number): void {
    if (Number.isNaN(value as number)) this.nans += count;
    else this.#held.addNumber(value, count);
  }

  #add({ value, count }: Frequency): void {
    if (value instanceof Uint8Array) this.#held.addText(value, 0, value.length, count);
    else this.#addNumber(value, count);
  }

  merge(other: FrequenciesState): FrequenciesState {
    const merged = new FrequenciesState(this.address);
    for (const part of [this, other]) {
      merged.nans += part.nans;
      for (const frequency of part.ascending()) merged.#add(frequency);
    }
    return merged;
  }

  encode(): Json {
    return {
      nans: this.nans,
      counts: [...this.ascending()].map(({ value, count }) => [encodeStored(value), count]),
    };
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
