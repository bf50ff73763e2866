import { type CharSet, intersection } from "./charSet.js";

/** A byte range for each byte of an encoded character: `[lo, hi, lo, hi, ...]`, one to four pairs. */
export type ByteRanges = readonly number[];

/** The code points of UTF-8 text by the length of their encoding; surrogates have none. */
const LENGTHS: readonly CharSet[] = [
  [0x00, 0x7f],
  [0x80, 0x7ff],
  [0x800, 0xd7ff, 0xe000, 0xffff],
  [0x10000, 0x10ffff],
];

const LEAD_MARKS = [0x00, 0xc0, 0xe0, 0xf0];

/**
 * The UTF-8 encodings of a set's code points, in order of code points.
 *
 * Any two of the results begin with equal or with disjoint byte ranges, and so on along equal ones.
 */
export function encodings(set: CharSet): ByteRanges[] {
  const out: ByteRanges[] = [];
  for (const [extra, codePoints] of LENGTHS.entries()) {
    const part = intersection(set, codePoints);
    for (let i = 0; i < part.length; i += 2)
      split(part[i]!, part[i + 1]!, extra, LEAD_MARKS[extra]!, [], out);
  }
  return out;
}

/**
 * Splits [lo, hi], seen as numbers of `extra` + 1 digits of 64, until each digit has a range of its own: the first
 * digit alone where the others run through all of theirs, else each of its values by itself.
 */
function split(
  lo: number,
  hi: number,
  extra: number,
  mark: number,
  before: number[],
  out: ByteRanges[],
): void {
  const unit = 64 ** extra;
  const first = Math.floor(lo / unit);
  const last = Math.floor(hi / unit);
  if (extra === 0) {
    out.push([...before, mark + lo, mark + hi]);
    return;
  }
  const from = lo % unit;
  const to = hi % unit;
  if (first === last) {
    split(from, to, extra - 1, 0x80, [...before, mark + first, mark + first], out);
    return;
  }
  const whole = unit - 1;
  let next = first;
  if (from > 0) {
    split(from, whole, extra - 1, 0x80, [...before, mark + next, mark + next], out);
    next++;
  }
  const end = to < whole ? last - 1 : last;
  if (next <= end) split(0, whole, extra - 1, 0x80, [...before, mark + next, mark + end], out);
  if (to < whole) split(0, to, extra - 1, 0x80, [...before, mark + last, mark + last], out);
}
