import type { ColumnAddress } from "../columns/address.js";
import type { Block } from "../columns/block.js";
import type { ColumnView } from "../columns/view.js";

/** A value of one side of a pair: a number, text (binary as Latin-1), or null where there is none. NaN is NaN. */
export type PairKey = number | bigint | string | null;

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** How often each pair of values of two columns comes, nulls included. It lives for one run and is not stored. */
export class PairCountsState {
  readonly left: ColumnAddress;
  readonly right: ColumnAddress;
  /** Counts by the left value, then by the right one, in order of arrival. */
  readonly counts = new Map<PairKey, Map<PairKey, number>>();
  rows = 0;

  constructor(left: ColumnAddress, right: ColumnAddress) {
    this.left = left;
    this.right = right;
  }

  observe(block: Block, selected: Uint8Array | undefined): void {
    const [left, right] = [reader(block, this.left), reader(block, this.right)];
    for (let i = 0; i < block.count; i++) {
      if (selected && selected[i] === 0) continue;
      this.rows++;
      const key = left(i);
      let beside = this.counts.get(key);
      if (!beside) {
        beside = new Map();
        this.counts.set(key, beside);
      }
      const other = right(i);
      beside.set(other, (beside.get(other) ?? 0) + 1);
    }
  }
}

function reader(block: Block, address: ColumnAddress): (i: number) => PairKey {
  const view = block.view(address);
  const valid = block.valid(address);
  if (view.lane === "opaque") return () => null;
  const at = view.dictionary ? codeReader(view, view.dictionary, block) : valueReader(view, block);
  return (i) => (valid && valid[i] === 0 ? null : at(i));
}

function codeReader(view: ColumnView, dictionary: ColumnView, block: Block): (i: number) => PairKey {
  const codes = view.codes(block.from, block.count);
  const known = new Map<number, PairKey>();
  return (i) => {
    const code = codes[i]!;
    let key = known.get(code);
    if (key === undefined) {
      key = keyAt(dictionary, code);
      known.set(code, key);
    }
    return key;
  };
}

function valueReader(view: ColumnView, block: Block): (i: number) => PairKey {
  return (i) => keyAt(view, block.from + i);
}

function keyAt(view: ColumnView, row: number): PairKey {
  if (view.lane === "bytes") return decoder.decode(view.bytes(row));
  if (view.lane !== "integer") return view.number(row) + 0;
  const value = view.integer(row);
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
