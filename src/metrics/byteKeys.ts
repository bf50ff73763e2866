import type { ColumnAddress } from "../columns/address.js";
import type { Block } from "../columns/block.js";
import { ByteTable } from "../columns/byteTable.js";
import { type KeySet, NEW, REPEATED, SECOND } from "./keySet.js";
import { KeyWriter } from "./keyWriter.js";

/** Asks for the key of one row of a block: its bytes lie in [start, end) of `bytes`. */
interface KeyReader {
  bytes: Uint8Array;
  start: number;
  end: number;
  read(i: number): void;
}

/** Distinct keys of one text column, or of several columns together, held as bytes and compared as bytes. */
export class ByteKeys implements KeySet {
  readonly #addresses: readonly ColumnAddress[];
  readonly #table = new ByteTable();
  #more = new Uint8Array(64);
  repeated = 0;

  constructor(addresses: readonly ColumnAddress[]) {
    this.#addresses = addresses;
  }

  get byteLength(): number {
    return this.#table.byteLength + this.#more.byteLength;
  }

  get size(): number {
    return this.#table.size;
  }

  observe(block: Block, included: Uint8Array | undefined, out: Uint8Array): boolean {
    const key = this.#reader(block);
    let told = false;
    for (let i = 0; i < block.count; i++) {
      if (included && included[i] === 0) continue;
      key.read(i);
      const known = this.#table.size;
      const nth = this.#table.add(key.bytes, key.start, key.end);
      if (nth >= this.#more.length) {
        const wider = new Uint8Array(this.#more.length * 2);
        wider.set(this.#more);
        this.#more = wider;
      }
      if (nth === known) {
        out[i] = NEW;
        continue;
      }
      told = true;
      if (this.#more[nth] === 1) out[i] = REPEATED;
      else {
        this.#more[nth] = 1;
        this.repeated++;
        out[i] = SECOND;
      }
    }
    return told;
  }

  findRepeated(block: Block, included: Uint8Array | undefined, out: Uint8Array): void {
    const key = this.#reader(block);
    for (let i = 0; i < block.count; i++) {
      out[i] = 0;
      if (included && included[i] === 0) continue;
      key.read(i);
      const nth = this.#table.find(key.bytes, key.start, key.end);
      if (nth >= 0) out[i] = this.#more[nth]!;
    }
  }

  #reader(block: Block): KeyReader {
    const views = this.#addresses.map((address) => block.view(address));
    const [only] = views;
    if (views.length === 1 && only?.lane === "bytes") {
      const codes = only.dictionary && only.codes(block.from, block.count);
      const { bytes, offsets } = (only.dictionary ?? only).flat;
      return {
        bytes,
        start: 0,
        end: 0,
        read(i) {
          const slot = codes ? codes[i]! : block.from + i;
          this.start = offsets[slot]!;
          this.end = offsets[slot + 1]!;
        },
      };
    }
    const writer = new KeyWriter(views, block);
    return {
      bytes: writer.buffer,
      start: 0,
      end: 0,
      read(i) {
        this.end = writer.write(i);
        this.bytes = writer.buffer;
      },
    };
  }
}
