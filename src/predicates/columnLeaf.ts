import type { ColumnAddress } from "../columns/address.js";
import type { Block } from "../columns/block.js";
import type { ColumnSummary } from "../columns/summary.js";
import type { ColumnView } from "../columns/view.js";
import {
  type BoundPredicate,
  CAN_BE_ANYTHING,
  CAN_BE_FALSE,
  CAN_BE_TRUE,
  CAN_BE_UNKNOWN,
  type CheapEvidence,
  type Decision,
  FALSE,
  UNDECIDED,
  UNKNOWN,
} from "./truth.js";

/** Tests the values of rows [from, from + count) of a view without a dictionary; what it writes for nulls is ignored. */
export type ValueTest = (view: ColumnView, from: number, count: number, out: Uint8Array) => void;

/** What a summary says of the values (nulls aside) as a set of possible truths; `undefined` when nothing. */
export type SummaryTest = (summary: ColumnSummary) => { can: number; unknown: number } | undefined;

/** The truth of each distinct value, and which truths there are of those that aren't null. */
interface JudgedDictionary {
  readonly truths: Uint8Array;
  readonly can: number;
}

const BITS = [CAN_BE_FALSE, CAN_BE_TRUE, CAN_BE_UNKNOWN];

/**
 * A test of one column: a null is unknown, and a dictionary is judged on its distinct values. `byFooter` is asked where
 * there are no rows to look at, of summaries that may have bounds instead of extremes.
 */
export function columnLeaf(
  address: ColumnAddress,
  test: ValueTest,
  bySummary?: SummaryTest,
  byFooter = bySummary,
): BoundPredicate {
  const judged = new WeakMap<ColumnView, JudgedDictionary>();

  function judgeDictionary(dictionary: ColumnView): JudgedDictionary {
    const known = judged.get(dictionary);
    if (known) return known;
    const truths = new Uint8Array(dictionary.length);
    if (dictionary.length > 0) test(dictionary, 0, dictionary.length, truths);
    let can = 0;
    for (let i = 0; i < truths.length; i++) {
      if (dictionary.isValid(i)) can |= BITS[truths[i]!]!;
      else truths[i] = UNKNOWN;
    }
    const result = { truths, can };
    judged.set(dictionary, result);
    return result;
  }

  function decide(evidence: CheapEvidence): Decision {
    const dictionary = evidence.view?.(address).dictionary;
    if (dictionary) {
      const nulls = evidence.nulls(address);
      const { can } = judgeDictionary(dictionary);
      const unknown = (can & CAN_BE_UNKNOWN) === 0 ? nulls : undefined;
      return { can: can | (nulls === 0 ? 0 : CAN_BE_UNKNOWN), unknown, by: "dictionary" };
    }
    const judge = evidence.view ? bySummary : byFooter;
    const isAsked = judge !== undefined || !evidence.view;
    const summary = isAsked ? evidence.summary(address) : undefined;
    if (!summary) return UNDECIDED;
    if (summary.nulls === summary.rows) {
      return { can: summary.rows > 0 ? CAN_BE_UNKNOWN : 0, unknown: summary.rows, by: "summary" };
    }
    const said = judge?.(summary);
    if (!said) return UNDECIDED;
    const can = said.can | (summary.nulls > 0 ? CAN_BE_UNKNOWN : 0);
    return { can, unknown: said.unknown + summary.nulls, by: "summary" };
  }

  return {
    columns: [address],
    decide,
    test(block: Block, out: Uint8Array): void {
      const view = block.view(address);
      const { from, count } = block;
      if (view.dictionary) {
        const { truths } = judgeDictionary(view.dictionary);
        const codes = view.codes(from, count);
        for (let i = 0; i < count; i++) out[i] = truths[codes[i]!] ?? UNKNOWN;
      } else {
        test(view, from, count, out);
      }
      const bits = block.bits(address);
      if (bits) markNulls(bits, count, out);
    },
  };
}

/** Writes UNKNOWN where a bit is 0. */
function markNulls(bits: Uint8Array, count: number, out: Uint8Array): void {
  const words = new Int32Array(bits.buffer, bits.byteOffset, bits.length >> 2);
  for (let first = 0; first < count; first += 32) {
    let absent = ~words[first >> 5]!;
    // Bits behind the last row are 0 as well.
    if (count - first < 32) absent &= (1 << (count - first)) - 1;
    while (absent !== 0) {
      out[first + 31 - Math.clz32(absent & -absent)] = UNKNOWN;
      absent &= absent - 1;
    }
  }
}

/** The truth byte a NaN gets. */
export function nanByte(nan: "false" | "unknown"): number {
  return nan === "unknown" ? UNKNOWN : FALSE;
}

/** The possible truths of values when some of them are NaN. */
export function withNans(
  can: number,
  summary: ColumnSummary,
  nan: "false" | "unknown",
): { can: number; unknown: number } | undefined {
  if (summary.nans === undefined) return { can: can | CAN_BE_ANYTHING, unknown: 0 };
  if (summary.nans === 0) return { can, unknown: 0 };
  return nan === "unknown"
    ? { can: can | CAN_BE_UNKNOWN, unknown: summary.nans }
    : { can: can | CAN_BE_FALSE, unknown: 0 };
}
