import { type CharSet, charSet, complement, DIGITS, intersection, union, WORD } from "./charSet.js";
import type { Escaped, Mode } from "./dialect.js";
import { foldCase, setOf } from "./re2Sets.js";
import { refuseBackReference } from "./refused.js";
import type { Scanner } from "./scanner.js";

const ASCII: CharSet = [0x00, 0x7f];

const ASCII_SPACE: CharSet = [0x09, 0x0d, 0x20, 0x20];

/** What `str.isspace` says is white space, the four separators of ASCII included. */
const SPACE: CharSet = charSet([
  ...[0x09, 0x0d, 0x1c, 0x20, 0x85, 0x85, 0xa0, 0xa0, 0x1680, 0x1680, 0x2000, 0x200a],
  ...[0x2028, 0x2029, 0x202f, 0x202f, 0x205f, 0x205f, 0x3000, 0x3000],
]);

/** `str.isalnum` or the underscore: word characters, as members of a RE2 class. */
export const WORD_MEMBERS = "\\p{L}\\p{N}_";

/** I and i with and without a dot: one letter to Python, where simple case folding keeps the Turkish ones apart. */
const DOTS: CharSet = [0x49, 0x49, 0x69, 0x69, 0x130, 0x131];

const CHARS = new Map([
  ["a", 0x07],
  ["t", 0x09],
  ["n", 0x0a],
  ["v", 0x0b],
  ["f", 0x0c],
  ["r", 0x0d],
]);

/** `set`, and with the i flag what Python's `re` takes for the same letters. */
export function foldPython(set: CharSet, mode: Mode): CharSet {
  if (!mode.ignoreCase) return set;
  if (mode.ascii) return union(set, intersection(foldCase(intersection(set, ASCII)), ASCII));
  const folded = foldCase(set);
  return intersection(folded, DOTS).length === 0 ? folded : union(folded, DOTS);
}

/** Reads an escape of a character or a class after its backslash. */
export function readPythonEscape(scan: Scanner, mode: Mode, inClass: boolean): Escaped {
  const offset = scan.offset - 1;
  if (!scan.more()) scan.fail("a backslash ends the pattern", offset);
  const octal = scan.match(inClass ? /[0-7]{1,3}/y : /0[0-7]{0,2}|[1-7][0-7]{2}/y);
  if (octal !== undefined) {
    const codePoint = Number.parseInt(octal[0], 8);
    if (codePoint > 0o377) scan.fail("an octal escape is larger than \\377", offset);
    return { kind: "char", codePoint };
  }
  const char = scan.char();
  const named = CHARS.get(char);
  if (named !== undefined) return { kind: "char", codePoint: named };
  const category = readCategory(char, mode);
  if (category !== undefined) return category;
  if (char === "x") return hex(scan, /[\da-fA-F]{2}/y, offset);
  if (char === "u") return hex(scan, /[\da-fA-F]{4}/y, offset);
  if (char === "U") return hex(scan, /[\da-fA-F]{8}/y, offset);
  if (inClass && char === "b") return { kind: "char", codePoint: 0x08 };
  if (!inClass && /[1-9]/.test(char)) refuseBackReference(scan, `\\${char}`, offset);
  if (/[0-9A-Za-z]/.test(char)) scan.fail(`"\\${char}" is no escape that is known`, offset);
  return { kind: "char", codePoint: char.codePointAt(0)! };
}

function readCategory(char: string, { ascii }: Mode): Escaped | undefined {
  const kind = char.toLowerCase();
  const negated = char !== kind;
  if (kind === "s" || (ascii && (kind === "d" || kind === "w"))) {
    const set = kind === "d" ? DIGITS : kind === "w" ? WORD : ascii ? ASCII_SPACE : SPACE;
    return { kind: "class", set: negated ? complement(set) : set };
  }
  if (kind === "d") {
    const spelling = negated ? "\\P{Nd}" : "\\p{Nd}";
    return { kind: "class", set: setOf(spelling), spelling, member: spelling };
  }
  if (kind === "w") {
    const spelling = `[${negated ? "^" : ""}${WORD_MEMBERS}]`;
    return { kind: "class", set: setOf(spelling), spelling, member: negated ? undefined : WORD_MEMBERS };
  }
  return undefined;
}

function hex(scan: Scanner, digits: RegExp, offset: number): Escaped {
  const found = scan.match(digits);
  const codePoint = found === undefined ? Number.NaN : Number.parseInt(found[0], 16);
  if (!(codePoint <= 0x10ffff)) scan.fail("an escape has too few digits or is no code point", offset);
  return { kind: "char", codePoint };
}
