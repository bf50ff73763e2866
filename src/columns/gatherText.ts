import { LinesAhead } from "./linesAhead.js";
import { type Runs, rowsIn } from "./runs.js";

/** Texts, or other bytes of any length, one after the other; row i is the bytes from offset i to the next. */
export interface GatheredText {
  readonly offsets: Int32Array;
  readonly values: Uint8Array;
}

/** From this many bytes on, one call of `set` is cheaper than a loop. */
const LONG_RUN = 64;
const WORDS_BYTES = 8;

/** Takes `runs` out of texts with offsets of 32 bits. Rows past their end, and rows of negative length, are empty. */
export function gatherText(offsets: Int32Array, values: Uint8Array, runs: Runs): GatheredText {
  const target = new Int32Array(rowsIn(runs) + 1);
  const last = offsets.length - 1;
  let row = 0;
  let end = 0;
  for (let r = 0; r < runs.length; r += 2) {
    const start = runs[r]!;
    const present = Math.min(runs[r + 1]!, last);
    const next = row + runs[r + 1]! - start;
    if (present > start) {
      let reached = offsets[start]!;
      const shift = end - reached;
      for (let i = start + 1; i <= present; i++) {
        // Offsets go back to 0 in the padding of a column that was made longer.
        if (offsets[i]! > reached) reached = offsets[i]!;
        target[++row] = reached + shift;
      }
      end = reached + shift;
    }
    while (row < next) target[++row] = end;
  }
  return { offsets: target, values: copyTexts(offsets, values, runs, target) };
}

function copyTexts(offsets: Int32Array, values: Uint8Array, runs: Runs, ends: Int32Array): Uint8Array {
  const bytes = ends.at(-1)!;
  // Whole words are copied, so that the last reaches beyond its text; the next text is written over that.
  const target = new Uint8Array(bytes + WORDS_BYTES);
  const from = new DataView(values.buffer, values.byteOffset, values.byteLength);
  const to = new DataView(target.buffer);
  const safe = values.byteLength - WORDS_BYTES;
  const ahead = LinesAhead.of(values, offsets.length - 1, ends.length - 1);
  let row = 0;
  let at = 0;
  for (let r = 0; r < runs.length; r += 2) {
    row += runs[r + 1]! - runs[r]!;
    const length = ends[row]! - at;
    if (length === 0) continue;
    const first = offsets[runs[r]!]!;
    ahead?.reach(first, first + length);
    if (length >= LONG_RUN || first + length > safe) {
      target.set(values.subarray(first, first + length), at);
    } else {
      for (let i = 0; i < length; i += WORDS_BYTES) {
        to.setInt32(at + i, from.getInt32(first + i, true), true);
        to.setInt32(at + i + 4, from.getInt32(first + i + 4, true), true);
      }
    }
    at += length;
  }
  return target.fill(0, bytes).subarray(0, bytes);
}
