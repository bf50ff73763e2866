import type { ColumnAddress } from "../columns/address.js";
import type { Block } from "../columns/block.js";
import { before, type Stored } from "../columns/stored.js";
import { laneOf } from "../columns/view.js";
import type { CheapEvidence } from "../predicates/truth.js";
import { type Json, type MetricState, presentRows } from "./state.js";

/** The least and the greatest value of a column; NaN is counted and left out, text is ordered by code point. */
export class ExtremesState implements MetricState<ExtremesState> {
  readonly address: ColumnAddress;
  min: Stored | undefined;
  max: Stored | undefined;
  nans = 0;
  /** Values compared: neither null nor NaN. */
  values = 0;

  constructor(address: ColumnAddress) {
    this.address = address;
  }

  #take(taken: Stored): void {
    // The zeros are equal: which of them came first must not show.
    const value = taken === 0 ? 0 : taken;
    if (this.min === undefined || before(value, this.min)) this.min = value;
    if (this.max === undefined || before(this.max, value)) this.max = value;
  }

  observe(block: Block, selected: Uint8Array | undefined): void {
    const lane = laneOf(this.address.type);
    if (lane === "opaque") return;
    if (lane === "bytes") this.#observeBytes(block, selected);
    else this.#observeNumbers(block, selected, lane === "integer");
  }

  #observeNumbers(block: Block, selected: Uint8Array | undefined, isInteger: boolean): void {
    if (!selected) {
      const { rows, nulls, nans = 0, min, max } = block.summary(this.address);
      if (min !== undefined && max !== undefined) {
        this.#take(isInteger ? BigInt(min) : min);
        this.#take(isInteger ? BigInt(max) : max);
        this.nans += nans;
        this.values += rows - nulls - nans;
        return;
      }
    }
    const view = block.view(this.address);
    const present = presentRows(block.valid(this.address), selected, block.count);
    const { values } = view.numbers(block.from, block.count);
    for (let i = 0; i < block.count; i++) {
      if (present && present[i] === 0) continue;
      const value = values[i]!;
      if (!isInteger && Number.isNaN(value)) {
        this.nans++;
        continue;
      }
      this.values++;
      if (!isInteger) this.#take(value);
      else this.#take(Number.isNaN(value) ? view.integer(block.from + i) : BigInt(value));
    }
  }

  #observeBytes(block: Block, selected: Uint8Array | undefined): void {
    const view = block.view(this.address);
    const present = presentRows(block.valid(this.address), selected, block.count);
    for (let i = 0; i < block.count; i++) {
      if (present && present[i] === 0) continue;
      this.values++;
      const value = view.bytes(block.from + i);
      if (this.min === undefined || before(value, this.min)) this.min = value.slice();
      if (this.max === undefined || before(this.max, value)) this.max = value.slice();
    }
  }

  settle(_rows: number, evidence: CheapEvidence): boolean {
    const summary = evidence.summary(this.address);
    if (!summary) return false;
    const { rows, nulls, nans, within } = summary;
    if (rows === nulls) return true;
    if (nans === undefined || !within?.exact) return false;
    this.#take(within.min);
    this.#take(within.max);
    this.nans += nans;
    this.values += rows - nulls - nans;
    return true;
  }

  merge(other: ExtremesState): ExtremesState {
    const merged = new ExtremesState(this.address);
    for (const part of [this, other]) {
      if (part.min !== undefined) merged.#take(part.min);
      if (part.max !== undefined) merged.#take(part.max);
      merged.nans += part.nans;
      merged.values += part.values;
    }
    return merged;
  }

  encode(): Json {
    return { min: encodeStored(this.min), max: encodeStored(this.max), nans: this.nans, values: this.values };
  }

  static decode(
    json: { min: Json; max: Json; nans: number; values: number },
    address: ColumnAddress,
  ): ExtremesState {
    const state = new ExtremesState(address);
    state.min = decodeStored(json.min);
    state.max = decodeStored(json.max);
    state.nans = json.nans;
    state.values = json.values;
    return state;
  }
}

/** A stored value as JSON holds it. */
export function encodeStored(value: Stored | undefined): Json {
  if (value === undefined) return null;
  if (typeof value === "bigint") return { integer: value.toString() };
  if (typeof value === "number") return { double: Object.is(value, -0) ? "-0" : String(value) };
  return { bytes: [...value] };
}

/** A stored value that JSON held. */
export function decodeStored(json: Json): Stored | undefined {
  if (json === null) return undefined;
  const stored = json as { integer?: string; double?: string; bytes?: number[] };
  if (stored.integer !== undefined) return BigInt(stored.integer);
  return stored.double === undefined ? Uint8Array.from(stored.bytes ?? []) : Number(stored.double);
}
