import { ENTRY, slotOf } from "./entries.js";
import { type Kernels, kernelsFor } from "./kernels.js";
import { KERNEL_ROWS, PLACES, TEXT_BYTES } from "./layout.js";
import { forgetTexts } from "./texts.js";

// Cells for each key: one key in sixteen or fewer then shares its cell with another.
const CELLS = 16;
/** Cells at most: two bitmaps of them fill the place of texts. */
const MOST_CELLS = 4 * TEXT_BYTES;

// The blocks that entries are staged in: what lies between the values and the table holds 16,384 of them.
const STAGED = Math.floor((PLACES.table - PLACES.values) / (4 * ENTRY));

function cellsFor(count: number): number {
  let cells = 1024;
  while (cells < count * CELLS && cells < MOST_CELLS) cells *= 2;
  return cells;
}

/**
 * A place for entries of so many words that `siftEntries` needn't copy them from; undefined where they don't fit, or
 * no kernel is to do the work. Good until a kernel is called.
 */
export function roomForEntries(length: number): Int32Array | undefined {
  const cells = cellsFor(length / ENTRY);
  if (length * 4 + cells / 4 > TEXT_BYTES) return undefined;
  const at = (PLACES.text + cells / 4) >> 2;
  const kernels = kernelsFor(Math.min(length / ENTRY, KERNEL_ROWS));
  if (kernels) forgetTexts(kernels);
  return kernels?.words.subarray(at, at + length);
}

/**
 * Moves the entries whose key may come more than once to the front, in order, those whose row has its sign bit set among
 * them; returns how many words they take. Each of the others has a key that no other entry has. What lies behind is lost.
 */
export function siftEntries(entries: Int32Array, length: number): number {
  const kernels = kernelsFor(Math.min(length / ENTRY, KERNEL_ROWS));
  return kernels ? siftByKernel(kernels, entries, length) : siftByLoop(entries, length);
}

/** The kernel of `siftEntries`. */
export function siftByKernel(kernels: Kernels, entries: Int32Array, length: number): number {
  const { run, words } = kernels;
  forgetTexts(kernels);
  const cells = cellsFor(length / ENTRY);
  const once = PLACES.text;
  const more = once + cells / 8;
  words.fill(0, once >> 2, (more + cells / 8) >> 2);
  if (entries.buffer === words.buffer) {
    const count = length / ENTRY;
    run.countCells(entries.byteOffset, count, once, more, cells - 1);
    return run.pickEntries(entries.byteOffset, count, more, cells - 1) * ENTRY;
  }
  const at = PLACES.values >> 2;
  const inBlocks = (work: (from: number, count: number) => void): void => {
    for (let from = 0; from < length; from += STAGED * ENTRY) {
      const to = Math.min(length, from + STAGED * ENTRY);
      words.set(entries.subarray(from, to), at);
      work(from, (to - from) / ENTRY);
    }
  };
  inBlocks((_, count) => run.countCells(PLACES.values, count, once, more, cells - 1));
  let kept = 0;
  inBlocks((_, count) => {
    const picked = run.pickEntries(PLACES.values, count, more, cells - 1) * ENTRY;
    entries.set(words.subarray(at, at + picked), kept);
    kept += picked;
  });
  return kept;
}

/** The twin of the kernel of `siftEntries`. */
export function siftByLoop(entries: Int32Array, length: number): number {
  const cells = cellsFor(length / ENTRY);
  const once = new Int32Array(cells >> 5);
  const more = new Int32Array(cells >> 5);
  for (let at = 0; at < length; at += ENTRY) {
    const cell = slotOf(entries[at]!, entries[at + 1]!, cells - 1);
    const bit = 1 << cell;
    if ((once[cell >>> 5]! & bit) === 0) once[cell >>> 5]! |= bit;
    else more[cell >>> 5]! |= bit;
  }
  let kept = 0;
  for (let at = 0; at < length; at += ENTRY) {
    const cell = slotOf(entries[at]!, entries[at + 1]!, cells - 1);
    if ((more[cell >>> 5]! & (1 << cell)) === 0 && entries[at + 2]! >= 0) continue;
    entries.copyWithin(kept, at, at + ENTRY);
    kept += ENTRY;
  }
  return kept;
}
