import type { RecordBatch } from "apache-arrow";
import { forgetStaged } from "../kernels/staged.js";
import { addressKey, type ColumnAddress, unmasked } from "./address.js";
import { countBits, expandBits } from "./bitmap.js";
import { MaskedView } from "./maskedView.js";
import { BLOCK_ROWS } from "./stage.js";
import { type ColumnSummary, summarise } from "./summary.js";
import { ColumnView } from "./view.js";

interface Looked {
  /** One bit a row; undefined when no row of the block is null. */
  readonly bits: Uint8Array | undefined;
  readonly nulls: number;
  valid: Uint8Array | undefined;
  summary: ColumnSummary | undefined;
}

/** The views of one batch, made when they are first asked for. */
export class BatchViews {
  readonly batch: RecordBatch;
  readonly #positions: ReadonlyMap<number, number> | undefined;
  readonly #views = new Map<string, ColumnView>();

  /** `positions` says where a source column stands in a pruned batch; absent when nothing was pruned. */
  constructor(batch: RecordBatch, positions?: ReadonlyMap<number, number>) {
    this.batch = batch;
    this.#positions = positions;
  }

  view(address: ColumnAddress): ColumnView {
    const key = addressKey(address);
    let view = this.#views.get(key);
    if (!view) {
      view = address.mask
        ? new MaskedView(this.view(unmasked(address)), address.mask)
        : ColumnView.of(this.batch, address, this.#positions?.get(address.index) ?? address.index);
      this.#views.set(key, view);
    }
    return view;
  }
}

/** Up to 8192 rows of a batch, the unit every kernel works on; what is looked up once is kept until the next block. */
export class Block {
  readonly views: BatchViews;
  /** First row within the batch. */
  readonly from: number;
  readonly count: number;
  /** First row within the whole source. */
  readonly row: number;
  readonly #looked = new Map<string, Looked>();

  constructor(views: BatchViews, from: number, count: number, row: number) {
    this.views = views;
    this.from = from;
    this.count = count;
    this.row = row;
  }

  view(address: ColumnAddress): ColumnView {
    return this.views.view(address);
  }

  #look(address: ColumnAddress): Looked {
    const key = addressKey(address);
    const known = this.#looked.get(key);
    if (known) return known;
    const view = this.view(address);
    const bits = view.bits(this.from, this.count);
    const nulls = bits ? this.count - countBits(bits) : 0;
    const looked = { bits: nulls > 0 ? bits : undefined, nulls, valid: undefined, summary: undefined };
    this.#looked.set(key, looked);
    return looked;
  }

  /** One byte a row, 1 where a value is present; undefined when all are. */
  valid(address: ColumnAddress): Uint8Array | undefined {
    const looked = this.#look(address);
    if (looked.bits && !looked.valid) {
      looked.valid = new Uint8Array(this.count);
      expandBits(looked.bits, 0, this.count, looked.valid);
    }
    return looked.valid;
  }

  /** The same as one bit a row, from bit 0 on. */
  bits(address: ColumnAddress): Uint8Array | undefined {
    return this.#look(address).bits;
  }

  nulls(address: ColumnAddress): number {
    return this.#look(address).nulls;
  }

  /** One byte a row, 1 where a value is there and counts as null; undefined when none does. */
  missing(address: ColumnAddress): Uint8Array | undefined {
    const valid = address.mask && this.valid(address);
    if (!valid) return undefined;
    const stored = this.valid(unmasked(address));
    const hidden = new Uint8Array(this.count);
    let any = 0;
    for (let i = 0; i < this.count; i++) {
      hidden[i] = (stored ? stored[i]! : 1) & (1 - valid[i]!);
      any |= hidden[i]!;
    }
    return any === 1 ? hidden : undefined;
  }

  /** Count, nulls, NaN, min and max of a column over this block; computed once. */
  summary(address: ColumnAddress): ColumnSummary {
    const looked = this.#look(address);
    looked.summary ??= summarise(this.view(address), this.from, this.count, looked.bits, looked.nulls);
    return looked.summary;
  }
}

/** Cuts a batch into blocks that end on multiples of 8192 of the absolute row number, whatever the batching. */
export function* blocksOf(views: BatchViews, firstRow: number): Generator<Block> {
  const rows = views.batch.numRows;
  let from = 0;
  try {
    while (from < rows) {
      const row = firstRow + from;
      const count = Math.min(rows - from, BLOCK_ROWS - (row % BLOCK_ROWS));
      yield new Block(views, from, count, row);
      from += count;
    }
  } finally {
    // Nothing of the batch is kept from the garbage collector, and its buffers may be written to from now on.
    forgetStaged();
  }
}
