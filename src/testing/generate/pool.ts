import { DataType } from "apache-arrow";
import type { Arbitrary, Random } from "fast-check";
import { kindOf } from "../../columns/typeName.js";
import type { StoredValue } from "../storedColumn.js";
import { anyStored } from "../storedValues.js";
import { bytesOf, type Cell, cellKey, integerCell, neighboursOf } from "./cells.js";
import { chance, pick } from "./random.js";
import { textOfLength } from "./texts.js";

/** A maker of texts that some rule asks for; undefined where it has none. */
export type MakeText = (random: Random) => string | undefined;

const isNumeric = (cell: Cell): cell is number | bigint =>
  cell !== null && !(cell instanceof Uint8Array) && Number.isFinite(Number(cell));

/** What may stand in a column: what its rules speak of and what lies beside and between, nulls, and anything its type stores. */
export class Pool {
  readonly type: DataType;
  /** The values that rules speak of. */
  readonly spoken: readonly Cell[];
  /** What lies right beside the values that rules speak of. */
  readonly beside: readonly StoredValue[];
  readonly #texts: readonly MakeText[];
  readonly #any: Arbitrary<StoredValue>;
  /** False where a null has been seen to break a rule by itself. */
  takesNull = true;

  constructor(type: DataType, spoken: readonly Cell[], texts: readonly MakeText[]) {
    this.type = type;
    this.spoken = [...new Map(spoken.map((cell) => [cellKey(cell), cell])).values()];
    const values = this.spoken.filter((cell) => cell !== null);
    this.beside = values.slice(0, 64).flatMap((cell) => neighboursOf(type, cell));
    this.#texts = kindOf(type) === "string" ? texts : [];
    this.#any = anyStored(type);
  }

  /** A value, or a null now and then. */
  draw(random: Random): Cell {
    return this.takesNull && chance(random, 0.08) ? null : this.value(random);
  }

  /** A value; null only where the type has no other. */
  value(random: Random): Cell {
    if (DataType.isNull(this.type)) return null;
    if (this.#texts.length > 0 && chance(random, 0.6)) {
      const text = pick(random, this.#texts)(random);
      if (text !== undefined) return bytesOf(text);
    }
    const values = this.spoken.filter((cell) => cell !== null);
    if (values.length > 0) {
      const way = random.nextDouble();
      if (way < 0.35) return pick(random, values);
      if (way < 0.47 && this.beside.length > 0) return pick(random, this.beside);
      if (way < 0.7) return this.#between(values.filter(isNumeric), random) ?? pick(random, values);
    }
    return this.#any.generate(random, undefined).value;
  }

  /** A value unlike those that rules speak of, for where many are wanted. */
  fresh(random: Random): Cell {
    const text = this.#texts.length > 0 ? pick(random, this.#texts)(random) : undefined;
    if (text !== undefined) return bytesOf(text);
    if (kindOf(this.type) === "string") return bytesOf(textOfLength(random.nextInt(1, 8), random));
    return chance(random, 0.5) ? this.value(random) : this.#any.generate(random, undefined).value;
  }

  #between(values: readonly (number | bigint)[], random: Random): StoredValue | undefined {
    if (values.length === 0) return undefined;
    const [a, b] = [pick(random, values), pick(random, values)];
    if (DataType.isFloat(this.type)) {
      const value = Number(a) + (Number(b) - Number(a)) * random.nextDouble();
      return Math.fround(chance(random, 0.5) ? Math.round(value) : value);
    }
    const [low, high] = a < b ? [a, b] : [b, a];
    const spread = low === high ? 50n : 0n;
    return integerCell(this.type, random.nextBigInt(BigInt(low) - spread, BigInt(high) + spread));
  }
}
