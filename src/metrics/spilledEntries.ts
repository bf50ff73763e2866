import { ENTRY, PARTS } from "../kernels/entries.js";
import type { Spill } from "./memoryBudget.js";

/** Entries of one partition that were spilled together. */
interface Piece {
  readonly position: number;
  readonly words: number;
}

/** Entries of a log in a file, by partition and in order. */
export class SpilledEntries {
  readonly #pieces: Piece[][] = Array.from({ length: PARTS }, () => []);
  readonly #spill: Spill;
  size = 0;

  constructor(spill: Spill) {
    this.#spill = spill;
  }

  /** Writes entries of a partition, behind all that were written of it before. */
  write(part: number, entries: Int32Array): void {
    if (entries.length === 0) return;
    this.#pieces[part]!.push({ position: this.#spill.write(bytesOf(entries)), words: entries.length });
    this.size += entries.length / ENTRY;
  }

  /** Words that the entries of a partition take. */
  words(part: number): number {
    return this.#pieces[part]!.reduce((sum, { words }) => sum + words, 0);
  }

  /** Reads the entries of a partition into `out`; returns how many words they are. */
  read(part: number, out: Int32Array): number {
    let length = 0;
    for (const { position, words } of this.#pieces[part]!) {
      this.#spill.read(position, bytesOf(out.subarray(length, length + words)));
      length += words;
    }
    return length;
  }
}

const bytesOf = (words: Int32Array) => new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
