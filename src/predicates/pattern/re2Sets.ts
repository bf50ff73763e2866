import { RE2JS } from "re2js";
import { ANY, type CharSet, charSet, intersection, LAST_CODE_POINT, NONE } from "./charSet.js";
import { printRanges } from "./printSet.js";

// Unlikely in any set, so that the union below is never a lone literal, which re2js would compile otherwise.
const SENTINEL = LAST_CODE_POINT;

const known = new Map<string, CharSet>();
const KNOWN_LIMIT = 1000;

/**
 * The code points that a one-character RE2 pattern (`\p{Greek}`, `(?i:[k-s])`) matches, by re2js's own tables, so
 * that everything here folds and classifies as the library does, whatever the runtime's version of Unicode.
 */
export function setOf(re2: string): CharSet {
  let set = known.get(re2);
  if (set === undefined) {
    set = readSet(re2) ?? probeSet(re2);
    if (known.size >= KNOWN_LIMIT) known.clear();
    known.set(re2, set);
  }
  return set;
}

/** `set` with every code point that differs from one of it by simple case folding only. */
export function foldCase(set: CharSet): CharSet {
  if (set.length === 0) return NONE;
  if (set.length === 2 && set[0] === 0 && set[1] === LAST_CODE_POINT) return ANY;
  return setOf(`(?i:[${printRanges(set)}])`);
}

/** Reads the set out of the compiled program, or gives undefined if re2js compiled to something unexpected. */
function readSet(re2: string): CharSet | undefined {
  const runes: unknown = RE2JS.compile(`${re2}|\\x{10FFFF}`).re2().prog?.inst?.[1]?.runes;
  if (!Array.isArray(runes) && !(runes instanceof Int32Array)) return undefined;
  let pairs: number[] = Array.from(runes as ArrayLike<number>);
  if (pairs.length === 1) pairs = [pairs[0]!, pairs[0]!];
  if (pairs.length % 2 !== 0 || !pairs.every((bound) => Number.isInteger(bound) && bound >= 0))
    return undefined;
  const matcher = RE2JS.compile(re2);
  const matches = (codePoint: number) => matcher.test(String.fromCodePoint(codePoint));
  const set = matches(SENTINEL) ? charSet(pairs) : intersection(charSet(pairs), [0, SENTINEL - 1]);
  const agrees = (codePoint: number, expected: boolean) =>
    codePoint < 0 ||
    codePoint > LAST_CODE_POINT ||
    (codePoint >= 0xd800 && codePoint <= 0xdfff) ||
    matches(codePoint) === expected;
  for (let i = 0; i < set.length; i += 2) {
    const lo = set[i]!;
    const hi = set[i + 1]!;
    if (!agrees(lo - 1, false) || !agrees(lo, true) || !agrees(hi, true) || !agrees(hi + 1, false))
      return undefined;
  }
  return set;
}

/** Asks re2js about every code point: about a tenth of a second. */
export function probeSet(re2: string): CharSet {
  const matcher = RE2JS.compile(re2);
  const out: number[] = [];
  for (let codePoint = 0; codePoint <= LAST_CODE_POINT; codePoint++) {
    if (!matcher.test(String.fromCodePoint(codePoint))) continue;
    if (out[out.length - 1] === codePoint - 1) out[out.length - 1] = codePoint;
    else out.push(codePoint, codePoint);
  }
  return out;
}
