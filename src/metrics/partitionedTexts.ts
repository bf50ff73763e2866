import type { RowSet } from "../columns/rowSet.js";
import { BLOCK_ROWS } from "../columns/stage.js";
import { PARTS, partOf } from "../kernels/entries.js";
import type { hashTexts } from "../kernels/hash.js";
import { KeptTexts } from "./keptTexts.js";
import type { Spill } from "./memoryBudget.js";
import { TextList } from "./textList.js";
import { type RowTexts, readTexts, sizeOf, type TextPiece, writeTexts } from "./textPiece.js";

// Bytes of a partition that wait to be written together: 8 MB in all.
const TOGETHER = 2 ** 15;

/** Texts in a file by the partition of their hash. */
export class PartitionedTexts {
  readonly #pieces: TextPiece[][] = Array.from({ length: PARTS }, () => []);
  readonly #spill: Spill;

  /** Takes the texts of `wanted` rows out of some, which are gone through once. */
  constructor(spill: Spill, texts: Iterable<RowTexts>, wanted: RowSet, hash: typeof hashTexts) {
    this.#spill = spill;
    const waiting = Array.from({ length: PARTS }, () => new TextList());
    const words = new Int32Array(BLOCK_ROWS * 2);
    for (const { flat, firstRow, rows, count } of texts) {
      hash(flat, 0, count, words);
      for (let nth = 0; nth < count; nth++) {
        const row = rows ? rows[nth]! : firstRow + nth;
        if (!wanted.has(row)) continue;
        const part = partOf(words[nth * 2]!, words[nth * 2 + 1]!);
        const list = waiting[part]!;
        list.add(row, flat.bytes, flat.offsets[nth]!, flat.offsets[nth + 1]!);
        if (list.size >= TOGETHER) this.#write(part, list);
      }
    }
    for (const [part, list] of waiting.entries()) if (list.count > 0) this.#write(part, list);
  }

  #write(part: number, list: TextList): void {
    this.#pieces[part]!.push(writeTexts(this.#spill, list.texts()));
    list.clear();
  }

  /** Bytes that a partition takes when it is read. */
  byteLength(part: number): number {
    return this.#pieces[part]!.reduce((sum, piece) => sum + sizeOf(piece), 0);
  }

  /** Reads the texts of a partition, by row. */
  read(part: number): KeptTexts {
    const kept = new KeptTexts();
    for (const piece of this.#pieces[part]!) {
      const { rows, flat } = readTexts(this.#spill, piece, 0, piece.count);
      kept.keepRows(rows!, flat);
    }
    return kept;
  }
}
