import type { RowSet } from "../columns/rowSet.js";
import { BLOCK_ROWS } from "../columns/stage.js";
import type { KeptTexts } from "./keptTexts.js";
import type { Spill } from "./memoryBudget.js";
import { TextList } from "./textList.js";
import { type RowTexts, readTexts, type TextPiece, writeTexts } from "./textPiece.js";

/**
 * Texts in a file in the order of their rows. Most are written as they are held, since hardly any is ever looked at
 * again: who looks for some goes through all of them.
 */
export class SpilledTexts {
  readonly #pieces: TextPiece[] = [];
  readonly #spill: Spill;

  constructor(spill: Spill) {
    this.#spill = spill;
  }

  /** Writes the texts of `rows`, or of all rows, which come behind those that were written before. */
  write(texts: KeptTexts, rows: RowSet | undefined): void {
    for (const segment of texts.segments()) {
      if (rows) this.#writeSome(segment, rows);
      else if (segment.count > 0) this.#pieces.push(writeTexts(this.#spill, segment));
    }
  }

  #writeSome({ firstRow, rows, firstSlot, flat, count }: RowTexts, wanted: RowSet): void {
    const list = new TextList();
    for (let from = 0; from < count; from += BLOCK_ROWS) {
      const end = Math.min(count, from + BLOCK_ROWS);
      for (let nth = from; nth < end; nth++) {
        const row = rows ? rows[nth]! : firstRow + nth;
        const slot = firstSlot + nth;
        if (wanted.has(row)) list.add(row, flat.bytes, flat.offsets[slot]!, flat.offsets[slot + 1]!);
      }
      if (list.count > 0) this.#pieces.push(writeTexts(this.#spill, list.texts()));
      list.clear();
    }
  }

  /** All texts, at most 8,192 at a time. */
  *read(): Generator<RowTexts> {
    for (const piece of this.#pieces) {
      for (let from = 0; from < piece.count; from += BLOCK_ROWS) {
        yield readTexts(this.#spill, piece, from, Math.min(BLOCK_ROWS, piece.count - from));
      }
    }
  }
}
