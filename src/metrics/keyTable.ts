import type { ColumnAddress } from "../columns/address.js";
import type { Block } from "../columns/block.js";
import { ByteTable } from "../columns/byteTable.js";
import { type Conversion, conversionBetween } from "../columns/storageUnit.js";
import type { ColumnView } from "../columns/view.js";
import { KeyWriter, NO_KEY } from "./keyWriter.js";

/**
 * The distinct keys of some columns of one table, held in the terms of the columns of another that are looked up among
 * them. Exact; a key takes its bytes and about 17 more. A row with a null among its columns has no key.
 */
export class KeyTable {
  readonly #table = new ByteTable();
  readonly #addresses: readonly ColumnAddress[];
  readonly #conversions: readonly (Conversion | undefined)[];

  /** `addresses` are the columns that hold the keys, `own` those that are looked up; they are comparable pairwise. */
  constructor(addresses: readonly ColumnAddress[], own: readonly ColumnAddress[]) {
    this.#addresses = addresses;
    this.#conversions = addresses.map(({ type }, nth) => conversionBetween(type, own[nth]!.type));
  }

  /** Bytes held, nearly. */
  get byteLength(): number {
    return this.#table.byteLength;
  }

  /** Takes in the keys of a block. */
  observe(block: Block): void {
    const views = this.#addresses.map((address) => block.view(address));
    const valid = this.#addresses.map((address) => block.valid(address));
    const writer = new KeyWriter(views, block, this.#conversions);
    for (let i = 0; i < block.count; i++) {
      if (valid.some((flags) => flags?.[i] === 0)) continue;
      const end = writer.write(i);
      if (end !== NO_KEY) this.#table.add(writer.buffer, 0, end);
    }
  }

  /** Writes 1 for each of `count` rows from `from` on whose values are a key, else 0; nulls get either. */
  find(views: readonly ColumnView[], from: number, count: number, out: Uint8Array): void {
    const writer = new KeyWriter(views, { from, count });
    for (let i = 0; i < count; i++) {
      const end = writer.write(i);
      out[i] = this.#table.find(writer.buffer, 0, end) < 0 ? 0 : 1;
    }
  }
}
