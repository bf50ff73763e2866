import { BinaryView } from "apache-arrow";
import { type AnyArray, gatherFixed } from "./gatherBuffers.js";
import type { Runs } from "./runs.js";

/** The views of the rows taken, 16 bytes each, and the buffers that the long values live in. */
export interface GatheredViews {
  readonly views: Uint8Array;
  readonly buffers: readonly Uint8Array[];
}

/** Four words a view: length, prefix, buffer, position. */
const WORDS = BinaryView.ELEMENT_WIDTH / 4;
const LARGEST_BUFFER = 2 ** 31 - 1;

/**
 * Takes `runs` out of a view column. The buffers are shared while the rows taken use half of them or more;
 * otherwise the values are copied, so that a few rows do not keep (or write to a file) the bytes of all.
 * `validity` is the bitmap of the rows taken, since the view of a null row may hold anything.
 */
export function gatherViews(
  values: AnyArray,
  buffers: readonly Uint8Array[],
  runs: Runs,
  validity: Uint8Array | undefined,
): GatheredViews {
  const views = gatherFixed(values, BinaryView.ELEMENT_WIDTH, runs);
  const words = new Int32Array(views.buffer);
  const isLong = (at: number) =>
    words[at]! > BinaryView.INLINE_CAPACITY &&
    (validity === undefined || ((validity[at >>> 5]! >> ((at >>> 2) & 7)) & 1) === 1);

  let used = 0;
  for (let at = 0; at < words.length; at += WORDS) if (isLong(at)) used += words[at]!;
  const held = buffers.reduce((sum, buffer) => sum + buffer.byteLength, 0);
  if (used * 2 >= held || used > LARGEST_BUFFER) return { views, buffers };

  const bytes = new Uint8Array(used);
  let end = 0;
  for (let at = 0; at < words.length; at += WORDS) {
    if (!isLong(at)) {
      if (words[at]! > BinaryView.INLINE_CAPACITY) words.fill(0, at, at + WORDS);
      continue;
    }
    const from = words[at + 3]!;
    bytes.set(buffers[words[at + 2]!]!.subarray(from, from + words[at]!), end);
    words[at + 2] = 0;
    words[at + 3] = end;
    end += words[at]!;
  }
  return { views, buffers: used === 0 ? [] : [bytes] };
}
