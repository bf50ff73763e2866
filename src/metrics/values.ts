import type { ColumnAddress } from "../columns/address.js";
import type { Block } from "../columns/block.js";
import { laneOf } from "../columns/view.js";
import { type Json, type MetricState, presentRows } from "./state.js";

/** Every value of a numeric column, kept for exact quantiles: 8 bytes a row. Integers beyond 2^53 are rounded. */
export class ValuesState implements MetricState<ValuesState> {
  readonly address: ColumnAddress;
  nans = 0;
  #values = new Float64Array(1024);
  #size = 0;
  #sorted = true;

  constructor(address: ColumnAddress) {
    this.address = address;
  }

  get size(): number {
    return this.#size;
  }

  /** The values in ascending order, NaN left out. */
  sorted(): Float64Array {
    const values = this.#values.subarray(0, this.#size);
    if (!this.#sorted) values.sort();
    this.#sorted = true;
    return values;
  }

  #reserve(more: number): void {
    if (this.#size + more <= this.#values.length) return;
    const wider = new Float64Array(Math.max(this.#size + more, this.#values.length * 2));
    wider.set(this.#values.subarray(0, this.#size));
    this.#values = wider;
  }

  observe(block: Block, selected: Uint8Array | undefined): void {
    const lane = laneOf(this.address.type);
    if (lane !== "number" && lane !== "integer") return;
    const view = block.view(this.address);
    const present = presentRows(block.valid(this.address), selected, block.count);
    const { values } = view.numbers(block.from, block.count);
    this.#reserve(block.count);
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
      this.#values[this.#size++] = value;
    }
    this.#sorted = false;
  }

  merge(other: ValuesState): ValuesState {
    const merged = new ValuesState(this.address);
    merged.#values = new Float64Array(this.#size + other.#size);
    merged.#values.set(this.#values.subarray(0, this.#size));
    merged.#values.set(other.#values.subarray(0, other.#size), this.#size);
    merged.#size = this.#size + other.#size;
    merged.#sorted = false;
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
    state.#values = Float64Array.from(stored.values, Number);
    state.#size = stored.values.length;
    return state;
  }
}
