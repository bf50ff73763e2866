import type { ColumnAddress } from "../columns/address.js";
import type { Block } from "../columns/block.js";
import { compareKeys, keyReader, type PairKey } from "./pairKey.js";
import type { MetricState } from "./state.js";

/** Slices that are kept apart at most; a column of more values doesn't slice anything. */
export const MOST_SLICES = 1000;

/** What a state has to do to be sliced. */
type Observing = Pick<MetricState<unknown>, "observe">;

/** A state for each value of a column: rows without one are a slice of their own, whose key is null. */
export class SlicedState<S extends Observing> {
  readonly by: ColumnAddress;
  /** True when there were more slices than are kept apart; there are none then. */
  overflowed = false;
  readonly #fresh: () => S;
  readonly #slices = new Map<PairKey, S>();

  /** `fresh` makes the state of a slice that has seen nothing. */
  constructor(by: ColumnAddress, fresh: () => S) {
    this.by = by;
    this.#fresh = fresh;
  }

  /** The slices that were seen, in the order of their values, rows without one last. */
  get keys(): PairKey[] {
    return [...this.#slices.keys()].sort(compareKeys);
  }

  /** The state of a slice; a fresh one when no row is of it. */
  of(key: PairKey): S {
    return this.#slices.get(key) ?? this.#fresh();
  }

  observe(block: Block, selected: Uint8Array | undefined): void {
    const key = keyReader(block, this.by);
    const rows = new Map<PairKey, number[]>();
    for (let i = 0; i < block.count && !this.overflowed; i++) {
      if (selected && selected[i] === 0) continue;
      const slice = key(i);
      const known = rows.get(slice);
      if (known) known.push(i);
      else {
        rows.set(slice, [i]);
        this.#open(slice, this.of(slice));
      }
    }
    if (this.overflowed) return;
    const mask = new Uint8Array(block.count);
    for (const [slice, members] of rows) {
      for (const i of members) mask[i] = 1;
      this.#slices.get(slice)!.observe(block, members.length === block.count ? undefined : mask);
      for (const i of members) mask[i] = 0;
    }
  }

  #open(slice: PairKey, state: S): void {
    this.#slices.set(slice, state);
    if (this.#slices.size > MOST_SLICES) this.#overflow();
  }

  #overflow(): void {
    this.overflowed = true;
    this.#slices.clear();
  }

  /** What two states have seen together, slice by slice; neither is changed. */
  static merge<S extends MetricState<S>>(a: SlicedState<S>, b: SlicedState<S>): SlicedState<S> {
    const merged = new SlicedState<S>(a.by, a.#fresh);
    if (a.overflowed || b.overflowed) merged.#overflow();
    for (const key of new Set([...a.#slices.keys(), ...b.#slices.keys()])) {
      if (!merged.overflowed) merged.#open(key, a.of(key).merge(b.of(key)));
    }
    return merged;
  }
}
