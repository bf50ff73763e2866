import { type DataType, DataType as Types } from "apache-arrow";
import type { ColumnAddress } from "../columns/address.js";
import type { Block } from "../columns/block.js";
import { BLOCK_ROWS } from "../columns/stage.js";
import { type ColumnView, laneOf } from "../columns/view.js";
import { boundsOfLongs } from "../kernels/bounds.js";
import { wordsOf } from "../kernels/staged.js";

const WORD = 4294967296;
const SIGN = 0x8000_0000;

/** The numbers of some rows of a block as 64-bit keys. Valid until the next block is read. */
export interface NumberWords extends Range {
  /** Two words a key: a 64-bit integer for columns of integers, else a double's bits; NaN is one value, and -0 is 0. */
  readonly words: Int32Array;
  readonly count: number;
  /** Where in the block each key stands; absent when all rows have one. */
  readonly places: Int32Array | undefined;
  /** The numbers, NaN where an integer is beyond what a double holds; made when they are asked for. */
  readonly values: Float64Array;
  /** True when the values say all: none is an integer beyond 2^53. */
  readonly exact: boolean;
}

interface Range {
  /** Of the numbers that `values` has, or an infinity where that isn't known. */
  readonly min: number;
  readonly max: number;
  /** True when each key is greater than the one before. */
  readonly increasing: boolean;
}

function plainType(type: DataType): DataType {
  return Types.isDictionary(type) ? plainType(type.dictionary) : type;
}

/** Whether a column's numbers are all integers. */
export function holdsIntegers({ type }: ColumnAddress): boolean {
  const plain = plainType(type);
  return laneOf(plain) === "integer" || !Types.isFloat(plain);
}

/** Reads keys of one column of numbers, block by block. */
export class NumberWordReader {
  readonly #address: ColumnAddress;
  readonly #isInteger: boolean;
  /** What a high word is compared with: see `isLess`. */
  readonly sign: number;
  readonly #doubles = new Float64Array(BLOCK_ROWS);
  readonly #words = new Int32Array(BLOCK_ROWS * 2);
  readonly #longs = new BigInt64Array(this.#words.buffer);
  readonly #bits = new Float64Array(this.#words.buffer);
  readonly #places = new Int32Array(BLOCK_ROWS);

  constructor(address: ColumnAddress) {
    this.#address = address;
    this.#isInteger = holdsIntegers(address);
    const plain = plainType(address.type);
    this.sign = Types.isInt(plain) && !plain.isSigned ? 0 : SIGN;
  }

  read(block: Block, included: Uint8Array | undefined): NumberWords {
    const view = block.view(this.#address);
    const longs = view.longs(block.from, block.count);
    if (longs && !included?.subarray(0, block.count).includes(0)) {
      return this.#readLongs(longs, block, view);
    }
    const { values: staged, exact } = view.numbers(block.from, block.count);
    const { count, places, values } = this.#included(staged, included, block.count);
    const words = this.#words;
    if (this.#isInteger) this.#writeIntegers(values, count, places, view, block.from);
    else this.#writeDoubles(values, count);
    const range = rangeOf(values, count);
    const increasing = exact ? range.increasing : wordsIncrease(words, count, this.sign);
    return { words, count, places, values, exact, ...range, increasing };
  }

  /** The stored integers as they are: most columns need no doubles of them. */
  #readLongs(longs: BigInt64Array | BigUint64Array, block: Block, view: ColumnView): NumberWords {
    const words = wordsOf(longs);
    const bounds =
      block.nulls(this.#address) === 0
        ? block.summary(this.#address)
        : boundsOfLongs(longs, undefined, block.count);
    return {
      words,
      count: block.count,
      places: undefined,
      get values() {
        return view.numbers(block.from, block.count).values;
      },
      min: bounds?.min ?? Number.NEGATIVE_INFINITY,
      max: bounds?.max ?? Number.POSITIVE_INFINITY,
      exact: bounds?.min !== undefined,
      increasing: wordsIncrease(words, block.count, this.sign),
    };
  }

  #included(
    staged: Float64Array,
    included: Uint8Array | undefined,
    rows: number,
  ): { count: number; places: Int32Array | undefined; values: Float64Array } {
    if (!included) return { count: rows, places: undefined, values: staged };
    let count = 0;
    for (let i = 0; i < rows; i++) {
      this.#places[count] = i;
      this.#doubles[count] = staged[i]!;
      count += included[i]!;
    }
    if (count === rows) return { count, places: undefined, values: staged };
    return { count, places: this.#places, values: this.#doubles };
  }

  #writeDoubles(values: Float64Array, count: number): void {
    const bits = this.#bits;
    for (let i = 0; i < count; i++) {
      const value = values[i]!;
      // A NaN of other bits is the same NaN, and adding 0 makes 0 of -0.
      bits[i] = Number.isNaN(value) ? Number.NaN : value + 0;
    }
  }

  #writeIntegers(
    values: Float64Array,
    count: number,
    places: Int32Array | undefined,
    view: ColumnView,
    from: number,
  ): void {
    const words = this.#words;
    for (let i = 0; i < count; i++) {
      const value = values[i]!;
      if (Number.isNaN(value)) this.#longs[i] = view.integer(from + (places ? places[i]! : i));
      else {
        words[i * 2] = value | 0;
        words[i * 2 + 1] = Math.floor(value / WORD);
      }
    }
  }
}

function rangeOf(values: Float64Array, count: number): Range {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let breaks = 0;
  for (let i = 0; i < count; i++) {
    const value = values[i]!;
    if (value < min) min = value;
    if (value > max) max = value;
    breaks += value > last ? 0 : 1;
    last = value;
  }
  return { min, max, increasing: breaks === 0 };
}

/** Whether a 64-bit integer is less than another, both in two words; `sign` is 0 for unsigned ones, else 2^31. */
export function isLess(low: number, high: number, low2: number, high2: number, sign: number): boolean {
  // Ordered as words with a sign, which is how a machine compares them.
  const a = high ^ sign ^ SIGN;
  const b = high2 ^ sign ^ SIGN;
  return a === b ? (low ^ SIGN) < (low2 ^ SIGN) : a < b;
}

function wordsIncrease(words: Int32Array, count: number, sign: number): boolean {
  const flip = sign ^ SIGN;
  let low = words[0]! ^ SIGN;
  let high = words[1]! ^ flip;
  // As `isLess`, but that nothing is read twice: a column in order is compared to its end.
  for (let at = 2; at < count * 2; at += 2) {
    const nextLow = words[at]! ^ SIGN;
    const nextHigh = words[at + 1]! ^ flip;
    if (nextHigh < high || (nextHigh === high && nextLow <= low)) return false;
    low = nextLow;
    high = nextHigh;
  }
  return true;
}
