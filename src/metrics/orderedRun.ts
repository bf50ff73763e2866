import { isLess, type NumberWords } from "./numberWords.js";

interface Part {
  readonly words: Int32Array;
  readonly count: number;
  readonly places: Int32Array | undefined;
  readonly firstRow: number;
}

/**
 * Numbers that come in strictly increasing order, block after block: none of them can come twice. They are kept in case
 * the order breaks.
 */
export class OrderedRun {
  readonly #sign: number | undefined;
  #parts: Part[] = [];
  #last: { readonly value: number; readonly low: number; readonly high: number } | undefined;
  size = 0;
  byteLength = 0;

  /** `sign` is that of `isLess` for integers; absent for doubles. */
  constructor(sign: number | undefined) {
    this.#sign = sign;
  }

  /** Takes in the keys of a block, if they go on with the run; `above` is less than all keys, or else they don't. */
  take(keys: NumberWords, firstRow: number, above: number): boolean {
    const { words, count, places, values, increasing } = keys;
    if (count === 0) return true;
    if (!increasing || !this.#follows(keys, above)) return false;
    this.#parts.push({
      words: words.slice(0, count * 2),
      count,
      places: places?.slice(0, count),
      firstRow,
    });
    this.size += count;
    this.byteLength += count * (places ? 12 : 8);
    const at = count * 2;
    this.#last = { value: values[count - 1]!, low: words[at - 2]!, high: words[at - 1]! };
    return true;
  }

  #follows({ words, values, exact }: NumberWords, above: number): boolean {
    if (!this.#last) return above === Number.NEGATIVE_INFINITY || (exact && values[0]! > above);
    const { value, low, high } = this.#last;
    if (this.#sign === undefined) return values[0]! > value;
    return isLess(low, high, words[0]!, words[1]!, this.#sign);
  }

  /** Gives everything back in order, and keeps nothing. */
  empty(take: (words: Int32Array, count: number, places: Int32Array | undefined, firstRow: number) => void) {
    const parts = this.#parts;
    this.#parts = [];
    this.size = 0;
    this.byteLength = 0;
    for (const { words, count, places, firstRow } of parts) take(words, count, places, firstRow);
  }
}
