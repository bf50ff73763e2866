import { type Kernels, kernelsFor, takeFlags } from "./kernels.js";
import { PLACES } from "./layout.js";
import { overTexts, stageOffsets, type Texts } from "./texts.js";

/** Inclusive bounds on the length of a text. */
export interface LengthRange {
  readonly least: number;
  readonly most: number;
  /** Length in bytes, else in code points. */
  readonly inBytes: boolean;
}

const MOST = 2 ** 31 - 1;

/** Code points in UTF-8 bytes [start, end): every byte that doesn't continue one. */
export function countCodePoints(bytes: Uint8Array, start: number, end: number): number {
  let points = 0;
  for (let i = start; i < end; i++) if ((bytes[i]! & 0xc0) !== 0x80) points++;
  return points;
}

/** Writes 1 for each text of [from, from + count) whose length lies within the range, else 0. */
export function lengthsWithin(
  texts: Texts,
  from: number,
  count: number,
  range: LengthRange,
  out: Uint8Array,
): void {
  const kernels = kernelsFor(count);
  if (kernels) lengthsByKernel(kernels, texts, from, count, range, out);
  else lengthsByLoop(texts, from, count, range, out, 0);
}

/** The kernel of `lengthsWithin`. */
export function lengthsByKernel(
  kernels: Kernels,
  texts: Texts,
  from: number,
  count: number,
  range: LengthRange,
  out: Uint8Array,
): void {
  const { run } = kernels;
  const least = Math.min(Math.max(0, Math.ceil(range.least)), MOST);
  const most = Math.min(Math.floor(range.most), MOST);
  if (!(range.least <= MOST && range.most >= 0)) {
    out.fill(0, 0, count);
    return;
  }
  stageOffsets(kernels, texts, from, count);
  // A code point takes four bytes at most: texts that are long enough even so need not be read.
  const surely = range.inBytes ? least : Math.min(Math.max(0, 4 * least - 3), MOST);
  const sure = run.bytesWithin(PLACES.offsets, count, surely, most, PLACES.flags);
  if (range.inBytes || sure === count) {
    takeFlags(kernels, PLACES.flags, count, out);
    return;
  }
  overTexts(
    kernels,
    texts,
    from,
    count,
    (_, text, rows, done) => {
      run.pointsWithin(text, PLACES.offsets, rows, least, most, PLACES.flags);
      takeFlags(kernels, PLACES.flags, rows, out, done);
    },
    (first, rows, done) => lengthsByLoop(texts, first, rows, range, out, done),
  );
}

/** The twin of the kernel of `lengthsWithin`, which writes from row `done` of `out` on. */
export function lengthsByLoop(
  { bytes, offsets }: Texts,
  from: number,
  count: number,
  { least, most, inBytes }: LengthRange,
  out: Uint8Array,
  done: number,
): void {
  for (let i = 0; i < count; i++) {
    const start = offsets[from + i]!;
    const end = offsets[from + i + 1]!;
    const length = inBytes ? end - start : countCodePoints(bytes, start, end);
    out[done + i] = length >= least && length <= most ? 1 : 0;
  }
}
