import type { ColumnAddress } from "../columns/address.js";
import type { Block } from "../columns/block.js";
import type { FlatBytes } from "../columns/flatData.js";
import { BLOCK_ROWS } from "../columns/stage.js";
import { KeyWriter } from "./keyWriter.js";

/** The keys of some rows of a block as bytes. Valid until the next block is read, but for `flat`. */
export interface TextKeys {
  readonly flat: FlatBytes;
  /** The slot of `flat` that holds the first key, or the block's first row where `isWhole`. */
  readonly firstSlot: number;
  readonly count: number;
  /** Where in the block each key stands; absent when all rows have one. */
  readonly places: Int32Array | undefined;
  /** True when `flat` holds all rows of the block on end, those without a key among them; else it holds keys only. */
  readonly isWhole: boolean;
}

/** Reads keys of text, or of several columns, as bytes: of one plain column its own, else written one behind the other. */
export class TextKeyReader {
  readonly #addresses: readonly ColumnAddress[];
  readonly #places = new Int32Array(BLOCK_ROWS);

  constructor(addresses: readonly ColumnAddress[]) {
    this.#addresses = addresses;
  }

  read(block: Block, included: Uint8Array | undefined): TextKeys {
    const views = this.#addresses.map((address) => block.view(address));
    const [only] = views;
    const places = this.#included(included, block.count);
    const count = places ? places.length : block.count;
    if (views.length > 1 || only?.lane !== "bytes" || only.dictionary) {
      const flat = written(new KeyWriter(views, block), places, count);
      return { flat, firstSlot: 0, count, places, isWhole: places === undefined };
    }
    return { flat: only.flat, firstSlot: block.from, count, places, isWhole: true };
  }

  #included(included: Uint8Array | undefined, rows: number): Int32Array | undefined {
    if (!included) return undefined;
    let count = 0;
    for (let i = 0; i < rows; i++) {
      this.#places[count] = i;
      count += included[i]!;
    }
    return count === rows ? undefined : this.#places.subarray(0, count);
  }
}

function written(writer: KeyWriter, places: Int32Array | undefined, count: number): FlatBytes {
  let bytes = new Uint8Array(count * 16);
  const offsets = new Int32Array(count + 1);
  let end = 0;
  for (let nth = 0; nth < count; nth++) {
    const length = writer.write(places ? places[nth]! : nth);
    if (end + length > bytes.length) {
      const wider = new Uint8Array((end + length) * 2);
      wider.set(bytes);
      bytes = wider;
    }
    const { buffer } = writer;
    for (let i = 0; i < length; i++) bytes[end + i] = buffer[i]!;
    end += length;
    offsets[nth + 1] = end;
  }
  return { bytes, offsets };
}
