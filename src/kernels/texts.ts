import type { Kernels } from "./kernels.js";
import { PLACES, TEXT_BYTES } from "./layout.js";

/** Texts side by side: text `i` is bytes `offsets[i]` to `offsets[i + 1]`. */
export interface Texts {
  readonly bytes: Uint8Array;
  readonly offsets: Int32Array;
}

/** Texts that lie in place: `count` of them from number `from` on. */
export interface HeldTexts {
  readonly texts: Texts;
  readonly from: number;
  readonly count: number;
  readonly stamp: number;
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

function heldStamp({ texts: held }: Kernels, texts: Texts, from: number, count: number): number | undefined {
  if (held?.texts.bytes !== texts.bytes || held.texts.offsets !== texts.offsets) return undefined;
  return held.from === from && held.count === count ? held.stamp : undefined;
}

let stamps = 0;

/** The stamp of some texts from now on: of those in place, or a new one, which stands nowhere yet. */
function stampOf(kernels: Kernels, texts: Texts, from: number, count: number): number {
  const known = heldStamp(kernels, texts, from, count);
  if (known !== undefined) return known;
  kernels.texts = { texts, from, count, stamp: ++stamps };
  return stamps;
}

/** Puts the offsets of some texts into place, unless they lie there. */
export function stageOffsets(kernels: Kernels, texts: Texts, from: number, count: number): void {
  const stamp = stampOf(kernels, texts, from, count);
  const { doubles, words } = kernels;
  if (doubles[PLACES.offsetsStamp >> 3] === stamp) return;
  doubles[PLACES.offsetsStamp >> 3] = stamp;
  words.set(texts.offsets.subarray(from, from + count + 1), PLACES.offsets >> 2);
}

function stageTexts(kernels: Kernels, texts: Texts, from: number, count: number): void {
  stageOffsets(kernels, texts, from, count);
  const { bytes, doubles } = kernels;
  const stamp = stampOf(kernels, texts, from, count);
  if (doubles[PLACES.text >> 3] === stamp) return;
  doubles[PLACES.text >> 3] = stamp;
  bytes.set(texts.bytes.subarray(texts.offsets[from]!, texts.offsets[from + count]!), PLACES.texts);
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
    kernel(kernels, PLACES.texts - offsets[first]!, rows, done);
    done += rows;
  }
}
