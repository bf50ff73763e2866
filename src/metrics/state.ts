import type { Block } from "../columns/block.js";
import type { CheapEvidence } from "../predicates/truth.js";
import type { Json } from "../results/json.js";

export type { Json } from "../results/json.js";

/**
 * What a pass over rows leaves behind, small enough to keep and to merge. Laws: `merge` is associative and commutative
 * with a fresh state as identity, and observing two halves and merging equals observing the whole.
 */
export interface MetricState<S> {
  /** Takes in the rows of a block; `selected` has one byte a row, 1 where the row counts; absent when all do. */
  observe(block: Block, selected: Uint8Array | undefined): void;
  /**
   * Takes in `rows` rows by what is known of them without a look at each; false, and nothing is taken in, when that
   * isn't enough. A state without it needs the rows.
   */
  settle?(rows: number, evidence: CheapEvidence): boolean;
  /** A new state that has seen what both have; neither is changed. */
  merge(other: S): S;
  encode(): Json;
}

/** Selected rows that hold a value, one byte a row; undefined when every row of the block does. */
export function presentRows(
  valid: Uint8Array | undefined,
  selected: Uint8Array | undefined,
  count: number,
): Uint8Array | undefined {
  if (!valid) return selected;
  if (!selected) return valid;
  const both = new Uint8Array(count);
  for (let i = 0; i < count; i++) both[i] = valid[i]! & selected[i]!;
  return both;
}
