import { type CharSet, charSet, complement, DIGITS, isSubset, SURROGATES, sameSet, WORD } from "./charSet.js";
import type { Escaped, EscapedClass, Mode } from "./dialect.js";
import { readProperty } from "./properties.js";
import { foldCase } from "./re2Sets.js";
import { refuseBackReference } from "./refused.js";
import type { Scanner } from "./scanner.js";
import { assert } from "./syntax.js";

/** JavaScript's `\s`: its white space and its line terminators. */
const SPACE: CharSet = charSet([
  ...[0x09, 0x0d, 0x20, 0x20, 0xa0, 0xa0, 0x1680, 0x1680, 0x2000, 0x200a],
  ...[0x2028, 0x2029, 0x202f, 0x202f, 0x205f, 0x205f, 0x3000, 0x3000, 0xfeff, 0xfeff],
]);

/** Word characters in u mode with the i flag: the long s and the Kelvin sign fold to ASCII letters. */
const FOLDED_WORD: CharSet = charSet([...WORD, 0x17f, 0x17f, 0x212a, 0x212a]);

const CONTROLS = new Map([
  ["t", 0x09],
  ["n", 0x0a],
  ["v", 0x0b],
  ["f", 0x0c],
  ["r", 0x0d],
]);

const OCTAL = "an octal escape is not allowed; write \\xHH";

/** `set`, and with the i flag what folds to one of it. */
export function fold(set: CharSet, mode: Mode): CharSet {
  return mode.ignoreCase ? foldCase(set) : set;
}

function word(mode: Mode): CharSet {
  return mode.ignoreCase ? FOLDED_WORD : WORD;
}

/** Reads an escape after its backslash. */
export function readEscape(scan: Scanner, mode: Mode, strict: boolean, inClass: boolean): Escaped {
  const offset = scan.offset - 1;
  if (!scan.more()) scan.fail("a backslash ends the pattern", offset);
  const char = scan.char();
  const control = CONTROLS.get(char);
  if (control !== undefined) return { kind: "char", codePoint: control };
  switch (char) {
    case "d":
    case "D":
      return classOf(DIGITS, char === "D");
    case "w":
    case "W":
      return classOf(word(mode), char === "W");
    case "s":
    case "S":
      return classOf(SPACE, char === "S");
    case "b":
    case "B":
      if (inClass && char === "b") return { kind: "char", codePoint: 0x08 };
      if (inClass) break;
      return {
        kind: "expression",
        expression: assert(
          { at: char === "b" ? "boundary" : "interior", word: word(mode), lenient: true },
          offset,
        ),
      };
    case "c": {
      const letter = scan.match(/[A-Za-z]/y);
      if (letter === undefined) scan.fail('"\\c" needs a letter after it', offset);
      return { kind: "char", codePoint: letter[0].charCodeAt(0) & 0x1f };
    }
    case "0":
      if (scan.match(/\d/y)) scan.fail(OCTAL, offset);
      return { kind: "char", codePoint: 0 };
    case "k":
      if (strict || scan.sees("<")) refuseBackReference(scan, "\\k", offset);
      break;
    case "x": {
      const digits = scan.match(/[\da-fA-F]{2}/y);
      if (digits !== undefined) return { kind: "char", codePoint: Number.parseInt(digits[0], 16) };
      break;
    }
    case "u": {
      const codePoint = readUnicode(scan, offset);
      if (codePoint === undefined) break;
      if (!inClass) checkSurrogate(scan, codePoint, offset);
      return { kind: "char", codePoint };
    }
    case "p":
    case "P":
      if (strict || scan.sees("{")) return foldedProperty(scan, mode, char === "P");
  }
  if (/[1-9]/.test(char)) {
    if (inClass) scan.fail(OCTAL, offset);
    refuseBackReference(scan, `\\${char}`, offset);
  }
  const mustBeEscapable = strict && !/[\^$\\.*+?()[\]{}|/]/.test(char) && !(inClass && char === "-");
  if (mustBeEscapable) scan.fail(`"\\${char}" is no escape in u mode`, offset);
  return { kind: "char", codePoint: char.codePointAt(0)! };
}

/** The code point of `\uHHHH`, of a surrogate pair of them, or of `\u{H...}`, read after its "u". */
function readUnicode(scan: Scanner, offset: number): number | undefined {
  const braced = scan.match(/\{([\da-fA-F]+)\}/y);
  if (braced !== undefined) {
    const codePoint = Number.parseInt(braced[1]!, 16);
    if (codePoint > 0x10ffff) scan.fail(`there is no code point \\u{${braced[1]}}`, offset);
    return codePoint;
  }
  const unit = scan.match(/[\da-fA-F]{4}/y);
  if (unit === undefined) return undefined;
  const lead = Number.parseInt(unit[0], 16);
  const trail = lead >= 0xd800 && lead <= 0xdbff ? scan.match(/\\u([dD][c-fC-F][\da-fA-F]{2})/y) : undefined;
  if (trail === undefined) return lead;
  return 0x10000 + ((lead - 0xd800) << 10) + (Number.parseInt(trail[1]!, 16) - 0xdc00);
}

/** Refuses half of a surrogate pair, which no UTF-8 text holds. */
export function checkSurrogate(scan: Scanner, codePoint: number, offset: number): void {
  if (isSubset([codePoint, codePoint], SURROGATES))
    scan.fail("a lone surrogate is never part of a text", offset);
}

function classOf(set: CharSet, negated: boolean): Escaped {
  return { kind: "class", set: negated ? complement(set) : set };
}

/** RE2 folds a negated property before it negates, JavaScript after: only the positive ones have a folded spelling. */
function foldedProperty(scan: Scanner, mode: Mode, negated: boolean): EscapedClass {
  const property = readProperty(scan, negated);
  const set = fold(property.set, mode);
  if (sameSet(set, property.set)) return property;
  if (negated || property.spelling === undefined) return { kind: "class", set };
  return { ...property, set, spelling: `(?i:${property.spelling})`, folds: true };
}
