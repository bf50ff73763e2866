import type { ColumnAddress } from "../columns/address.js";
import type { Block } from "../columns/block.js";
import type { ColumnView } from "../columns/view.js";

/** A value as a key: a number, text (binary as Latin-1), or null where there is none. NaN is NaN, and -0 is 0. */
export type PairKey = number | bigint | string | null;

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Reads the keys of a column's rows in a block, counted from the block's first row. */
export function keyReader(block: Block, address: ColumnAddress): (i: number) => PairKey {
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
  if (view.lane === "bytes") return (i) => keyAt(view, block.from + i);
  const { values } = view.numbers(block.from, block.count);
  if (view.lane === "number") return (i) => values[i]! + 0;
  return (i) => (Number.isSafeInteger(values[i]) ? values[i]! + 0 : keyAt(view, block.from + i));
}

function keyAt(view: ColumnView, row: number): PairKey {
  if (view.lane === "bytes") return decoder.decode(view.bytes(row));
  if (view.lane !== "integer") return view.number(row) + 0;
  const value = view.integer(row);
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** The order of keys of one column: numbers by size with NaN behind them, text by code unit, null last. */
export function compareKeys(a: PairKey, b: PairKey): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  const [aIsNaN, bIsNaN] = [Number.isNaN(a), Number.isNaN(b)];
  if (aIsNaN || bIsNaN) return Number(aIsNaN) - Number(bIsNaN);
  return a < b ? -1 : 1;
}

/** A key as JSON can hold it. */
export type StoredKey = null | string | { readonly number: string };

export function encodeKey(key: PairKey): StoredKey {
  if (key === null || typeof key === "string") return key;
  return { number: typeof key === "bigint" ? `${key}n` : String(key) };
}

export function decodeKey(stored: StoredKey): PairKey {
  if (stored === null || typeof stored === "string") return stored;
  const { number } = stored;
  return number.endsWith("n") ? BigInt(number.slice(0, -1)) : Number(number);
}
