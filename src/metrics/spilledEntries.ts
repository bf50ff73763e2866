import { ENTRY, PARTS } from "../kernels/entries.js";
import { KeptTexts } from "./keptTexts.js";
import type { Spill } from "./memoryBudget.js";

/** Entries of one partition that were spilled together, with their texts where they have any. */
interface Piece {
  readonly position: number;
  readonly words: number;
  readonly textBytes: number;
}

/** Gives the text of a row: see `KeptTexts.at`. */
export type TextOf = <T>(row: number, use: (bytes: Uint8Array, start: number, end: number) => T) => T;

const bytesOf = (words: Int32Array) => new Uint8Array(words.buffer, words.byteOffset, words.byteLength);

/** Entries of a log in a file, by partition and in order, and the texts of their rows behind them. */
export class SpilledEntries {
  readonly #pieces: Piece[][] = Array.from({ length: PARTS }, () => []);
  #spill: Spill | undefined;
  size = 0;

  /** Writes entries of a partition, behind all that were written of it before. */
  write(spill: Spill, part: number, entries: Int32Array, textOf: TextOf | undefined): void {
    if (entries.length === 0) return;
    this.#spill = spill;
    const position = spill.write(bytesOf(entries));
    const piece = { position, words: entries.length, textBytes: 0 };
    if (textOf) {
      const { ends, bytes } = textsOf(entries, textOf);
      spill.write(bytesOf(ends));
      spill.write(bytes);
      piece.textBytes = bytes.length;
    }
    this.#pieces[part]!.push(piece);
    this.size += entries.length / ENTRY;
  }

  /** Words that the entries of a partition take. */
  words(part: number): number {
    return this.#pieces[part]!.reduce((sum, { words }) => sum + words, 0);
  }

  /** Bytes that a partition takes when it is read. */
  byteLength(part: number): number {
    return this.#pieces[part]!.reduce((sum, { words, textBytes }) => sum + words * 8 + textBytes, 0);
  }

  /** Reads the entries of a partition into `out`; returns how many words they are. */
  read(part: number, out: Int32Array): number {
    let length = 0;
    for (const { position, words } of this.#pieces[part]!) {
      this.#spill!.read(position, bytesOf(out.subarray(length, length + words)));
      length += words;
    }
    return length;
  }

  /** Reads the texts of a partition, by row. */
  texts(part: number): KeptTexts {
    const texts = new KeptTexts();
    for (const { position, words, textBytes } of this.#pieces[part]!) {
      const entries = new Int32Array(words);
      this.#spill!.read(position, bytesOf(entries));
      const count = words / ENTRY;
      const offsets = new Int32Array(count + 1);
      const bytes = new Uint8Array(textBytes);
      const behind = position + words * 4;
      this.#spill!.read(behind, bytesOf(offsets));
      this.#spill!.read(behind + offsets.byteLength, bytes);
      const rows = Int32Array.from({ length: count }, (_, nth) => entries[nth * ENTRY + 2]! & 0x7fff_ffff);
      texts.keepRows(rows, { bytes, offsets });
    }
    return texts;
  }
}

function textsOf(entries: Int32Array, textOf: TextOf): { ends: Int32Array; bytes: Uint8Array } {
  const count = entries.length / ENTRY;
  const ends = new Int32Array(count + 1);
  let bytes = new Uint8Array(count * 32);
  for (let nth = 0; nth < count; nth++) {
    const row = entries[nth * ENTRY + 2]! & 0x7fff_ffff;
    ends[nth + 1] = textOf(row, (text, start, end) => {
      const from = ends[nth]!;
      const to = from + end - start;
      if (to > bytes.length) {
        const wider = new Uint8Array(to * 2);
        wider.set(bytes);
        bytes = wider;
      }
      for (let i = start, at = from; i < end; i++, at++) bytes[at] = text[i]!;
      return to;
    });
  }
  return { ends, bytes: bytes.subarray(0, ends[count]!) };
}
