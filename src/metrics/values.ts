import type { ColumnAddress } from "../columns/address.js";
import type { Block } from "../columns/block.js";
import { laneOf } from "../columns/view.js";
import { finiteNumbers } from "../kernels/pack.js";
import type { Holder, MemoryBudget, Spill } from "./memoryBudget.js";
import { orderStatistics } from "./orderStatistics.js";
import { type Json, type MetricState, presentRows } from "./state.js";

/** Values held in one array. */
const PART = 2 ** 16;

interface SpilledPart {
  readonly position: number;
  readonly length: number;
}

/** Every value of a numeric column, kept for exact quantiles: 8 bytes a row. Integers beyond 2^53 are rounded. */
export class ValuesState implements MetricState<ValuesState>, Holder {
  readonly address: ColumnAddress;
  readonly holds: string;
  nans = 0;
  readonly #memory: MemoryBudget | undefined;
  /** All are full but the last. */
  #parts: Float64Array[] = [];
  #last = new Float64Array(1024);
  #used = 0;
  #spilled: SpilledPart[] = [];
  #spill: Spill | undefined;
  #size = 0;
  #sorted: Float64Array | undefined;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;

  constructor(address: ColumnAddress, memory?: MemoryBudget) {
    this.address = address;
    this.holds = `the values of ${address.name}`;
    this.#memory = memory;
    memory?.add(this);
  }

  get size(): number {
    return this.#size;
  }

  get byteLength(): number {
    return this.#parts.length * PART * 8 + this.#last.byteLength + (this.#sorted?.byteLength ?? 0);
  }

  /** The values in ascending order, NaN left out; all of them in memory. Throws EngineError when that is too small. */
  sorted(): Float64Array {
    if (!this.#sorted) {
      this.#memory?.ask(this.#size * 8);
      const all = new Float64Array(this.#size);
      let at = 0;
      for (const part of this.#all()) {
        all.set(part, at);
        at += part.length;
      }
      this.#sorted = all.sort();
    }
    return this.#sorted;
  }

  /** The values of some ranks in ascending order, counted from 0, by rank; the others aren't sorted. */
  atRanks(ranks: readonly number[]): ReadonlyMap<number, number> {
    return orderStatistics(() => this.#all(), ranks, { min: this.#min, max: this.#max });
  }

  /** All values but NaN in parts, in no particular order. A part is good until the next one is asked for. */
  parts(): Iterable<Float64Array> {
    return this.#all();
  }

  *#all(): Generator<Float64Array> {
    if (this.#spilled.length > 0) {
      const part = new Float64Array(PART);
      for (const { position, length } of this.#spilled) {
        for (let from = 0; from < length; from += PART) {
          const some = part.subarray(0, Math.min(PART, length - from));
          this.#spill!.read(position + from * 8, new Uint8Array(some.buffer, 0, some.byteLength));
          yield some;
        }
      }
    }
    yield* this.#parts;
    if (this.#used > 0) yield this.#last.subarray(0, this.#used);
  }

  spill(to: Spill): void {
    this.#spill = to;
    for (const part of [...this.#parts, this.#last.subarray(0, this.#used)]) {
      if (part.length === 0) continue;
      const position = to.write(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
      const before = this.#spilled.at(-1);
      if (before && before.position + before.length * 8 === position) {
        this.#spilled.splice(-1, 1, { position: before.position, length: before.length + part.length });
      } else this.#spilled.push({ position, length: part.length });
    }
    this.#parts = [];
    this.#last = new Float64Array(1024);
    this.#used = 0;
    this.#sorted = undefined;
  }

  #add(value: number): void {
    if (this.#used === this.#last.length) this.#makeRoom();
    this.#last[this.#used++] = value;
    this.#size++;
    this.#widen(value, value);
  }

  #widen(min: number, max: number): void {
    if (min < this.#min) this.#min = min;
    if (max > this.#max) this.#max = max;
  }

  #makeRoom(): void {
    if (this.#used < PART) {
      const wider = new Float64Array(this.#used * 2);
      wider.set(this.#last);
      this.#last = wider;
      return;
    }
    this.#parts.push(this.#last);
    this.#last = new Float64Array(PART);
    this.#used = 0;
  }

  #addAll(values: Float64Array): void {
    for (let from = 0; from < values.length; ) {
      if (this.#used === this.#last.length) this.#makeRoom();
      const taken = Math.min(values.length - from, this.#last.length - this.#used);
      this.#last.set(values.subarray(from, from + taken), this.#used);
      this.#used += taken;
      from += taken;
    }
    this.#size += values.length;
  }

  observe(block: Block, selected: Uint8Array | undefined): void {
    const lane = laneOf(this.address.type);
    if (lane !== "number" && lane !== "integer") return;
    if (!selected && this.#observeFinite(block)) return;
    const view = block.view(this.address);
    const present = presentRows(block.valid(this.address), selected, block.count);
    const { values } = view.numbers(block.from, block.count);
    this.#sorted = undefined;
    for (let i = 0; i < block.count; i++) {
      if (present && present[i] === 0) continue;
      let value = values[i]!;
      if (Number.isNaN(value)) {
        if (view.lane !== "integer") {
          this.nans++;
          continue;
        }
        value = Number(view.integer(block.from + i));
      }
      this.#add(value);
    }
  }

  /** Takes in a block of which all rows count; false, and nothing is taken in, where a value isn't finite or exact. */
  #observeFinite(block: Block): boolean {
    const numbers = block.view(this.address).plainNumbers(block.from, block.count);
    if (!numbers) return false;
    const { values, min, max } = finiteNumbers(numbers, block.bits(this.address), block.count);
    if (values.length !== block.count - block.nulls(this.address)) return false;
    this.#sorted = undefined;
    this.#addAll(values);
    this.#widen(min, max);
    return true;
  }

  merge(other: ValuesState): ValuesState {
    const merged = new ValuesState(this.address, this.#memory);
    for (const state of [this, other]) {
      for (const part of state.#all()) merged.#addAll(part);
      merged.#widen(state.#min, state.#max);
    }
    merged.nans = this.nans + other.nans;
    return merged;
  }

  encode(): Json {
    return {
      nans: this.nans,
      values: [...this.sorted()].map((value) => (Object.is(value, -0) ? "-0" : String(value))),
    };
  }

  static decode(json: Json, address: ColumnAddress): ValuesState {
    const stored = json as { nans: number; values: string[] };
    const state = new ValuesState(address);
    state.nans = stored.nans;
    for (const value of stored.values) state.#add(Number(value));
    return state;
  }
}
