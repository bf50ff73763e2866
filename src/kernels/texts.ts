import type { Kernels } from "./kernels.js";
import { PLACES, TEXT_BYTES } from "./layout.js";

/** Texts side by side: text `i` is bytes `offsets[i]` to `offsets[i + 1]`. */
export interface Texts {
  readonly bytes: Uint8Array;
  readonly offsets: Int32Array;
}

/** Works on rows [from, from + count) of texts whose results belong at `done` and behind it. */
export type TextLoop = (from: number, count: number, done: number) => void;

/** As TextLoop, on texts that are staged: `text` is where the byte at offset 0 would lie. */
export type TextKernel = (kernels: Kernels, text: number, count: number, done: number) => void;

function rowsThatFit(offsets: Int32Array, from: number, count: number): number {
  let rows = count;
  while (rows > 0 && offsets[from + rows]! - offsets[from]! > TEXT_BYTES) rows >>= 1;
  return rows;
}

/** Runs a kernel over texts, in as many parts as their bytes take; a text that fits no part is left to the loop. */
export function overTexts(
  kernels: Kernels,
  { bytes, offsets }: Texts,
  from: number,
  count: number,
  kernel: TextKernel,
  loop: TextLoop,
): void {
  for (let done = 0; done < count; ) {
    const first = from + done;
    const rows = rowsThatFit(offsets, first, count - done);
    if (rows === 0) {
      // One text that is longer than the place for all of them.
      loop(first, 1, done);
      done++;
      continue;
    }
    const start = offsets[first]!;
    kernels.bytes.set(bytes.subarray(start, offsets[first + rows]!), PLACES.text);
    kernels.words.set(offsets.subarray(first, first + rows + 1), PLACES.offsets >> 2);
    kernel(kernels, PLACES.text - start, rows, done);
    done += rows;
  }
}
