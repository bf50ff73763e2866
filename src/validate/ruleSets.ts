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
    for (const [nth, [id, rows]] of this.#rules.entries()) {
      rows.visit(first, out.length, (i) => {
        out[i] = this.#with(out[i]!, nth, id);
      });
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
