import type { ColumnAddress } from "../columns/address.js";
import type { Block } from "../columns/block.js";
import type { ColumnSummary } from "../columns/summary.js";
import type { ColumnView } from "../columns/view.js";

/** The three truth values, one byte a row. */
export const FALSE = 0;
export const TRUE = 1;
export const UNKNOWN = 2;

/** Which truth values some rows can still have: a set of the three, as bits. */
export const CAN_BE_FALSE = 1;
export const CAN_BE_TRUE = 2;
export const CAN_BE_UNKNOWN = 4;
export const CAN_BE_ANYTHING = 7;

/** What cheap evidence says of all rows of a block or a row group. */
export interface Decision {
  readonly can: number;
  /** How many rows are unknown, where that is settled. */
  readonly unknown: number | undefined;
  /** The step of the ladder that said so. */
  readonly by: "metadata" | "summary" | "dictionary";
}

/** Nothing is settled: the rows must be read. */
export const UNDECIDED: Decision = { can: CAN_BE_ANYTHING, unknown: undefined, by: "summary" };

/**
 * Evidence that is cheaper than rows, of columns as they are read: a Block offers all of it, a Parquet row group its
 * summaries only, and none where a value may be there that counts as null.
 */
export interface CheapEvidence {
  summary(address: ColumnAddress): ColumnSummary | undefined;
  nulls(address: ColumnAddress): number | undefined;
  view?(address: ColumnAddress): ColumnView;
}

/** A predicate tied to the columns of one schema. */
export interface BoundPredicate {
  readonly columns: readonly ColumnAddress[];
  /** What can be said of all rows without looking at each. */
  decide(evidence: CheapEvidence): Decision;
  /**
   * Writes the truth of each row of the block into `out`. Where `asked` (one byte a row) is 0 nobody wants to know: any
   * truth may stand there, and no function is called.
   */
  test(block: Block, out: Uint8Array, asked?: Uint8Array): void;
  /** Why row `i` of the block failed, when there is more to say than that it did. */
  reason?(block: Block, i: number): string | undefined;
}

const pool: Uint8Array[] = [];

/** Lends a scratch array of one byte a row for the length of `use`. */
export function withScratch<T>(count: number, use: (scratch: Uint8Array) => T): T {
  const kept = pool.pop();
  const scratch = kept && kept.length >= count ? kept : new Uint8Array(Math.max(count, 8192));
  try {
    return use(scratch);
  } finally {
    pool.push(scratch);
  }
}
