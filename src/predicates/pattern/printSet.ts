import { ANY, type CharSet, complement, DIGITS, LAST_CODE_POINT, NEWLINE, sameSet, WORD } from "./charSet.js";

const SHORT_FORMS: readonly (readonly [CharSet, string])[] = [
  [ANY, "(?s:.)"],
  [complement(NEWLINE), "."],
  [DIGITS, "\\d"],
  [complement(DIGITS), "\\D"],
  [WORD, "\\w"],
  [complement(WORD), "\\W"],
  [[], "[^\\x{0}-\\x{10FFFF}]"],
];

const NAMED_CONTROLS = new Map([
  [0x09, "\\t"],
  [0x0a, "\\n"],
  [0x0d, "\\r"],
]);

/** One code point as RE2 source, with the ASCII characters of `special` escaped. */
function printChar(codePoint: number, special: string): string {
  const named = NAMED_CONTROLS.get(codePoint);
  if (named !== undefined) return named;
  if (codePoint < 0x20 || codePoint > 0x7e) return `\\x{${codePoint.toString(16).toUpperCase()}}`;
  const char = String.fromCharCode(codePoint);
  return special.includes(char) ? `\\${char}` : char;
}

/** The ranges of `set` as they stand between the brackets of a RE2 class. */
export function printRanges(set: CharSet): string {
  let out = "";
  for (let i = 0; i < set.length; i += 2) {
    const lo = set[i]!;
    const hi = set[i + 1]!;
    out += printChar(lo, "\\[]^-");
    if (hi > lo) out += (hi > lo + 1 ? "-" : "") + printChar(hi, "\\[]^-");
  }
  return out;
}

/** `set` as one RE2 atom: a literal, a short form, or a class in the shorter of its two polarities. */
export function printSet(set: CharSet): string {
  if (set.length === 2 && set[0] === set[1]) return printChar(set[0]!, "\\.+*?()|[]{}^$");
  const short = SHORT_FORMS.find(([form]) => sameSet(form, set));
  if (short !== undefined) return short[1];
  const negated = set[set.length - 1] === LAST_CODE_POINT;
  return negated ? `[^${printRanges(complement(set))}]` : `[${printRanges(set)}]`;
}
