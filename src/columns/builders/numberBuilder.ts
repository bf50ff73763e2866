import { Bool, type Data, DataType, makeData, util } from "apache-arrow";
import { type Parse, parseBool } from "../cellParse.js";
import { BitList } from "./bitList.js";
import { LeafBuilder } from "./columnBuilder.js";

type Numbers = Float64Array | Uint32Array | Uint16Array | BigInt64Array;

const WORD = 4294967296;
const LOW = 0xffffffffn;

/** Builds columns of fixed-width numbers, dates and times among them. */
export class NumberBuilder extends LeafBuilder {
  readonly #type: DataType;
  readonly #parse: Parse;
  readonly #stride: number;
  readonly #isHalf: boolean;
  #values: Numbers;
  #words: Int32Array;

  constructor(type: DataType, parse: Parse) {
    super();
    this.#type = type;
    this.#parse = parse;
    this.#stride = DataType.isDecimal(type) ? type.bitWidth / 32 : 1;
    this.#isHalf = DataType.isFloat(type) && type.ArrayType === Uint16Array;
    this.#values = this.#room(1024);
    this.#words = new Int32Array(this.#values.buffer);
  }

  #room(slots: number): Numbers {
    const Storage = this.#type.ArrayType as unknown as new (length: number) => Numbers;
    return new Storage(slots * this.#stride);
  }

  add(text: string | null): boolean {
    const value = text === null ? null : this.#parse(text);
    if (value === undefined) return false;
    this.push(value);
    return true;
  }

  /** Takes a value in the column's storage unit. */
  push(value: number | bigint | null): void {
    const at = this.validity.length;
    if ((at + 1) * this.#stride > this.#values.length) {
      const more = this.#room(at * 2);
      more.set(this.#values as never);
      this.#values = more;
      this.#words = new Int32Array(more.buffer);
    }
    this.#store(at, value ?? 0);
    this.validity.push(value !== null);
  }

  #store(at: number, value: number | bigint): void {
    const values = this.#values;
    if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
      // Writing the two words of a number is faster than making a bigint of it.
      if (typeof value === "bigint") values[at] = value;
      else {
        this.#words[at * 2] = value;
        this.#words[at * 2 + 1] = Math.floor(value / WORD);
      }
    } else if (this.#stride > 1 || typeof value === "bigint") {
      let rest = BigInt(value);
      for (let i = 0; i < this.#stride; i++, rest >>= 32n) values[at * this.#stride + i] = Number(rest & LOW);
    } else values[at] = this.#isHalf ? util.float64ToUint16(value) : value;
  }

  finish(): Data {
    const data = this.#values.slice(0, this.validity.length * this.#stride);
    return makeData({ type: this.#type, data, ...this.validity.take() } as never) as Data;
  }
}

/** Builds columns of booleans. */
export class BoolBuilder extends LeafBuilder {
  readonly #bits = new BitList();

  add(text: string | null): boolean {
    const value = text === null ? 0 : parseBool(text);
    if (value === undefined) return false;
    this.#bits.push(value === 1);
    this.validity.push(text !== null);
    return true;
  }

  finish(): Data {
    return makeData({ type: new Bool(), data: this.#bits.take(), ...this.validity.take() }) as Data;
  }
}
