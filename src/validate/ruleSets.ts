import { lowestBit } from "../columns/bitWords.js";
import type { RowSet } from "../columns/rowSet.js";

/** Numbers the sets of rules that rows break together, as they are met; number 0 is no rule at all. */
export class RuleSets {
  /** The ids of each set, in the order of the rules. */
  readonly ids: (readonly string[])[] = [[]];
  readonly #rules: readonly (readonly [id: string, rows: RowSet])[];
  /** From a set and one rule more to the set of both: the key is the set's number times the rules, plus the rule's. */
  readonly #wider = new Map<number, number>();

  constructor(rules: readonly (readonly [id: string, rows: RowSet])[]) {
    this.#rules = rules;
  }

  /** Writes the number of the set that each of `out.length` rows from `first` on breaks. */
  number(first: number, out: Int32Array): void {
    out.fill(0);
    const bits = new Int32Array((out.length + 31) >> 5);
    for (const [nth, [id, rows]] of this.#rules.entries()) {
      bits.fill(0);
      if (rows.mergeInto(first, out.length, bits)) this.#widen(nth, id, bits, out);
    }
  }

  #widen(nth: number, id: string, bits: Int32Array, out: Int32Array): void {
    // Most rows that break a rule have broken none before it.
    let set = 0;
    let wider = this.#with(set, nth, id);
    for (let word = 0; word < bits.length; word++) {
      for (let left = bits[word]!; left !== 0; left &= left - 1) {
        const i = 32 * word + lowestBit(left);
        if (out[i] !== set) {
          set = out[i]!;
          wider = this.#with(set, nth, id);
        }
        out[i] = wider;
      }
    }
  }

  #with(set: number, nth: number, id: string): number {
    const key = set * this.#rules.length + nth;
    let wider = this.#wider.get(key);
    if (wider === undefined) {
      wider = this.ids.push([...this.ids[set]!, id]) - 1;
      this.#wider.set(key, wider);
    }
    return wider;
  }
}
