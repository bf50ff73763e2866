import type { ColumnAddress } from "../columns/address.js";
import type { Block } from "../columns/block.js";
import { laneOf } from "../columns/view.js";
import { ByteKeys } from "./byteKeys.js";
import { NumberKeys } from "./numberKeys.js";

/** What a row's key turned out to be. */
export const NEW = 0;
export const SECOND = 1;
export const REPEATED = 2;

/** The distinct keys of some columns, and which of them came more than once. Exact. */
export interface KeySet {
  /** Bytes held, nearly. */
  readonly byteLength: number;
  /** Distinct keys seen. */
  readonly size: number;
  /** Distinct keys seen more than once. */
  readonly repeated: number;
  /**
   * Takes in the included rows of a block, in order; writes NEW, SECOND or REPEATED for each of them. Returns whether any
   * isn't new.
   */
  observe(block: Block, included: Uint8Array | undefined, out: Uint8Array): boolean;
  /** Writes 1 for each included row whose key came more than once, over all that was observed. */
  findRepeated(block: Block, included: Uint8Array | undefined, out: Uint8Array): void;
}

/** A set fit for the columns: bitmaps and 64-bit hashing for one number, exact bytes for all else. */
export function keySetFor(addresses: readonly ColumnAddress[]): KeySet {
  const number = soleNumber(addresses);
  return number ? new NumberKeys(number) : new ByteKeys(addresses);
}

/** The one column of keys that are numbers of 64 bits at most, if that is what there is. */
export function soleNumber(addresses: readonly ColumnAddress[]): ColumnAddress | undefined {
  const [only] = addresses;
  if (addresses.length !== 1 || !only || !["number", "integer"].includes(laneOf(only.type))) return undefined;
  return isWideDecimal(only) ? undefined : only;
}

function isWideDecimal(address: ColumnAddress): boolean {
  const type =
    "dictionary" in address.type ? (address.type.dictionary as { bitWidth?: number }) : address.type;
  return ((type as { bitWidth?: number }).bitWidth ?? 0) > 64;
}
