import { type Kernels, stageTable, takeFlags } from "./kernels.js";
import { PLACES } from "./layout.js";
import { overTexts, type Texts } from "./texts.js";

const BYTES = 256;

/** Rows of a table that the kernel can hold; one more stands for entries that are not there yet. */
export const MOST_ROWS = 255;

/** An automaton's table as the kernel walks it. */
export interface WalkTable {
  readonly bytes: Uint8Array;
  readonly rows: number;
  readonly initial: number;
}

/** Judges texts as `walkTexts` does; gives how many it judged. */
export type WalkLoop = (from: number, count: number, done: number) => number;

/**
 * The table of an automaton of so many rows, whose entries are multiples of 256, or negative where they are not there yet;
 * `accepts` has one byte a row.
 */
export function walkTable(
  entries: Int32Array,
  accepts: Uint8Array,
  rows: number,
  initial: number,
): WalkTable {
  const table = new Uint16Array((rows + 1) * BYTES + BYTES).fill(rows * BYTES);
  for (let i = 0; i < rows * BYTES; i++) if (entries[i]! >= 0) table[i] = entries[i]!;
  const bytes = new Uint8Array(table.buffer);
  bytes.set(accepts.subarray(0, rows), 2 * (rows + 1) * BYTES);
  return { bytes, rows, initial };
}

/**
 * Walks texts [from, from + count): writes what `accepts` says of the rows they end in. Gives how many it judged: it stops at
 * a text that needs an entry which is not there yet. `loop` is the twin, for what can't be staged.
 */
export function walkTexts(
  kernels: Kernels,
  { bytes, rows: known, initial }: WalkTable,
  texts: Texts,
  from: number,
  count: number,
  out: Uint8Array,
  loop: WalkLoop,
): number {
  const table = stageTable(kernels, bytes);
  const accepts = table + 2 * (known + 1) * BYTES;
  let judged = 0;
  overTexts(
    kernels,
    texts,
    from,
    count,
    ({ run }, text, rows, done) => {
      if (judged < done) return;
      judged += run.walkTexts(
        ...([table, accepts, known * BYTES, initial] as const),
        ...([text, PLACES.offsets, rows, PLACES.flags] as const),
      );
      takeFlags(kernels, PLACES.flags, judged - done, out, done);
    },
    (first, rows, done) => {
      if (judged === done) judged += loop(first, rows, done);
    },
  );
  return judged;
}
