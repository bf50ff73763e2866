import { packFlags } from "./bitmap.js";
import type { ColumnMask } from "./columnMask.js";
import type { FlatBytes } from "./flatData.js";
import type { Staged } from "./stage.js";
import type { ValueSet } from "./valueSet.js";
import { ColumnView } from "./view.js";

const dictionaries = new WeakMap<ColumnView, Map<string, MaskedView>>();

function maskedDictionary(plain: ColumnView, mask: ColumnMask): MaskedView {
  const known = dictionaries.get(plain) ?? new Map<string, MaskedView>();
  dictionaries.set(plain, known);
  const made = known.get(mask.key) ?? new MaskedView(plain, mask);
  known.set(mask.key, made);
  return made;
}

interface Hidden {
  readonly flags: Uint8Array;
  readonly any: boolean;
}

/** A view in which some values count as null; bytes and numbers are those of the view it stands before. */
export class MaskedView extends ColumnView {
  readonly #plain: ColumnView;
  readonly #values: ValueSet;
  #all: Hidden | undefined;

  constructor(plain: ColumnView, mask: ColumnMask) {
    super(plain.data, [], plain.dictionary && maskedDictionary(plain.dictionary, mask));
    this.#plain = plain;
    this.#values = mask.values;
  }

  /** All rows at once, of a dictionary: it is asked about its values over and over. */
  get #hidden(): Hidden {
    if (!this.#all) {
      const flags = new Uint8Array(this.length);
      if (this.length > 0) this.#values.test(this.#plain, 0, this.length, flags);
      this.#all = { flags, any: flags.includes(1) };
    }
    return this.#all;
  }

  get #codesHidden(): Hidden | undefined {
    return this.dictionary instanceof MaskedView ? this.dictionary.#hidden : undefined;
  }

  /** False as well where only a look at the values could tell. */
  override get hasNoNulls(): boolean {
    if (!this.#plain.hasNoNulls) return false;
    const known = this.#codesHidden ?? this.#all;
    return this.length === 0 || known?.any === false;
  }

  override validity(from: number, count: number, out: Uint8Array): boolean {
    if (this.hasNoNulls) return false;
    if (!this.#plain.validity(from, count, out)) out.fill(1, 0, count);
    const coded = this.#codesHidden;
    if (coded) {
      const codes = this.codes(from, count);
      for (let i = 0; i < count; i++) if (coded.flags[codes[i]!] === 1) out[i] = 0;
      return true;
    }
    const hidden = new Uint8Array(count);
    this.#values.test(this.#plain, from, count, hidden);
    for (let i = 0; i < count; i++) if (hidden[i] === 1) out[i] = 0;
    return true;
  }

  override bits(from: number, count: number): Uint8Array | undefined {
    if (this.hasNoNulls) return undefined;
    const flags = new Uint8Array(count);
    this.validity(from, count, flags);
    return packFlags(flags, count);
  }

  override isValid(index: number): boolean {
    if (!this.#plain.isValid(index)) return false;
    const coded = this.#codesHidden;
    return coded ? coded.flags[this.code(index)] !== 1 : !this.#values.has(this.#plain, index);
  }

  override numbers(from: number, count: number): Staged {
    return this.#plain.numbers(from, count);
  }

  override get flat(): FlatBytes {
    return this.#plain.flat;
  }
}
