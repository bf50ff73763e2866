import { DataType, type Dictionary } from "apache-arrow";
import type { ColumnAddress } from "../columns/address.js";
import type { Block } from "../columns/block.js";
import { laneOf } from "../columns/view.js";
import { BlockMoments } from "./blockMoments.js";
import type { Json, MetricState } from "./state.js";

const COUNTS = [
  "rows",
  "unlabelled",
  "unpredicted",
  "nanLabels",
  "nanPredictions",
  "plus",
  "minus",
  "overflows",
] as const;
const TREES = ["errors", "sizes", "squares", "labels"] as const;

/**
 * How far predictions lie from numeric labels, each in its own unit: moments of the errors (prediction - label), of their
 * sizes and squares, and of the labels, over rows that have both; the same bits whatever the batches. Integers beyond 2^53
 * are rounded.
 */
export class ResidualsState implements MetricState<ResidualsState> {
  readonly label: ColumnAddress;
  readonly prediction: ColumnAddress;
  rows = 0;
  /** Rows without a label, and rows with one but without a prediction. */
  unlabelled = 0;
  unpredicted = 0;
  /** Rows whose label is NaN, and others whose prediction is. */
  nanLabels = 0;
  nanPredictions = 0;
  /** Infinite errors by their sign; infinities that cancel out, and finite errors whose square overflows. */
  plus = 0;
  minus = 0;
  overflows = 0;
  errors = new BlockMoments();
  sizes = new BlockMoments();
  squares = new BlockMoments();
  labels = new BlockMoments();

  constructor(label: ColumnAddress, prediction: ColumnAddress) {
    this.label = label;
    this.prediction = prediction;
  }

  observe(block: Block, selected: Uint8Array | undefined): void {
    for (const tree of TREES) this[tree].enter(block.row);
    const label = numberReader(block, this.label);
    const prediction = numberReader(block, this.prediction);
    for (let i = 0; i < block.count; i++) {
      if (selected && selected[i] === 0) continue;
      this.rows++;
      const y = label(i);
      if (y === undefined) {
        this.unlabelled++;
        continue;
      }
      const predicted = prediction(i);
      if (Number.isNaN(y)) this.nanLabels++;
      else if (predicted === undefined) this.unpredicted++;
      else if (Number.isNaN(predicted)) this.nanPredictions++;
      else this.#add(y, predicted - y, i);
    }
  }

  #add(label: number, error: number, i: number): void {
    if (!Number.isFinite(error)) {
      if (Number.isNaN(error)) this.overflows++;
      else if (error > 0) this.plus++;
      else this.minus++;
      return;
    }
    this.errors.add(error, i);
    this.sizes.add(Math.abs(error), i);
    if (Number.isFinite(error * error)) this.squares.add(error * error, i);
    else this.overflows++;
    this.labels.add(label, i);
  }

  merge(other: ResidualsState): ResidualsState {
    const merged = new ResidualsState(this.label, this.prediction);
    for (const count of COUNTS) merged[count] = this[count] + other[count];
    for (const tree of TREES) merged[tree] = this[tree].merge(other[tree]);
    return merged;
  }

  encode(): Json {
    return Object.fromEntries([
      ...COUNTS.map((count) => [count, this[count]]),
      ...TREES.map((tree) => [tree, this[tree].encode()]),
    ]);
  }

  static decode(json: Json, label: ColumnAddress, prediction: ColumnAddress): ResidualsState {
    const stored = json as Record<string, Json>;
    const state = new ResidualsState(label, prediction);
    for (const count of COUNTS) state[count] = stored[count] as number;
    for (const tree of TREES) state[tree] = BlockMoments.decode(stored[tree]!);
    return state;
  }
}

/** Reads a numeric column's rows in a block, in its own unit; undefined where there is no value. */
function numberReader(block: Block, address: ColumnAddress): (i: number) => number | undefined {
  const { type } = address;
  if (laneOf(type) !== "number" && laneOf(type) !== "integer") return () => undefined;
  const view = block.view(address);
  const valid = block.valid(address);
  const plain = DataType.isDictionary(type) ? (type as Dictionary).dictionary : type;
  const one = DataType.isDecimal(plain) ? 10 ** plain.scale : 1;
  const { values, exact } = view.numbers(block.from, block.count);
  return (i) => {
    if (valid && valid[i] === 0) return undefined;
    const value = values[i]!;
    const isWide = !exact && Number.isNaN(value);
    return (isWide ? Number(view.integer(block.from + i)) : value) / one;
  };
}
