import { DataType, type Dictionary } from "apache-arrow";
import type { ColumnAddress } from "../columns/address.js";
import type { Block } from "../columns/block.js";
import { BLOCK_ROWS } from "../columns/stage.js";
import { laneOf } from "../columns/view.js";
import { addLeaf, combineNodes, leafOf, type MomentNode, mergeNodes } from "./momentTree.js";
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
  #nodes: MomentNode[] = [];
  #open = new Float64Array(BLOCK_ROWS);
  #openCount = 0;
  #openBlock = -1;

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

  /** The tree's nodes, with the block still open closed as it stands. */
  get nodes(): readonly MomentNode[] {
    if (this.#openCount === 0) return this.#nodes;
    const leaf = leafOf(this.#openBlock, this.#open.subarray(0, this.#openCount));
    return addLeaf([...this.#nodes], leaf);
  }

  /** All finite values together. */
  get total(): { count: number; sum: number; mean: number; squares: number } {
    return combineNodes(this.nodes);
  }

  observe(block: Block, selected: Uint8Array | undefined): void {
    if (laneOf(this.address.type) === "opaque") return;
    const index = Math.floor(block.row / BLOCK_ROWS);
    if (index !== this.#openBlock) this.#close();
    this.#openBlock = index;
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
      this.#open[this.#openCount++] = value;
    }
    if (isInteger) this.integerSum += BigInt(sum);
  }

  #close(): void {
    if (this.#openCount > 0)
      addLeaf(this.#nodes, leafOf(this.#openBlock, this.#open.subarray(0, this.#openCount)));
    this.#openCount = 0;
  }

  merge(other: MomentsState): MomentsState {
    const merged = new MomentsState(this.address);
    for (const part of [this, other]) {
      merged.nans += part.nans;
      merged.plusInfinities += part.plusInfinities;
      merged.minusInfinities += part.minusInfinities;
      merged.integerSum += part.integerSum;
    }
    merged.#nodes = mergeNodes(this.nodes, other.nodes);
    return merged;
  }

  encode(): Json {
    return {
      nans: this.nans,
      plusInfinities: this.plusInfinities,
      minusInfinities: this.minusInfinities,
      integerSum: this.integerSum.toString(),
      nodes: this.nodes.map((node) => [
        node.level,
        node.index,
        node.count,
        ...[node.sum, node.mean, node.squares].map(encodeDouble),
      ]),
    };
  }

  static decode(json: Json, address: ColumnAddress): MomentsState {
    const stored = json as {
      nans: number;
      plusInfinities: number;
      minusInfinities: number;
      integerSum: string;
      nodes: [number, number, number, Encoded, Encoded, Encoded][];
    };
    const state = new MomentsState(address);
    state.nans = stored.nans;
    state.plusInfinities = stored.plusInfinities;
    state.minusInfinities = stored.minusInfinities;
    state.integerSum = BigInt(stored.integerSum);
    state.#nodes = stored.nodes.map(([level, index, count, sum, mean, squares]) => ({
      level,
      index,
      count,
      sum: Number(sum),
      mean: Number(mean),
      squares: Number(squares),
    }));
    return state;
  }
}

type Encoded = number | string;

/** JSON has no number for a sum that left a double's range. */
function encodeDouble(value: number): Encoded {
  if (Object.is(value, -0)) return "-0";
  return Number.isFinite(value) ? value : String(value);
}
