import type { Kernels } from "./kernels.js";
import { PLACES, TEXT_BYTES } from "./layout.js";

/** Texts side by side: text `i` is bytes `offsets[i]` to `offsets[i + 1]`. */
export interface Texts {
  readonly bytes: Uint8Array;
  readonly offsets: Int32Array;
}

/** Texts that may lie in place: `count` of them from number `from` on. */
export interface HeldTexts {
  readonly texts: Texts;
  readonly from: number;
  readonly count: number;
  hasOffsets: boolean;
  hasBytes: boolean;
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

function holdTexts(kernels: Kernels, texts: Texts, from: number, count: number): HeldTexts {
  const held = kernels.texts;
  const isSame = held?.texts.bytes === texts.bytes && held.texts.offsets === texts.offsets;
  if (held && isSame && held.from === from && held.count === count) return held;
  kernels.texts = { texts, from, count, hasOffsets: false, hasBytes: false };
  return kernels.texts;
}

/** Says that something else was put where texts or their offsets lie. */
export function forgetTexts(kernels: Kernels): void {
  kernels.texts = undefined;
}

/** Puts the offsets of some texts into place, unless they lie there. */
export function stageOffsets(kernels: Kernels, texts: Texts, from: number, count: number): void {
  const held = holdTexts(kernels, texts, from, count);
  if (held.hasOffsets) return;
  held.hasOffsets = true;
  kernels.words.set(texts.offsets.subarray(from, from + count + 1), PLACES.offsets >> 2);
}

function stageTexts(kernels: Kernels, texts: Texts, from: number, count: number): void {
  stageOffsets(kernels, texts, from, count);
  const held = holdTexts(kernels, texts, from, count);
  if (held.hasBytes) return;
  held.hasBytes = true;
  const { bytes, offsets } = texts;
  kernels.bytes.set(bytes.subarray(offsets[from]!, offsets[from + count]!), PLACES.text);
}

/** Runs a kernel over texts, in as many parts as their bytes take; a text that fits no part is left to the loop. */
export function overTexts(
  kernels: Kernels,
  texts: Texts,
  from: number,
  count: number,
  kernel: TextKernel,
  loop: TextLoop,
): void {
  const { offsets } = texts;
  for (let done = 0; done < count; ) {
    const first = from + done;
    const rows = rowsThatFit(offsets, first, count - done);
    if (rows === 0) {
      // One text that is longer than the place for all of them.
      loop(first, 1, done);
      done++;
      continue;
    }
    stageTexts(kernels, texts, first, rows);
    kernel(kernels, PLACES.text - offsets[first]!, rows, done);
    done += rows;
  }
}
