import { DataType, type Dictionary } from "apache-arrow";
import type { ColumnAddress } from "../columns/address.js";
import type { Block } from "../columns/block.js";
import { BLOCK_ROWS } from "../columns/stage.js";
import { laneOf } from "../columns/view.js";
import { momentsOfPresent } from "../kernels/moments.js";
import { BlockMoments } from "./blockMoments.js";
import { type Json, type MetricState, presentRows } from "./state.js";

const LARGE = 2 ** 51;

/**
 * Count, sum, mean and squared deviations of a numeric column. Integer and decimal sums are exact; floats are summed with
 * compensation over blocks of 8192 rows aligned to the absolute row number, in a fixed tree, so that the same rows
 * give the same bits whatever the batches. NaN and infinities are counted aside.
 */
export class MomentsState implements MetricState<MomentsState> {
  readonly address: ColumnAddress;
  nans = 0;
  plusInfinities = 0;
  minusInfinities = 0;
  /** The exact sum in storage units, for columns of integers and decimals. */
  integerSum = 0n;
  #moments = new BlockMoments();

  constructor(address: ColumnAddress) {
    this.address = address;
  }

  /** True when the column's sum is exact. */
  get isInteger(): boolean {
    return DataType.isInt(this.#plainType) || laneOf(this.#plainType) === "integer";
  }

  get #plainType(): DataType {
    const { type } = this.address;
    return DataType.isDictionary(type) ? (type as Dictionary).dictionary : type;
  }

  /** All finite values together. */
  get total(): { count: number; sum: number; mean: number; squares: number } {
    return this.#moments.total;
  }

  observe(block: Block, selected: Uint8Array | undefined): void {
    if (laneOf(this.address.type) === "opaque") return;
    const moments = this.#moments;
    moments.enter(block.row);
    if (!selected && block.count === BLOCK_ROWS && this.#observeWhole(block)) return;
    const view = block.view(this.address);
    const present = presentRows(block.valid(this.address), selected, block.count);
    const { values, exact } = view.numbers(block.from, block.count);
    const isInteger = this.isInteger;
    let sum = 0;
    for (let i = 0; i < block.count; i++) {
      if (present && present[i] === 0) continue;
      let value = values[i]!;
      if (!exact && Number.isNaN(value)) {
        const stored = view.integer(block.from + i);
        this.integerSum += stored;
        value = Number(stored);
      } else if (!Number.isFinite(value)) {
        if (Number.isNaN(value)) this.nans++;
        else if (value > 0) this.plusInfinities++;
        else this.minusInfinities++;
        continue;
      } else if (isInteger) {
        // Small summands keep the running double exact; a large one goes straight to the exact sum.
        if (value > LARGE || value < -LARGE) this.integerSum += BigInt(value);
        else sum += value;
        if (sum > LARGE || sum < -LARGE) {
          this.integerSum += BigInt(sum);
          sum = 0;
        }
      }
      moments.add(value, i);
    }
    if (isInteger) this.integerSum += BigInt(sum);
  }

  /** Takes in a whole block where it lies; false when it has to be looked at value by value. */
  #observeWhole(block: Block): boolean {
    const { nulls, nans = 0, min, max } = block.summary(this.address);
    if (nulls === block.count) return true;
    if (this.isInteger) {
      // Within this, every sum on the way is exact.
      if (min === undefined || max === undefined) return false;
      if (Math.max(max, -min) > 2 ** 53 / BLOCK_ROWS) return false;
    }
    const values = block.view(this.address).plainNumbers(block.from, block.count);
    if (!values) return false;
    const moments = momentsOfPresent(values, block.bits(this.address), block.count);
    // Infinities are counted by their sign.
    if (moments.count + nulls + nans < block.count) return false;
    this.nans += nans;
    if (this.isInteger) this.integerSum += BigInt(moments.sum);
    this.#moments.addBlock(moments);
    return true;
  }

  merge(other: MomentsState): MomentsState {
    const merged = new MomentsState(this.address);
    for (const part of [this, other]) {
      merged.nans += part.nans;
      merged.plusInfinities += part.plusInfinities;
      merged.minusInfinities += part.minusInfinities;
      merged.integerSum += part.integerSum;
    }
    merged.#moments = this.#moments.merge(other.#moments);
    return merged;
  }

  encode(): Json {
    return {
      nans: this.nans,
      plusInfinities: this.plusInfinities,
      minusInfinities: this.minusInfinities,
      integerSum: this.integerSum.toString(),
      nodes: this.#moments.encode(),
    };
  }

  static decode(json: Json, address: ColumnAddress): MomentsState {
    const stored = json as {
      nans: number;
      plusInfinities: number;
      minusInfinities: number;
      integerSum: string;
      nodes: Json;
    };
    const state = new MomentsState(address);
    state.nans = stored.nans;
    state.plusInfinities = stored.plusInfinities;
    state.minusInfinities = stored.minusInfinities;
    state.integerSum = BigInt(stored.integerSum);
    state.#moments = BlockMoments.decode(stored.nodes);
    return state;
  }
}
