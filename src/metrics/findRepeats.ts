import type { ColumnAddress } from "../columns/address.js";
import { soleNumber } from "./keySet.js";
import { NumberRepeats } from "./numberRepeats.js";
import type { RepeatFinder, RepeatOptions } from "./repeatFinder.js";
import { TextRepeats } from "./textRepeats.js";

export type { RepeatFinder } from "./repeatFinder.js";

/** A finder fit for the columns: of 64-bit keys for one number, of bytes for all else. */
export function findRepeats(addresses: readonly ColumnAddress[], options: RepeatOptions): RepeatFinder {
  const number = soleNumber(addresses);
  return number ? new NumberRepeats(number, options) : new TextRepeats(addresses, options);
}
