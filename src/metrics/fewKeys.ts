import { REPEATS } from "./keyLog.js";
import { PairTable } from "./pairTable.js";
import { FirstRows, type Repeats } from "./repeats.js";

/** Keys of 64 bits while they are few: in a table, so that each row is told at once whether its key came before. */
export class FewKeys {
  readonly #table = new PairTable();
  readonly #firsts = new FirstRows();

  get size(): number {
    return this.#table.size;
  }

  /** Keys that came more than once. */
  get repeated(): number {
    return this.#firsts.repeated;
  }

  /** Adds the key of a row; NEW, SECOND or REPEATED. */
  add(low: number, high: number, row: number, repeats: Repeats | undefined): number {
    return this.#firsts.note(this.#table.add(low, high), row, repeats);
  }

  /** The keys, two words each, and their first rows, marked `REPEATS` where the key came again. */
  logged(): { readonly words: Int32Array; readonly rows: Int32Array } {
    const words = new Int32Array(this.size * 2);
    const rows = new Int32Array(this.size);
    for (let key = 0; key < this.size; key++) {
      words.set(this.#table.words(key), key * 2);
      rows[key] = this.#firsts.row(key) | (this.#firsts.isRepeated(key) ? REPEATS : 0);
    }
    return { words, rows };
  }
}
