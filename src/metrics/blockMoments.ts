import { BLOCK_ROWS } from "../columns/stage.js";
import { type Moments, momentsOfRows } from "../kernels/moments.js";
import { addLeaf, combineNodes, leafOf, type MomentNode, mergeNodes } from "./momentTree.js";
import type { Json } from "./state.js";

/**
 * The moments of finite numbers that come block by block: summed with compensation over blocks of 8192 rows aligned to the
 * absolute row number, in a fixed tree, so that the same rows give the same bits whatever the batches.
 */
export class BlockMoments {
  #nodes: MomentNode[] = [];
  // It grows to a block's rows: there may be a tree for each of a thousand slices.
  #open = new Float64Array(64);
  /** Where in the open block each of its values stands. */
  #rows = new Uint16Array(64);
  #openCount = 0;
  #openBlock = -1;
  #first = 0;

  /** The tree's nodes, with the block still open closed as it stands. */
  get nodes(): readonly MomentNode[] {
    if (this.#openCount === 0) return this.#nodes;
    return addLeaf([...this.#nodes], this.#leaf());
  }

  #leaf(): MomentNode {
    const values = this.#open.subarray(0, this.#openCount);
    return leafOf(this.#openBlock, momentsOfRows(values, this.#rows));
  }

  /** All values together. */
  get total(): Moments {
    return combineNodes(this.nodes);
  }

  /** What follows comes from this absolute row on, and from its block. */
  enter(row: number): void {
    const index = Math.floor(row / BLOCK_ROWS);
    if (index !== this.#openBlock) this.#close();
    this.#openBlock = index;
    this.#first = row % BLOCK_ROWS;
  }

  /** Takes in all values of the block that was entered. */
  addBlock(moments: Moments): void {
    if (moments.count > 0) addLeaf(this.#nodes, leafOf(this.#openBlock, moments));
  }

  /** Takes in the value that stands `i` rows behind the one that was entered; rows come in order. */
  add(value: number, i: number): void {
    if (this.#openCount === this.#open.length) this.#widen();
    this.#rows[this.#openCount] = this.#first + i;
    this.#open[this.#openCount++] = value;
  }

  #widen(): void {
    const size = Math.min(BLOCK_ROWS, this.#open.length * 2);
    const wider = new Float64Array(size);
    wider.set(this.#open);
    this.#open = wider;
    const rows = new Uint16Array(size);
    rows.set(this.#rows);
    this.#rows = rows;
  }

  #close(): void {
    if (this.#openCount > 0) addLeaf(this.#nodes, this.#leaf());
    this.#openCount = 0;
  }

  merge(other: BlockMoments): BlockMoments {
    const merged = new BlockMoments();
    merged.#nodes = mergeNodes(this.nodes, other.nodes);
    return merged;
  }

  encode(): Json {
    return this.nodes.map((node) => [
      node.level,
      node.index,
      node.count,
      ...[node.sum, node.mean, node.squares].map(encodeDouble),
    ]);
  }

  static decode(json: Json): BlockMoments {
    const moments = new BlockMoments();
    const stored = json as [number, number, number, Encoded, Encoded, Encoded][];
    moments.#nodes = stored.map(([level, index, count, sum, mean, squares]) => ({
      level,
      index,
      count,
      sum: Number(sum),
      mean: Number(mean),
      squares: Number(squares),
    }));
    return moments;
  }
}

type Encoded = number | string;

/** JSON has no number for a sum that left a double's range. */
function encodeDouble(value: number): Encoded {
  if (Object.is(value, -0)) return "-0";
  return Number.isFinite(value) ? value : String(value);
}
