import { type CharSet, charSet, complement, isSubset, SURROGATES, union } from "./charSet.js";
import type { Dialect, Escaped, Mode } from "./dialect.js";
import { printRanges } from "./printSet.js";
import type { Scanner } from "./scanner.js";
import { type Expression, oneOfSet } from "./syntax.js";

const HYPHEN = 0x2d;

/** How a dialect's bracketed classes differ from another's. */
export interface BracketRules {
  /** The character that begins an escape, if one does. */
  readonly escapeChar: string | undefined;
  /** Reads on after it. */
  readonly escape: (scan: Scanner, mode: Mode) => Escaped;
  readonly fold: Dialect["fold"];
  /** "]" straight after the opening is a character of the class. */
  readonly closesLate: boolean;
  /** "-" beside a class like `\d` is a character rather than an error. */
  readonly looseRanges: boolean;
}

/** Reads a bracketed class after its "[". */
export function readBrackets(scan: Scanner, mode: Mode, rules: BracketRules): Expression {
  const opened = scan.offset - 1;
  const negated = scan.take("^");
  const ranges: number[] = [];
  const plain: CharSet[] = [];
  const spelled: CharSet[] = [];
  let members = "";
  let folds = false;

  const readItem = (): Escaped => {
    if (!scan.more()) scan.fail('"[" is never closed', opened);
    if (rules.escapeChar !== undefined && scan.take(rules.escapeChar)) return rules.escape(scan, mode);
    return { kind: "char", codePoint: scan.char().codePointAt(0)! };
  };
  const addRange = (lo: number, hi: number, offset: number) => {
    if (hi < lo) scan.fail("a range is out of order", offset);
    if (isSubset([lo, hi], SURROGATES)) scan.fail("a lone surrogate is never part of a text", offset);
    ranges.push(lo, hi);
  };
  const addItem = (item: Escaped, offset: number) => {
    if (item.kind === "char") addRange(item.codePoint, item.codePoint, offset);
    if (item.kind !== "class") return;
    if (item.member === undefined) plain.push(item.set);
    else {
      spelled.push(item.set);
      members += item.member;
      folds ||= item.folds === true;
    }
  };

  for (let first = true; (first && rules.closesLate) || !scan.take("]"); first = false) {
    const offset = scan.offset;
    const from = readItem();
    if (!scan.sees("-") || scan.sees("-]")) {
      addItem(from, offset);
      continue;
    }
    scan.take("-");
    const to = readItem();
    if (from.kind === "char" && to.kind === "char") {
      addRange(from.codePoint, to.codePoint, offset);
    } else {
      if (!rules.looseRanges) scan.fail("a class can't be the end of a range", offset);
      addItem(from, offset);
      addItem(to, offset);
      addRange(HYPHEN, HYPHEN, offset);
    }
  }

  const own = union(rules.fold(charSet(ranges), mode), ...plain);
  const set = union(own, ...spelled);
  const bracketed = `[${negated ? "^" : ""}${members}${printRanges(own)}]`;
  const spelling = members === "" ? undefined : folds ? `(?i:${bracketed})` : bracketed;
  return oneOfSet(negated ? complement(set) : set, spelling);
}
