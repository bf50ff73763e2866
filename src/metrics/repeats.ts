import { RowSet } from "../columns/rowSet.js";
import { NEW, REPEATED, SECOND } from "./keySet.js";

/** Rows whose key comes more than once, as far as they are known. */
export class Repeats {
  /** Rows whose key came before. */
  readonly later = new RowSet();
  /** Rows of keys that come more than once, the first of each among them where its row is known. */
  readonly members = new RowSet();

  /** Bytes held. */
  get byteLength(): number {
    return this.later.byteLength + this.members.byteLength;
  }

  /** Notes a row whose key came before, first in row `first`. */
  add(first: number, later: number): void {
    this.later.add(later);
    this.members.add(first);
    this.members.add(later);
  }
}

/** Where a few keys first came, and which of them came again. */
export class FirstRows {
  #rows = new Int32Array(256);
  #again = new Uint8Array(256);
  #size = 0;
  repeated = 0;

  /** Notes that key number `nth` came in a row; a number not seen before is the next one. */
  note(nth: number, row: number, repeats: Repeats | undefined): number {
    if (nth === this.#size) {
      if (nth === this.#rows.length) {
        const rows = new Int32Array(nth * 2);
        rows.set(this.#rows);
        const again = new Uint8Array(nth * 2);
        again.set(this.#again);
        this.#rows = rows;
        this.#again = again;
      }
      this.#rows[nth] = row;
      this.#size++;
      return NEW;
    }
    repeats?.add(this.#rows[nth]!, row);
    if (this.#again[nth] === 1) return REPEATED;
    this.#again[nth] = 1;
    this.repeated++;
    return SECOND;
  }

  row(nth: number): number {
    return this.#rows[nth]!;
  }

  isRepeated(nth: number): boolean {
    return this.#again[nth] === 1;
  }
}
