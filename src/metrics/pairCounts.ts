import type { ColumnAddress } from "../columns/address.js";
import type { Block } from "../columns/block.js";
import type { Holder, MemoryBudget } from "./memoryBudget.js";
import { compareKeys, decodeKey, encodeKey, keyReader, type PairKey, type StoredKey } from "./pairKey.js";
import type { Json, MetricState } from "./state.js";

// What a pair takes in a Map of counts, and what a left value's own Map takes besides, about.
const PAIR_BYTES = 96;
const BESIDE_BYTES = 256;

/**
 * How often each pair of values of two columns comes, nulls included. With a limit, more distinct pairs than that are
 * counted no longer, and `overflowed` says so.
 */
export class PairCountsState implements MetricState<PairCountsState>, Holder {
  readonly left: ColumnAddress;
  readonly right: ColumnAddress;
  readonly holds: string;
  /** Counts by the left value, then by the right one, in order of arrival. */
  readonly counts = new Map<PairKey, Map<PairKey, number>>();
  rows = 0;
  /** True when there were more distinct pairs than the limit; `counts` is then empty. */
  overflowed = false;
  readonly #most: number;
  #distinct = 0;
  /** Bytes held, nearly. */
  byteLength = 0;

  constructor(
    left: ColumnAddress,
    right: ColumnAddress,
    most = Number.POSITIVE_INFINITY,
    memory?: MemoryBudget,
  ) {
    this.left = left;
    this.right = right;
    this.holds = `how often each pair of values of ${left.name} and ${right.name} comes`;
    this.#most = most;
    memory?.add(this);
  }

  observe(block: Block, selected: Uint8Array | undefined): void {
    const [left, right] = [keyReader(block, this.left), keyReader(block, this.right)];
    for (let i = 0; i < block.count; i++) {
      if (selected && selected[i] === 0) continue;
      this.rows++;
      if (!this.overflowed) this.#add(left(i), right(i), 1);
    }
  }

  #add(key: PairKey, other: PairKey, count: number): void {
    let beside = this.counts.get(key);
    if (!beside) {
      beside = new Map();
      this.counts.set(key, beside);
      this.byteLength += BESIDE_BYTES + lengthOf(key);
    }
    const known = beside.get(other);
    beside.set(other, (known ?? 0) + count);
    if (known !== undefined) return;
    this.byteLength += PAIR_BYTES + lengthOf(other);
    if (++this.#distinct > this.#most) this.#overflow();
  }

  #overflow(): void {
    this.overflowed = true;
    this.counts.clear();
    this.byteLength = 0;
  }

  /** All pairs with their counts, in the order of their values. */
  pairs(): (readonly [left: PairKey, right: PairKey, count: number])[] {
    const pairs = [...this.counts].flatMap(([left, beside]) =>
      [...beside].map(([right, count]) => [left, right, count] as const),
    );
    return pairs.sort((a, b) => compareKeys(a[0], b[0]) || compareKeys(a[1], b[1]));
  }

  merge(other: PairCountsState): PairCountsState {
    const merged = new PairCountsState(this.left, this.right, Math.min(this.#most, other.#most));
    merged.rows = this.rows + other.rows;
    if (this.overflowed || other.overflowed) merged.#overflow();
    for (const { counts } of [this, other]) {
      for (const [key, beside] of counts) {
        for (const [value, count] of beside) if (!merged.overflowed) merged.#add(key, value, count);
      }
    }
    return merged;
  }

  encode(): Json {
    const pairs = this.pairs().map(([left, right, count]) => [encodeKey(left), encodeKey(right), count]);
    const most = Number.isFinite(this.#most) ? this.#most : null;
    return { rows: this.rows, overflowed: this.overflowed, most, pairs } as Json;
  }

  static decode(json: Json, left: ColumnAddress, right: ColumnAddress): PairCountsState {
    const stored = json as unknown as {
      rows: number;
      overflowed: boolean;
      most: number | null;
      pairs: [StoredKey, StoredKey, number][];
    };
    const state = new PairCountsState(left, right, stored.most ?? undefined);
    state.rows = stored.rows;
    for (const [key, value, count] of stored.pairs) state.#add(decodeKey(key), decodeKey(value), count);
    if (stored.overflowed) state.#overflow();
    return state;
  }
}

/** Bytes of a text, at most. */
const lengthOf = (key: PairKey): number => (typeof key === "string" ? key.length * 2 : 0);
