import { lowestBit } from "../columns/bitWords.js";
import type { RowSet } from "../columns/rowSet.js";

/** Numbers the sets of rules that rows break together, as they are met; number 0 is no rule at all. */
export class RuleSets {
  /** The ids of each set, in the order of the rules. */
  readonly ids: (readonly string[])[] = [[]];
  readonly #rules: readonly (readonly [id: string, rows: RowSet])[];
  /** From a set and one rule more to the set of both: the key is the set's number times the rules, plus the rule's. */
  readonly #wider = new Map<number, number>();
  /** For each rule the rows that break it, 32 to a word. */
  #bits: readonly Int32Array[] = [];

  constructor(rules: readonly (readonly [id: string, rows: RowSet])[]) {
    this.#rules = rules;
  }

  /** The number of the set that each of `count` rows from `first` on breaks, without the rows that break none. */
  number(first: number, count: number): Int32Array {
    const words = (count + 31) >> 5;
    if (this.#bits[0]?.length !== words) this.#bits = this.#rules.map(() => new Int32Array(words));
    const broken = [...this.#rules.keys()].filter((nth) =>
      this.#rules[nth]![1].mergeInto(first, count, this.#bits[nth]!.fill(0)),
    );
    // A word of rows at a time, so that the sets that grow are at hand.
    const sets = new Int32Array(32);
    let numbers: Int32Array = new Int32Array(1024);
    let met = 0;
    for (let word = 0; word < words; word++) {
      let any = 0;
      for (let i = 0; i < broken.length; i++) {
        const nth = broken[i]!;
        const bits = this.#bits[nth]![word]!;
        any |= bits;
        for (let left = bits; left !== 0; left &= left - 1) {
          const row = lowestBit(left);
          sets[row] = this.#with(sets[row]!, nth);
        }
      }
      if (met + 32 > numbers.length) numbers = grown(numbers);
      for (let left = any; left !== 0; left &= left - 1) {
        const row = lowestBit(left);
        numbers[met++] = sets[row]!;
        sets[row] = 0;
      }
    }
    return numbers.subarray(0, met);
  }

  #with(set: number, nth: number): number {
    const key = set * this.#rules.length + nth;
    let wider = this.#wider.get(key);
    if (wider === undefined) {
      wider = this.ids.push([...this.ids[set]!, this.#rules[nth]![0]]) - 1;
      this.#wider.set(key, wider);
    }
    return wider;
  }
}

function grown(full: Int32Array): Int32Array {
  const longer = new Int32Array(full.length * 2);
  longer.set(full);
  return longer;
}
