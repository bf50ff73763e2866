import type { ColumnAddress } from "../columns/address.js";
import { countOnes } from "../columns/bitmap.js";
import type { Block } from "../columns/block.js";
import type { CheapEvidence } from "../predicates/truth.js";
import type { Json, MetricState } from "./state.js";

/** Rows of a domain, and how many of them hold no value in a column. */
export class CountState implements MetricState<CountState> {
  readonly address: ColumnAddress | undefined;
  rows = 0;
  nulls = 0;
  /** Values that count as null where the address is read so; they are among the nulls. */
  missing = 0;

  /** Without an address, rows only are counted. */
  constructor(address?: ColumnAddress) {
    this.address = address;
  }

  /** Rows that hold a value. */
  get present(): number {
    return this.rows - this.nulls;
  }

  observe(block: Block, selected: Uint8Array | undefined): void {
    this.rows += selected ? countOnes(selected, block.count) : block.count;
    if (!this.address) return;
    const missing = block.missing(this.address);
    if (missing) for (let i = 0; i < block.count; i++) if (selected?.[i] !== 0) this.missing += missing[i]!;
    if (!selected) {
      this.nulls += block.nulls(this.address);
      return;
    }
    const valid = block.valid(this.address);
    if (!valid) return;
    for (let i = 0; i < block.count; i++) if (selected[i] === 1 && valid[i] === 0) this.nulls++;
  }

  settle(rows: number, evidence: CheapEvidence): boolean {
    const nulls = this.address ? evidence.nulls(this.address) : 0;
    if (nulls === undefined) return false;
    this.rows += rows;
    this.nulls += nulls;
    return true;
  }

  merge(other: CountState): CountState {
    const merged = new CountState(this.address ?? other.address);
    merged.rows = this.rows + other.rows;
    merged.nulls = this.nulls + other.nulls;
    merged.missing = this.missing + other.missing;
    return merged;
  }

  encode(): Json {
    return { rows: this.rows, nulls: this.nulls, missing: this.missing };
  }

  static decode(json: { rows: number; nulls: number; missing: number }, address?: ColumnAddress): CountState {
    return Object.assign(new CountState(address), json);
  }
}
