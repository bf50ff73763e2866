import { ELEMENT, META } from "./fieldIds.js";
import { integerOf, type ParquetFooter, type ParquetRowGroup, structOf } from "./footer.js";

/** The most rows a batch has. */
export const BATCH_ROWS = 65536;

/** Decoded bytes that one call of the decoder should give. */
const TARGET_BYTES = 32 * 2 ** 20;
const FIRST_GUESS_ROWS = 1024;
const GROWTH = 16;
/** Windows of more rows than this end on a multiple of it, which keeps the blocks of later passes whole. */
const BLOCK_ROWS = 8192;
/** By physical type: the bytes of a value once decoded; byte arrays are counted apart. */
const WIDTHS = [1 / 8, 4, 8, 12, 4, 8] as const;

/**
 * How many rows to decode at a time, so that neither wide rows nor text that a dictionary page had folded small
 * takes more memory than planned. Where the footer doesn't tell the length of text, it starts with few rows and
 * takes up to sixteen times as many next, by what the last ones took.
 */
export class Window {
  #bytesPerRow: number;
  #most: number;

  constructor(rowBytes: number | undefined) {
    this.#bytesPerRow = rowBytes ?? 1;
    this.#most = rowBytes === undefined ? FIRST_GUESS_ROWS : Number.POSITIVE_INFINITY;
  }

  /** Rows to decode next, of `left`. */
  rows(left: number): number {
    const fitting = Math.max(1, Math.floor(Math.min(this.#most, TARGET_BYTES / this.#bytesPerRow)));
    const whole = fitting > BLOCK_ROWS ? fitting - (fitting % BLOCK_ROWS) : fitting;
    return Math.min(left, whole);
  }

  /** Takes note of what rows took once decoded. */
  learn(rows: number, bytes: number): void {
    this.#bytesPerRow = Math.max(bytes / rows, 1 / 8);
    this.#most = rows * GROWTH;
  }
}

/** Decoded bytes per row of some columns of a row group by its footer; undefined where it doesn't tell. */
export function rowBytes(
  footer: ParquetFooter,
  group: ParquetRowGroup,
  columns: readonly number[],
): number | undefined {
  let bytes = 0;
  for (const index of columns) {
    const column = footer.columns[index]!;
    const leaves = column.elements.filter((element) => (integerOf(element, ELEMENT.children) ?? 0) === 0);
    for (const [i, leaf] of leaves.entries()) {
      const { meta, values } = group.chunks[column.firstLeaf + i]!;
      const width = WIDTHS[integerOf(leaf, ELEMENT.type) ?? -1] ?? integerOf(leaf, ELEMENT.typeLength);
      const sizes = structOf(meta, META.sizes);
      const text = sizes && integerOf(sizes, 1);
      if (width === undefined && text === undefined) return undefined;
      bytes += width === undefined ? text! + 4 * values : width * values;
    }
  }
  return Math.max(bytes / group.rows, 1 / 8);
}
