import type { ColumnAddress } from "../columns/address.js";
import type { Block } from "../columns/block.js";
import { BLOCK_ROWS } from "../columns/stage.js";
import { ValueSet } from "../columns/valueSet.js";
import type { ColumnView } from "../columns/view.js";

// A column of more texts than these is not one of levels, and looking them up would save nothing.
const MOST = 1024;

/**
 * Tells rows whose text was met before, where a column holds few texts: what is left needs a closer look, once for each
 * text or a little more often.
 */
export class KnownTexts {
  readonly #address: ColumnAddress;
  readonly #rest = new Uint8Array(BLOCK_ROWS);
  /** Undefined once there are too many. */
  #texts: ValueSet | undefined;
  #size = 0;
  #dictionary: ColumnView | undefined;
  #codes = new Uint8Array(0);

  constructor(address: ColumnAddress) {
    this.#address = address;
    this.#texts = new ValueSet(address.type);
  }

  /**
   * The rows of a block, among those that `present` has a 1 for, whose text may be new, one byte a row; `present` itself
   * where that can't be told, and none where there are no such rows. Valid until the next block.
   */
  sift(block: Block, present: Uint8Array | undefined): Uint8Array | undefined | "none" {
    const view = block.view(this.#address);
    if (view.dictionary) return this.#siftCodes(view, view.dictionary, block, present);
    if (!this.#texts) return present;
    const { count } = block;
    const rest = this.#rest.subarray(0, count);
    if (this.#size === 0) rest.fill(0);
    else this.#texts.test(view, block.from, count, rest);
    if (!present && !rest.includes(0)) return "none";
    let left = 0;
    for (let i = 0; i < count; i++) {
      const isLeft = (present ? present[i]! : 1) & (1 - rest[i]!);
      rest[i] = isLeft;
      left += isLeft;
    }
    // The table is made anew for new texts, which a few rows aren't worth.
    if (left > count >> 5) this.#learn(view, block, rest);
    return left === 0 ? "none" : rest;
  }

  #learn(view: ColumnView, { from, count }: Block, rest: Uint8Array): void {
    const texts = this.#texts!;
    for (let i = 0; i < count; i++) {
      if (rest[i] === 0 || texts.has(view, from + i)) continue;
      // A copy, so that no batch is kept whole for a text of it.
      texts.add({ lane: "bytes", value: view.bytes(from + i).slice() });
      if (++this.#size <= MOST) continue;
      this.#texts = undefined;
      return;
    }
  }

  #siftCodes(view: ColumnView, dictionary: ColumnView, block: Block, present: Uint8Array | undefined) {
    if (this.#dictionary !== dictionary) {
      this.#dictionary = dictionary;
      this.#codes = new Uint8Array(dictionary.length);
    }
    const { count } = block;
    const codes = view.codes(block.from, count);
    const [rest, met] = [this.#rest.subarray(0, count), this.#codes];
    let left = 0;
    for (let i = 0; i < count; i++) {
      const code = codes[i]!;
      const isLeft = (present ? present[i]! : 1) & (1 - met[code]!);
      rest[i] = isLeft;
      left += isLeft;
      met[code]! |= isLeft;
    }
    return left === 0 ? "none" : rest;
  }
}
