import type { ColumnAddress } from "../../columns/address.js";
import type { Block } from "../../columns/block.js";
import type { ColumnView } from "../../columns/view.js";
import { columnLeaf, nanByte } from "../columnLeaf.js";
import type { NanTruth, Predicate } from "../predicate.js";
import { type BoundPredicate, UNDECIDED, UNKNOWN } from "../truth.js";

/** The keys of a table given at run time. */
export interface KeyFinder {
  /** Writes 1 for each of `count` rows from `from` on whose values are a key of the table, else 0; nulls get either. */
  find(views: readonly ColumnView[], from: number, count: number, out: Uint8Array): void;
}

/** Finds the keys a predicate asks for, of the types its own columns have. Throws ConfigError. */
export type LookUp = (
  wanted: Extract<Predicate, { op: "lookUp" }>,
  own: readonly ColumnAddress[],
) => KeyFinder;

function markNaN(view: ColumnView, from: number, count: number, out: Uint8Array, ofNan: number): void {
  if (view.lane !== "number") return;
  const { values } = view.numbers(from, count);
  for (let i = 0; i < count; i++) if (Number.isNaN(values[i]!)) out[i] = ofNan;
}

/** Binds `lookUp`: the row's values are a key of another table; unknown where one of them is null. NaN is no key. */
export function bindLookUp(
  addresses: readonly ColumnAddress[],
  keys: KeyFinder,
  nan: NanTruth,
): BoundPredicate {
  const ofNan = nanByte(nan);
  const [only] = addresses;
  if (only && addresses.length === 1) {
    return columnLeaf(only, (view, from, count, out) => {
      keys.find([view], from, count, out);
      markNaN(view, from, count, out, ofNan);
    });
  }
  return {
    columns: addresses,
    decide: () => UNDECIDED,
    test(block: Block, out: Uint8Array): void {
      const { from, count } = block;
      const views = addresses.map((address) => block.view(address));
      keys.find(views, from, count, out);
      for (const view of views) markNaN(view, from, count, out, ofNan);
      for (const address of addresses) {
        const valid = block.valid(address);
        if (valid) for (let i = 0; i < count; i++) if (valid[i] === 0) out[i] = UNKNOWN;
      }
    },
  };
}
