/** Code points as sorted, disjoint, non-adjacent inclusive ranges: `[lo, hi, lo, hi, ...]`. */
export type CharSet = readonly number[];

/** The last code point of Unicode. */
export const LAST_CODE_POINT = 0x10ffff;

/** No code point. */
export const NONE: CharSet = [];

/** Every code point. */
export const ANY: CharSet = [0, LAST_CODE_POINT];

/** ASCII digits, what `\d` means in RE2 and in JavaScript. */
export const DIGITS: CharSet = [0x30, 0x39];

/** ASCII word characters, what `\w` means in RE2 and, without folding, in JavaScript. */
export const WORD: CharSet = [0x30, 0x39, 0x41, 0x5a, 0x5f, 0x5f, 0x61, 0x7a];

/** The line feed alone: RE2's and Python's only line terminator. */
export const NEWLINE: CharSet = [0x0a, 0x0a];

/** The code points that exist in UTF-16 only, and never in UTF-8 text. */
export const SURROGATES: CharSet = [0xd800, 0xdfff];

/** The set of `pairs` of inclusive bounds, in any order, overlapping or not. */
export function charSet(pairs: readonly number[]): CharSet {
  const ranges: [number, number][] = [];
  for (let i = 0; i < pairs.length; i += 2) ranges.push([pairs[i]!, pairs[i + 1]!]);
  ranges.sort((a, b) => a[0] - b[0]);
  const out: number[] = [];
  for (const [lo, hi] of ranges) {
    const last = out.length - 1;
    if (last > 0 && lo <= out[last]! + 1) out[last] = Math.max(out[last]!, hi);
    else out.push(lo, hi);
  }
  return out;
}

/** The set of one code point. */
export function single(codePoint: number): CharSet {
  return [codePoint, codePoint];
}

/** The code points of any of `sets`. */
export function union(...sets: readonly CharSet[]): CharSet {
  const filled = sets.filter((set) => set.length > 0);
  return filled.length === 1 ? filled[0]! : charSet(filled.flat());
}

/** The code points that are not in `set`. */
export function complement(set: CharSet): CharSet {
  const out: number[] = [];
  let from = 0;
  for (let i = 0; i < set.length; i += 2) {
    if (set[i]! > from) out.push(from, set[i]! - 1);
    from = set[i + 1]! + 1;
  }
  if (from <= LAST_CODE_POINT) out.push(from, LAST_CODE_POINT);
  return out;
}

/** The code points of both sets. */
export function intersection(a: CharSet, b: CharSet): CharSet {
  const out: number[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const lo = Math.max(a[i]!, b[j]!);
    const hi = Math.min(a[i + 1]!, b[j + 1]!);
    if (lo <= hi) out.push(lo, hi);
    if (a[i + 1]! < b[j + 1]!) i += 2;
    else j += 2;
  }
  return out;
}

/** Whether both sets hold the same code points. */
export function sameSet(a: CharSet, b: CharSet): boolean {
  return a.length === b.length && a.every((bound, i) => bound === b[i]);
}

/** Whether every code point of `a` is in `b`. */
export function isSubset(a: CharSet, b: CharSet): boolean {
  return sameSet(intersection(a, b), a);
}

/** Whether `codePoint` is in `set`. */
export function has(set: CharSet, codePoint: number): boolean {
  for (let i = 0; i < set.length && set[i]! <= codePoint; i += 2) if (codePoint <= set[i + 1]!) return true;
  return false;
}
