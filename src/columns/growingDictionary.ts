import { type Data, type DataType, type Dictionary, makeData, type Vector } from "apache-arrow";
import { InputError } from "../errors/index.js";
import { cellText } from "./cellText.js";
import { concatData } from "./concatData.js";
import { gatherData } from "./gatherData.js";

type Codes = Int8Array | Int16Array | Int32Array | Uint8Array | Uint16Array | Uint32Array | BigInt64Array;

/** One dictionary that holds the values of all those it was shown, in the order they came. */
export class GrowingDictionary {
  readonly #column: string;
  readonly #type: DataType;
  readonly #parts: Data[] = [];
  readonly #known = new WeakMap<Vector, Int32Array | "same">();
  #codes: Map<string | null, number> | undefined;
  #size = 0;
  #taken: number | undefined;

  /** `type` is that of its values. */
  constructor(type: DataType, column: string) {
    this.#type = type;
    this.#column = column;
  }

  /** A dictionary column over this dictionary's codes, of the given type. Throws InputError when they no longer fit. */
  recoded(data: Data, type: Dictionary): Data {
    const codes = data.dictionary ? this.#codesOf(data.dictionary) : "same";
    const values = codes === "same" ? data.values : this.#recode(data, codes);
    return data.clone(type, data.offset, data.length, data.nullCount, [
      undefined,
      values,
      data.nullBitmap,
      undefined,
    ] as never);
  }

  /** The values that no earlier call gave, in as few parts as can be; the first call gives one at least. */
  takeNew(): Data[] {
    const isFirst = this.#taken === undefined;
    const parts = this.#parts.slice(this.#taken);
    this.#taken = this.#parts.length;
    if (parts.length === 0) return isFirst ? [makeData({ type: this.#type, length: 0 }) as Data] : [];
    const whole = parts.length > 1 ? concatData(parts) : undefined;
    return whole ? [whole] : parts;
  }

  #codesOf(dictionary: Vector): Int32Array | "same" {
    let codes = this.#known.get(dictionary);
    if (codes === undefined) {
      codes = this.#size === 0 ? this.#begin(dictionary) : this.#grow(dictionary);
      this.#known.set(dictionary, codes);
    }
    return codes;
  }

  #begin(dictionary: Vector): "same" {
    this.#parts.push(...dictionary.data);
    this.#size = dictionary.length;
    return "same";
  }

  /** The codes of the values by their text; made when a second dictionary comes, if ever. */
  #index(): Map<string | null, number> {
    if (this.#codes) return this.#codes;
    const codes = new Map<string | null, number>();
    let code = 0;
    for (const part of this.#parts) {
      for (let i = 0; i < part.length; i++, code++) {
        const text = cellText(part, i);
        if (!codes.has(text)) codes.set(text, code);
      }
    }
    this.#codes = codes;
    return codes;
  }

  #grow(dictionary: Vector): Int32Array | "same" {
    const index = this.#index();
    const codes = new Int32Array(dictionary.length);
    let at = 0;
    let isSame = true;
    for (const part of dictionary.data) {
      const runs: number[] = [];
      for (let i = 0; i < part.length; i++, at++) {
        const text = cellText(part, i);
        let code = index.get(text);
        if (code === undefined) {
          code = this.#size++;
          index.set(text, code);
          runs.push(i, i + 1);
        }
        codes[at] = code;
        isSame &&= code === at;
      }
      if (runs.length > 0) this.#parts.push(gatherData(part, Int32Array.from(runs), this.#column));
    }
    return isSame ? "same" : codes;
  }

  #recode(data: Data, codes: Int32Array): Codes {
    const from = data.values as Codes;
    const to = new (from.constructor as new (length: number) => Codes)(data.length);
    const isWide = to instanceof BigInt64Array || to instanceof BigUint64Array;
    for (let i = 0; i < data.length; i++) {
      // The slots of nulls may hold anything.
      const code = codes[Number(from[i])] ?? 0;
      to[i] = isWide ? BigInt(code) : code;
      if (Number(to[i]) !== code) {
        throw new InputError(
          "input/unsupported",
          `column ${JSON.stringify(this.#column)} has ${this.#size} distinct values over all batches, too many for its int${to.BYTES_PER_ELEMENT * 8} codes`,
          { unit: this.#column },
        );
      }
    }
    return to;
  }
}
