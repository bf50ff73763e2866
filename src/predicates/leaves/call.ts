import type { ColumnAddress } from "../../columns/address.js";
import type { Block } from "../../columns/block.js";
import { type CellValue, cellValue } from "../../columns/cellValue.js";
import { type BoundPredicate, FALSE, TRUE, UNDECIDED, UNKNOWN } from "../truth.js";

/** A row rule of the author's own: the values of the named columns of one row, and whether they will do. */
export type RowFunction = (...values: CellValue[]) => boolean;

/** Called for every row a function throws on; `row` counts from the source's first row. */
export type OnThrow = (row: number, message: string) => void;

/** A verdict must be there when the row is judged: a promise is none, and would pass every row. */
function verdictOf(answer: unknown): number {
  if (typeof (answer as PromiseLike<unknown> | undefined)?.then === "function") {
    // What becomes of it is nobody's business; left alone, a rejection would end the process.
    Promise.resolve(answer).catch(() => {});
    throw new TypeError("returned a promise; a row function answers at once");
  }
  return answer ? TRUE : FALSE;
}

// A message can quote a whole document; a result shows the head of it.
const LONGEST = 1000;

/** What was thrown, in words: it may be anything, and asking it may throw again. */
function thrownText(error: unknown): string {
  let said: string;
  try {
    said = String(error instanceof Error ? error.message : error);
  } catch {
    said = "something that has no text";
  }
  return `threw: ${said.length > LONGEST ? `${said.slice(0, LONGEST)}...` : said}`;
}

/** Binds `call`: unknown where every column is null or nobody asks, and `ifThrown` where the function throws. */
export function bindCall(
  addresses: readonly ColumnAddress[],
  ask: RowFunction,
  onThrow: OnThrow,
  ifThrown: typeof TRUE | typeof FALSE,
): BoundPredicate {
  const reasons = new Map<number, string>();
  return {
    columns: addresses,
    decide: () => UNDECIDED,
    test(block: Block, out: Uint8Array, asked?: Uint8Array): void {
      reasons.clear();
      const views = addresses.map((address) => block.view(address));
      for (let i = 0; i < block.count; i++) {
        if (asked?.[i] === 0) {
          out[i] = UNKNOWN;
          continue;
        }
        const values = views.map((view) => cellValue(view, block.from + i));
        if (values.every((value) => value === null)) {
          out[i] = UNKNOWN;
          continue;
        }
        try {
          out[i] = verdictOf(ask(...values));
        } catch (error) {
          out[i] = ifThrown;
          const message = thrownText(error);
          reasons.set(i, message);
          onThrow(block.row + i, message);
        }
      }
    },
    reason: (_block, i) => reasons.get(i),
  };
}
