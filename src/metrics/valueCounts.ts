import { ByteTable } from "../columns/byteTable.js";
import type { Frequency } from "./mergeFrequencies.js";
import { PairTable } from "./pairTable.js";

const double = new Float64Array(1);
const words = new Int32Array(double.buffer);

// What an integer beyond 2^53 and its count take in a Map, and what a value takes while values are put in order, about.
const BIG_BYTES = 96;
const ORDER_BYTES = 24;

/** How often each value comes, of values that are all numbers, NaN not among them, or all texts; in memory. */
export class ValueCounts {
  readonly #numbers = new PairTable();
  readonly #texts = new ByteTable();
  /** By number of the key: a column has numbers or texts. */
  #counts = new Float64Array(64);
  readonly #bigs = new Map<bigint, number>();

  /** Rows that were counted. */
  total = 0;

  /** Bytes held, nearly. */
  get byteLength(): number {
    const tables = this.#numbers.byteLength + this.#texts.byteLength + this.#counts.byteLength;
    return tables + this.#bigs.size * BIG_BYTES + this.size * ORDER_BYTES;
  }

  get size(): number {
    return this.#numbers.size + this.#texts.size + this.#bigs.size;
  }

  addNumber(value: number | bigint, count: number): void {
    this.total += count;
    if (typeof value === "bigint") {
      this.#bigs.set(value, (this.#bigs.get(value) ?? 0) + count);
      return;
    }
    // Adding 0 makes 0 of -0.
    double[0] = value + 0;
    this.#addTo(this.#numbers.add(words[0]!, words[1]!), count);
  }

  addText(bytes: Uint8Array, start: number, end: number, count: number): void {
    this.total += count;
    this.#addTo(this.#texts.add(bytes, start, end), count);
  }

  #addTo(key: number, count: number): void {
    if (key >= this.#counts.length) {
      const wider = new Float64Array(this.#counts.length * 2);
      wider.set(this.#counts);
      this.#counts = wider;
    }
    this.#counts[key]! += count;
  }

  /** All values in ascending order, text by code point; what is yielded stays as it is. */
  *ascending(): Generator<Frequency> {
    const bigs = [...this.#bigs.keys()].sort((a, b) => (a < b ? -1 : 1));
    // Integers that are no safe ones lie on both sides of all that are.
    const positive = bigs.findIndex((value) => value > 0n);
    const split = positive < 0 ? bigs.length : positive;
    for (const value of bigs.slice(0, split)) yield { value, count: this.#bigs.get(value)! };
    yield* this.#ascendingNumbers();
    for (const key of this.#texts.ascending())
      yield { value: this.#texts.bytes(key), count: this.#counts[key]! };
    for (const value of bigs.slice(split)) yield { value, count: this.#bigs.get(value)! };
  }

  *#ascendingNumbers(): Generator<Frequency> {
    const numbers = new Float64Array(this.#numbers.size);
    for (let key = 0; key < numbers.length; key++) {
      [words[0], words[1]] = this.#numbers.words(key);
      numbers[key] = double[0]!;
    }
    for (const value of numbers.sort()) {
      double[0] = value;
      yield { value, count: this.#counts[this.#numbers.find(words[0]!, words[1]!)]! };
    }
  }
}
