import type { Block } from "../../../columns/block.js";
import { PAGE_ROWS } from "../../../columns/rowSet.js";

/**
 * Rows that one thread judges: those of a page of marks. Blocks never leave a stretch, so that their sums have the same
 * bits whoever takes it.
 */
export const STRETCH_ROWS = PAGE_ROWS;

/** Neighbouring blocks of one batch and one stretch. */
export interface StretchPart {
  readonly stretch: number;
  /** First row within the batch. */
  readonly from: number;
  readonly rows: number;
  /** First row within the source. */
  readonly firstRow: number;
  readonly blocks: readonly Block[];
}

/** Puts the blocks of a batch together by stretches. */
export function stretchesOf(blocks: Iterable<Block>): StretchPart[] {
  const byStretch = new Map<number, Block[]>();
  for (const block of blocks) {
    const stretch = Math.floor(block.row / STRETCH_ROWS);
    const known = byStretch.get(stretch);
    if (known) known.push(block);
    else byStretch.set(stretch, [block]);
  }
  return [...byStretch].map(([stretch, parts]) => ({
    stretch,
    from: parts[0]!.from,
    rows: parts.reduce((sum, { count }) => sum + count, 0),
    firstRow: parts[0]!.row,
    blocks: parts,
  }));
}
