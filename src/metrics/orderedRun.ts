import type { Spill } from "./memoryBudget.js";
import { isLess, type NumberWords } from "./numberWords.js";

/** The keys of a block, and where in it they stand unless all rows have one. */
interface Part {
  readonly words: Int32Array;
  readonly count: number;
  readonly places: Int32Array | undefined;
  readonly firstRow: number;
}

/** Such keys in a file: their words, and their places behind them. */
interface SpilledPart extends Pick<Part, "count" | "firstRow"> {
  readonly position: number;
  readonly hasPlaces: boolean;
}

const bytesOf = (words: Int32Array) => new Uint8Array(words.buffer, words.byteOffset, words.byteLength);

/**
 * Numbers that come in strictly increasing order, block after block: none of them can come twice. They are kept in case
 * the order breaks.
 */
export class OrderedRun {
  readonly #sign: number | undefined;
  #parts: Part[] = [];
  readonly #spilled: SpilledPart[] = [];
  #spill: Spill | undefined;
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
    this.byteLength += bytesFor(count, places);
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

  /** Puts all that is held into a file; the run goes on. */
  spill(to: Spill): void {
    this.#spill = to;
    for (const { words, count, places, firstRow } of this.#parts) {
      const position = to.write(bytesOf(words));
      if (places) to.write(bytesOf(places));
      this.#spilled.push({ position, count, hasPlaces: places !== undefined, firstRow });
    }
    this.#parts = [];
    this.byteLength = 0;
  }

  /** Gives everything back in order, part by part, and keeps nothing. */
  empty(take: (words: Int32Array, count: number, places: Int32Array | undefined, firstRow: number) => void) {
    for (const part of this.#spilled) {
      const { words, count, places, firstRow } = this.#read(part);
      this.size -= count;
      take(words, count, places, firstRow);
    }
    for (let part = this.#parts.shift(); part; part = this.#parts.shift()) {
      const { words, count, places, firstRow } = part;
      this.size -= count;
      this.byteLength -= bytesFor(count, places);
      take(words, count, places, firstRow);
    }
  }

  #read({ position, count, hasPlaces, firstRow }: SpilledPart): Part {
    const words = new Int32Array(count * 2);
    this.#spill!.read(position, bytesOf(words));
    const places = hasPlaces ? new Int32Array(count) : undefined;
    if (places) this.#spill!.read(position + words.byteLength, bytesOf(places));
    return { words, count, places, firstRow };
  }
}

const bytesFor = (count: number, places: Int32Array | undefined): number => count * (places ? 12 : 8);
