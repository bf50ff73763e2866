import type { Block } from "../columns/block.js";
import type { hashTexts } from "../kernels/hash.js";
import type { Holder, MemoryBudget } from "./memoryBudget.js";

/** Keys that are held in a table, told apart as they come; beyond, they are logged and told apart in the end. */
export const FEW = 2 ** 16;

/** How repeated keys are looked for. */
export interface RepeatOptions {
  /** Keep which rows repeat; else keys are counted only. */
  readonly marks: boolean;
  /** Keys that are held in a table; default `FEW`. */
  readonly few?: number;
  /** What may be held; all there is when absent. */
  readonly memory?: MemoryBudget | undefined;
  /** Gives texts 64 bits: equal ones for equal texts. */
  readonly hash?: typeof hashTexts;
}

/**
 * Finds the keys that come more than once, exactly, and faster than a `KeySet` where they are many: it may say which rows
 * repeat only in the end.
 */
export interface RepeatFinder extends Holder {
  /**
   * Takes in the included rows of a block, in order; writes NEW, SECOND or REPEATED for each of them, as far as it is
   * known: NEW is final unless `isDeferred`. Returns whether any is said to be something else.
   */
  observe(block: Block, included: Uint8Array | undefined, out: Uint8Array): boolean;
  /** True when rows that were said to be new may not be. */
  readonly isDeferred: boolean;
  /** Distinct keys seen. */
  readonly distinct: number;
  /** Distinct keys seen more than once. */
  readonly repeated: number;
  /** Rows whose key comes more than once. */
  readonly members: number;
  /** Rows whose key came before. */
  readonly later: number;
  /** Sets `out[i]` to 1 for each row `first + i` whose key came before. */
  markLater(first: number, count: number, out: Uint8Array): void;
  /** Sets `out[i]` to 1 for each included row of a block, seen before, whose key comes more than once. */
  markMembers(block: Block, included: Uint8Array | undefined, out: Uint8Array): void;
}
