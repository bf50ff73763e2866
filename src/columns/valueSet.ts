import type { DataType } from "apache-arrow";
import { kernelsFor } from "../kernels/kernels.js";
import { findMembers, type MemberTable, memberTable } from "../kernels/members.js";
import { ByteTable } from "./byteTable.js";
import type { FlatBytes } from "./flatData.js";
import type { Bound } from "./literal.js";
import { before, type Stored } from "./stored.js";
import { type ColumnView, type Lane, laneOf } from "./view.js";

// So many comparisons are quicker than one look into a hash table.
const FEW = 4;

/** Some values of a column, in its own terms, to be looked for a block or a row at a time. */
export class ValueSet {
  readonly #lane: Lane;
  readonly #doubles = new Set<number>();
  readonly #integers = new Set<bigint>();
  readonly #keys = new ByteTable();
  readonly #stored: Stored[] = [];
  /** Texts as the kernel looks them up; undefined until it is asked for, null where they are too many. */
  #table: MemberTable | null | undefined;

  constructor(type: DataType) {
    this.#lane = laneOf(type);
  }

  /** Puts in a literal of the column's type; what lies between two integers is in no column of them. */
  add(bound: Bound): void {
    this.#table = undefined;
    if (bound.lane === "integer" && bound.value.floor !== bound.value.ceil) return;
    this.#stored.push(bound.lane === "integer" ? bound.value.floor : bound.value);
    if (bound.lane === "number") this.#doubles.add(bound.value);
    else if (bound.lane === "bytes") this.#keys.add(bound.value);
    else {
      this.#integers.add(bound.value.floor);
      this.#doubles.add(Number(bound.value.floor));
    }
  }

  /** Writes 1 for each row of a view without a dictionary whose value is here, `ofNan` for NaN; nulls get anything. */
  test(view: ColumnView, from: number, count: number, out: Uint8Array, ofNan = 0): void {
    if (this.#lane === "bytes") {
      this.#testTexts(view.flat, from, count, out);
      return;
    }
    const { values: staged, exact } = view.numbers(from, count);
    this.#testDoubles(staged, count, out, ofNan);
    if (this.#lane !== "integer" || exact) return;
    for (let i = 0; i < count; i++) {
      if (!Number.isNaN(staged[i]!) || !view.isValid(from + i)) continue;
      out[i] = this.#integers.has(view.integer(from + i)) ? 1 : 0;
    }
  }

  #testDoubles(values: Float64Array, count: number, out: Uint8Array, ofNan: number): void {
    if (this.#doubles.size > FEW) {
      for (let i = 0; i < count; i++) {
        const value = values[i]!;
        out[i] = this.#doubles.has(value) ? 1 : Number.isNaN(value) ? ofNan : 0;
      }
      return;
    }
    for (let i = 0; i < count; i++) out[i] = Number.isNaN(values[i]!) ? ofNan : 0;
    for (const value of this.#doubles) {
      for (let i = 0; i < count; i++) if (values[i] === value) out[i] = 1;
    }
  }

  #testTexts(texts: FlatBytes, from: number, count: number, out: Uint8Array): void {
    const { bytes, offsets } = texts;
    const loop = (first: number, rows: number, done: number): void => {
      for (let i = 0; i < rows; i++) {
        out[done + i] = this.#keys.find(bytes, offsets[first + i]!, offsets[first + i + 1]!) < 0 ? 0 : 1;
      }
    };
    const kernels = kernelsFor(count);
    if (kernels && this.#table === undefined) {
      const members = Array.from({ length: this.#keys.size }, (_, key) => this.#keys.bytes(key));
      this.#table = memberTable(kernels, members) ?? null;
    }
    if (kernels && this.#table) findMembers(kernels, this.#table, texts, from, count, out, loop);
    else loop(from, count, 0);
  }

  /** True when the value of a valid row is here. */
  has(view: ColumnView, row: number): boolean {
    if (this.#lane === "bytes") return this.#keys.find(view.bytes(row)) >= 0;
    if (this.#lane === "integer") return this.#integers.has(view.integer(row));
    return this.#doubles.has(view.number(row));
  }

  /** True when no value lies in [min, max]. */
  isOutside(min: Stored, max: Stored): boolean {
    return this.#stored.every((value) => before(value, min) || before(max, value));
  }
}
