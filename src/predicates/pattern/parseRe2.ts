import { NEWLINE } from "./charSet.js";
import { type Dialect, type EscapedClass, type Mode, type Opening, PLAIN, switched } from "./dialect.js";
import { parse } from "./parse.js";
import { setOf } from "./re2Sets.js";
import { refuseBackReference } from "./refused.js";
import { Scanner } from "./scanner.js";
import {
  ANYTHING,
  type Assertion,
  asciiBoundary,
  assert,
  type Expression,
  NOT_NEWLINE,
  oneOfSet,
} from "./syntax.js";

/**
 * The structure of a RE2 pattern. What a single character may be, it asks re2js.
 *
 * Throws a ConfigError, with the offset, for what is not RE2 and for `\Q`, which is not known here; it may accept
 * more than re2js, which decides.
 */
export function parseRe2(source: string): Expression {
  return parse(new Scanner(source), RE2, PLAIN);
}

const CLASS_ESCAPE = /[dDsSwW]|[pP](?:\{[^}]*\}|[^{])/uy;
const CHAR_ESCAPE = /x\{[\da-fA-F]+\}|x[\da-fA-F]{2}|0[0-7]{0,2}|[1-7][0-7]{1,2}|[afnrtv]|[^0-9A-Za-z]/uy;
const CLASS_MEMBER = /\\[pP]\{[^}]*\}|\\.|\[:\^?\w+:\]|[^\]\\]/suy;

const ASSERTIONS = new Map<string, Assertion>([
  ["A", { at: "textStart" }],
  ["z", { at: "textEnd" }],
  ["b", asciiBoundary("boundary")],
  ["B", asciiBoundary("interior")],
]);

const RE2: Dialect = {
  repeatsAssertions: true,
  braces: /\{(0|[1-9]\d*)(?:(,)(0|[1-9]\d*)?)?\}/y,
  skip: () => {},
  open,
  escape: (scan, mode) => {
    const offset = scan.offset - 1;
    const found = scan.match(/[AzbB]/y);
    if (found !== undefined) {
      return { kind: "expression", expression: assert(ASSERTIONS.get(found[0])!, offset) };
    }
    const reference = scan.match(/[1-9](?![0-7])/y);
    if (reference !== undefined) refuseBackReference(scan, `\\${reference[0]}`, offset);
    if (scan.match(CLASS_ESCAPE) === undefined && scan.match(CHAR_ESCAPE) === undefined) {
      scan.fail("the escape is not known", offset);
    }
    return setFrom(scan, offset, mode);
  },
  brackets: (scan, mode) => {
    const offset = scan.offset - 1;
    scan.take("^");
    scan.take("]");
    while (!scan.take("]")) {
      if (scan.match(CLASS_MEMBER) === undefined) scan.fail('"[" is never closed', offset);
    }
    return oneOfSet(setFrom(scan, offset, mode).set);
  },
  caret: (mode, offset) =>
    assert(mode.multiline ? { at: "lineStart", terminators: NEWLINE } : { at: "textStart" }, offset),
  dollar: (mode, offset) =>
    assert(mode.multiline ? { at: "lineEnd", terminators: NEWLINE } : { at: "textEnd" }, offset),
  dot: (mode) => (mode.dotAll ? ANYTHING : NOT_NEWLINE),
  checkLiteral: () => {},
  checkQuantified: () => {},
  fold: (set, mode) => (mode.ignoreCase ? setOf(`(?i:\\x{${set[0]!.toString(16)}})`) : set),
};

/** What re2js takes the source from `offset` to here for. */
function setFrom(scan: Scanner, offset: number, mode: Mode): EscapedClass {
  const written = scan.source.slice(offset, scan.offset);
  try {
    return { kind: "class", set: setOf(mode.ignoreCase ? `(?i:${written})` : written) };
  } catch {
    return scan.fail("RE2 has no such class", offset);
  }
}

function open(scan: Scanner, mode: Mode): Opening {
  const name = scan.match(/\?P?<(\w+)>/y);
  if (name !== undefined) return { kind: "capture", name: name[1]! };
  const flags = scan.match(/\?([imsU]*)(?:-([imsU]+))?([:)])/y);
  if (flags !== undefined) {
    const inner = switched(mode, flags[1]!, flags[2]);
    return { kind: flags[3] === ":" ? "plain" : "switch", mode: inner };
  }
  if (scan.sees("?")) scan.fail('"(?" begins no group of RE2', scan.offset - 1);
  return { kind: "capture" };
}
