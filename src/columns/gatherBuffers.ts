import { doublesToInt64, int64ToDoubles } from "./int64.js";
import { LinesAhead } from "./linesAhead.js";
import { RunList, type Runs, rowsIn } from "./runs.js";

/** Any typed array. */
export type AnyArray = ArrayBufferView & { readonly length: number; readonly BYTES_PER_ELEMENT: number };

/** From this many elements on, one call of `set` is cheaper than a loop. */
const LONG_RUN = 48;

// A loop for each kind of array, since one that has seen several is slow. Doubles are not among them: a copy may change
// the bits of a NaN.

function copyBytes(source: Uint8Array, target: Uint8Array, stride: number, runs: Runs): void {
  let at = 0;
  for (let r = 0; r < runs.length; r += 2) {
    const from = runs[r]! * stride;
    const to = Math.min(runs[r + 1]! * stride, source.length);
    if (to - from >= LONG_RUN) target.set(source.subarray(from, to), at);
    else for (let i = from, k = at; i < to; i++, k++) target[k] = source[i]!;
    at += (runs[r + 1]! - runs[r]!) * stride;
  }
}

function copyWords(
  source: Int32Array,
  target: Int32Array,
  stride: number,
  runs: Runs,
  ahead: LinesAhead | undefined,
): void {
  let at = 0;
  for (let r = 0; r < runs.length; r += 2) {
    const from = runs[r]! * stride;
    const to = Math.min(runs[r + 1]! * stride, source.length);
    ahead?.reach(4 * from, 4 * to);
    if (to - from >= LONG_RUN) target.set(source.subarray(from, to), at);
    else for (let i = from, k = at; i < to; i++, k++) target[k] = source[i]!;
    at += (runs[r + 1]! - runs[r]!) * stride;
  }
}

function copyLongs(
  source: BigInt64Array,
  target: BigInt64Array,
  stride: number,
  runs: Runs,
  ahead: LinesAhead | undefined,
): void {
  let at = 0;
  for (let r = 0; r < runs.length; r += 2) {
    const from = runs[r]! * stride;
    const to = Math.min(runs[r + 1]! * stride, source.length);
    ahead?.reach(8 * from, 8 * to);
    if (to - from >= LONG_RUN) target.set(source.subarray(from, to), at);
    else for (let i = from, k = at; i < to; i++, k++) target[k] = source[i]!;
    at += (runs[r + 1]! - runs[r]!) * stride;
  }
}

/**
 * The bytes of the rows in `runs`, where a row is `stride` elements of `values`.
 * Rows past the end of `values` become zeros: Arrow pads batches with null rows that have no values.
 */
export function gatherFixed(values: AnyArray, stride: number, runs: Runs): Uint8Array {
  const width = stride * values.BYTES_PER_ELEMENT;
  const { buffer, byteOffset, byteLength } = values;
  const rows = rowsIn(runs);
  const target = new Uint8Array(rows * width);
  const ahead = LinesAhead.of(values, byteLength / width, rows);
  if (width % 8 === 0 && byteOffset % 8 === 0) {
    const longs = new BigInt64Array(buffer, byteOffset, Math.floor(byteLength / 8));
    copyLongs(longs, new BigInt64Array(target.buffer), width / 8, runs, ahead);
  } else if (width % 4 === 0 && byteOffset % 4 === 0) {
    const words = new Int32Array(buffer, byteOffset, Math.floor(byteLength / 4));
    copyWords(words, new Int32Array(target.buffer), width / 4, runs, ahead);
  } else {
    copyBytes(new Uint8Array(buffer, byteOffset, byteLength), target, width, runs);
  }
  return target;
}

/** What is left of a column with offsets: new offsets that begin at 0, and the runs of the child they point into. */
export interface GatheredOffsets {
  readonly offsets: Int32Array | BigInt64Array;
  readonly child: Float64Array;
}

/** Takes `runs` out of value offsets of 32 or 64 bits. Rows past their end, and rows of negative length, are empty. */
export function gatherOffsets(offsets: Int32Array | BigInt64Array, runs: Runs): GatheredOffsets {
  const rows = rowsIn(runs);
  if (offsets instanceof Int32Array) {
    const target = new Int32Array(rows + 1);
    return { offsets: target, child: rebase(offsets, target, runs) };
  }
  const target = new Float64Array(rows + 1);
  const child = rebase(int64ToDoubles(offsets), target, runs);
  return { offsets: doublesToInt64(target), child };
}

function rebase<T extends Int32Array | Float64Array>(offsets: T, target: T, runs: Runs): Float64Array {
  const child = new RunList();
  const last = offsets.length - 1;
  let row = 0;
  let end = 0;
  for (let r = 0; r < runs.length; r += 2) {
    const start = runs[r]!;
    const present = Math.min(runs[r + 1]!, last);
    const next = row + runs[r + 1]! - start;
    if (present > start) {
      const first = offsets[start]!;
      const shift = end - first;
      let reached = first;
      for (let i = start + 1; i <= present; i++) {
        // Offsets go back to 0 in the padding of a column that was made longer.
        if (offsets[i]! > reached) reached = offsets[i]!;
        target[++row] = reached + shift;
      }
      end = reached + shift;
      child.add(first, reached);
    }
    while (row < next) target[++row] = end;
  }
  return child.runs;
}
