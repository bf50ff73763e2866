import type { Schema } from "apache-arrow";
import { type ColumnAddress, columnLabel, resolveColumn } from "../../columns/address.js";
import type { Block } from "../../columns/block.js";
import type { ColumnRef } from "../../columns/columnUse.js";
import { shownCell } from "../../columns/shown.js";
import type { Json } from "../../metrics/state.js";
import type { SampledRow } from "../../plan/evidence.js";

type Shown = readonly (readonly [label: string, address: ColumnAddress])[];

function addresses(schema: Schema, refs: readonly ColumnRef[]): Shown {
  return refs.flatMap((ref) => {
    const found = resolveColumn(schema, ref);
    return "problem" in found ? [] : [[columnLabel(ref), found] as const];
  });
}

/** Keeps the first failing rows of a rule, with the values that matter, as they go by. */
export class Sampler {
  readonly rows: SampledRow[] = [];
  readonly #from: number;
  readonly #limit: number;
  readonly #values: Shown;
  readonly #keys: Shown;

  /** Rows before `from` are passed over. */
  constructor(
    schema: Schema,
    limit: number,
    values: readonly ColumnRef[],
    keys: readonly ColumnRef[],
    from = 0,
  ) {
    this.#from = from;
    this.#limit = limit;
    this.#values = addresses(schema, values);
    this.#keys = addresses(schema, keys);
  }

  take(block: Block, failed: Uint8Array, reason: (block: Block, i: number) => string | undefined): void {
    for (let i = 0; i < block.count && this.rows.length < this.#limit; i++) {
      if (failed[i] !== 1 || block.row + i < this.#from) continue;
      const why = reason(block, i);
      this.rows.push({
        row: block.row + i,
        values: this.#cells(block, i, this.#values),
        keys: this.#cells(block, i, this.#keys),
        ...(why === undefined ? {} : { reason: why }),
      });
    }
  }

  /** Takes in the first failing rows among others: the first of all are kept. */
  absorb(rows: readonly SampledRow[]): void {
    const all = [...this.rows, ...rows].sort((a, b) => a.row - b.row);
    this.rows.splice(0, this.rows.length, ...all.slice(0, this.#limit));
  }

  #cells(block: Block, i: number, shown: Shown): Map<string, Json> {
    return new Map(shown.map(([label, address]) => [label, shownCell(block.view(address), block.from + i)]));
  }
}
