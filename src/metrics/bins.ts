import { DataType, type Dictionary } from "apache-arrow";
import type { ColumnAddress } from "../columns/address.js";
import { countBits, packFlags } from "../columns/bitmap.js";
import type { Block } from "../columns/block.js";
import { laneOf } from "../columns/view.js";
import { countAtLeast } from "../kernels/thresholds.js";
import { nextUp } from "../predicates/nextDouble.js";
import { type Json, type MetricState, presentRows } from "./state.js";

/**
 * How many numbers of a column lie below the first edge, in each interval between two, the last one closed above, and above
 * the last edge. NaN is counted and left out. Decimals are numbers, and integers beyond 2^53 are rounded.
 */
export class BinsState implements MetricState<BinsState> {
  readonly address: ColumnAddress;
  readonly edges: readonly number[];
  nans = 0;
  /** What is at least all numbers, the edges, and what is just above the last: intervals are the steps between them. */
  readonly #thresholds: Float64Array;
  readonly #atLeast: Float64Array;
  /** What stands for 1 in the column's storage: a power of ten for decimals. */
  readonly #one: number;

  /** @param edges finite, strictly increasing */
  constructor(address: ColumnAddress, edges: readonly number[]) {
    this.address = address;
    this.edges = edges;
    const ends = edges.slice(-1).map(nextUp);
    this.#thresholds = Float64Array.of(Number.NEGATIVE_INFINITY, ...edges.slice(0, -1), ...ends);
    this.#atLeast = new Float64Array(this.#thresholds.length);
    const type = DataType.isDictionary(address.type) ? (address.type as Dictionary).dictionary : address.type;
    this.#one = DataType.isDecimal(type) ? 10 ** type.scale : 1;
  }

  /** Numbers counted. */
  get size(): number {
    return this.#atLeast[0]!;
  }

  /** Numbers below the first edge, in each interval, and above the last edge. */
  get counts(): number[] {
    return Array.from(this.#atLeast, (count, nth) => count - (this.#atLeast[nth + 1] ?? 0));
  }

  observe(block: Block, selected: Uint8Array | undefined): void {
    const lane = laneOf(this.address.type);
    if (lane !== "number" && lane !== "integer") return;
    const { count } = block;
    const present = selected && presentRows(block.valid(this.address), selected, count);
    const bits = present ? packFlags(present, count) : block.bits(this.address);
    const plain = this.#one === 1 ? block.view(this.address).plainNumbers(block.from, count) : undefined;
    const before = this.size;
    countAtLeast(plain ?? this.#numbers(block), bits, count, this.#thresholds, this.#atLeast);
    const values = bits ? countBits(bits) : count;
    this.nans += values - (this.size - before);
  }

  /** The block's numbers in the column's own unit, whatever has to be done for each. */
  #numbers(block: Block): Float64Array {
    const view = block.view(this.address);
    const { values } = view.numbers(block.from, block.count);
    const isInteger = view.lane === "integer";
    return values.map((value, i) => {
      const isBeyond = isInteger && Number.isNaN(value) && view.isValid(block.from + i);
      return (isBeyond ? Number(view.integer(block.from + i)) : value) / this.#one;
    });
  }

  merge(other: BinsState): BinsState {
    const merged = new BinsState(this.address, this.edges);
    for (const part of [this, other]) {
      merged.nans += part.nans;
      for (const [nth, count] of part.#atLeast.entries()) merged.#atLeast[nth]! += count;
    }
    return merged;
  }

  encode(): Json {
    return { edges: [...this.edges], atLeast: [...this.#atLeast], nans: this.nans };
  }

  static decode(json: Json, address: ColumnAddress): BinsState {
    const stored = json as { edges: number[]; atLeast: number[]; nans: number };
    const state = new BinsState(address, stored.edges);
    state.#atLeast.set(stored.atLeast);
    state.nans = stored.nans;
    return state;
  }
}
