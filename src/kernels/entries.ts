import { type Kernels, kernelsFor } from "./kernels.js";
import { KERNEL_ROWS, PLACES } from "./layout.js";
import { forgetTexts } from "./texts.js";

/** Partitions that keys are dealt to: enough that the keys of one are told apart in cache. */
export const PARTS = 256;

/** Words of an entry: the two words of its key, the low one first, and the row it came from. */
export const ENTRY = 3;

/** Keys that are dealt at a time: the more they are, the longer the stretches of one partition. */
export const DEALT = 4 * KERNEL_ROWS;

/** Where the kernel finds what it deals, in bytes from the start of its memory: all of it in the place of texts. */
const KEYS = PLACES.text;
const ROWS = KEYS + 8 * DEALT;
const ENDS = ROWS + 4 * DEALT;
const PARTS_OF_KEYS = ENDS + 4 * PARTS;
const OUT = PARTS_OF_KEYS + DEALT;

/** The 32 bits by which keys are told apart roughly. */
export function mixed(low: number, high: number): number {
  const hash = Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b);
  return Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
}

/** The partition of a key: all entries of one key are in one. The bits it takes are not those of `slotOf`. */
export function partOf(low: number, high: number): number {
  return mixed(low, high) >>> 24;
}

/** Where a key is first looked for in a table of `mask + 1` slots. */
export function slotOf(low: number, high: number, mask: number): number {
  const hash = mixed(low, high);
  return (hash ^ (hash >>> 13)) & mask;
}

/** Entries by partition, and in order within each. */
export interface Dealt {
  readonly entries: Int32Array;
  /** The place in `entries` where each partition ends; the next begins there. */
  readonly ends: Int32Array;
}

/** Deals `DEALT` keys at most, two words each, and the rows they came from to partitions. */
export function dealEntries(words: Int32Array, rows: Int32Array, count: number): Dealt {
  const kernels = kernelsFor(Math.min(count, KERNEL_ROWS));
  return kernels ? dealByKernel(kernels, words, rows, count) : dealByLoop(words, rows, count);
}

/** The kernel of `dealEntries`. */
export function dealByKernel(kernels: Kernels, words: Int32Array, rows: Int32Array, count: number): Dealt {
  const { run, words: memory } = kernels;
  forgetTexts(kernels);
  memory.set(words.subarray(0, count * 2), KEYS >> 2);
  memory.set(rows.subarray(0, count), ROWS >> 2);
  run.dealEntries(KEYS, ROWS, count, PARTS_OF_KEYS, ENDS, OUT);
  const ends = memory.slice(ENDS >> 2, (ENDS >> 2) + PARTS);
  for (let part = 0; part < PARTS; part++) ends[part]! >>= 2;
  return { entries: memory.slice(OUT >> 2, (OUT >> 2) + count * ENTRY), ends };
}

/** The twin of the kernel of `dealEntries`. */
export function dealByLoop(words: Int32Array, rows: Int32Array, count: number): Dealt {
  const ends = new Int32Array(PARTS);
  for (let i = 0; i < count; i++) ends[partOf(words[i * 2]!, words[i * 2 + 1]!)]! += ENTRY;
  let start = 0;
  for (let part = 0; part < PARTS; part++) {
    const size = ends[part]!;
    ends[part] = start;
    start += size;
  }
  const entries = new Int32Array(count * ENTRY);
  for (let i = 0; i < count; i++) {
    const low = words[i * 2]!;
    const high = words[i * 2 + 1]!;
    const part = partOf(low, high);
    const at = ends[part]!;
    entries[at] = low;
    entries[at + 1] = high;
    entries[at + 2] = rows[i]!;
    ends[part] = at + ENTRY;
  }
  return { entries, ends };
}
