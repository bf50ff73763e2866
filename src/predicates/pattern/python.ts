import { readBrackets } from "./brackets.js";
import { NEWLINE } from "./charSet.js";
import { type Dialect, type Escaped, type Mode, type Opening, switched } from "./dialect.js";
import { foldPython, readPythonEscape, WORD_MEMBERS } from "./pythonEscapes.js";
import { setOf } from "./re2Sets.js";
import type { Scanner } from "./scanner.js";
import { ANYTHING, type Assertion, asciiBoundary, assert, NOT_NEWLINE } from "./syntax.js";

/**
 * The syntax of Python's `re` for patterns of `str`. Good for one pattern: it remembers where flags may stand.
 * With `asciiBoundaries`, a `\b` that the pattern doesn't decide is one between ASCII words.
 */
export function python(asciiBoundaries: boolean): Dialect {
  let flagsMayStandAt = 0;
  return {
    repeatsAssertions: false,
    braces: /\{(?!\})(\d*)(?:(,)(\d*))?\}/y,
    skip: (scan, mode) => {
      const leading = scan.offset === flagsMayStandAt;
      skip(scan, mode);
      if (leading) flagsMayStandAt = scan.offset;
    },
    open: (scan, mode) => {
      const offset = scan.offset - 1;
      const opening = open(scan, mode, offset);
      if (opening.kind === "switch") {
        if (offset !== flagsMayStandAt)
          scan.fail("flags for the whole pattern must stand at its start", offset);
        flagsMayStandAt = scan.offset;
      }
      return opening;
    },
    escape: (scan, mode) => readAssertion(scan, mode, asciiBoundaries) ?? readPythonEscape(scan, mode, false),
    brackets: (scan, mode) =>
      readBrackets(scan, mode, {
        escapeChar: "\\",
        escape: (rest) => readPythonEscape(rest, mode, true),
        fold: foldPython,
        closesLate: true,
        looseRanges: false,
      }),
    caret: (mode, offset) =>
      assert(mode.multiline ? { at: "lineStart", terminators: NEWLINE } : { at: "textStart" }, offset),
    dollar: (mode, offset) =>
      assert(mode.multiline ? { at: "lineEnd", terminators: NEWLINE } : { at: "finalEnd" }, offset),
    dot: (mode) => (mode.dotAll ? ANYTHING : NOT_NEWLINE),
    checkLiteral: () => {},
    checkQuantified: (scan, lazy, offset) => {
      if (!lazy && scan.sees("+")) {
        scan.fail("a possessive quantifier can't be matched in linear time", offset);
      }
    },
    fold: foldPython,
  };
}

function readAssertion(scan: Scanner, mode: Mode, asciiBoundaries: boolean): Escaped | undefined {
  const offset = scan.offset - 1;
  const found = scan.match(/[AZbB]/y)?.[0];
  if (found === undefined) return undefined;
  let assertion: Assertion;
  if (found === "A" || found === "Z") assertion = { at: found === "A" ? "textStart" : "textEnd" };
  else {
    const at = found === "b" ? "boundary" : "interior";
    const word = setOf(`[${WORD_MEMBERS}]`);
    assertion = mode.ascii ? asciiBoundary(at) : { at, word, member: WORD_MEMBERS, lenient: asciiBoundaries };
  }
  return { kind: "expression", expression: assert(assertion, offset) };
}

/** Comments are skipped in every mode, white space and `#` comments in verbose mode. */
function skip(scan: Scanner, mode: Mode): void {
  const nothing = mode.verbose ? /\(\?#[^)]*\)|[ \t\n\r\v\f]+|#[^\n]*/y : /\(\?#[^)]*\)/y;
  while (scan.match(nothing) !== undefined);
}

function open(scan: Scanner, mode: Mode, offset: number): Opening {
  if (scan.take("?:")) return { kind: "plain", mode };
  if (scan.take("?P<")) {
    const name = scan.match(/([\p{ID_Start}_]\p{ID_Continue}*)>/uy);
    if (name === undefined) scan.fail("a group's name is missing or not allowed", offset);
    return { kind: "capture", name: name[1]! };
  }
  const flags = scan.match(/\?([aimsux]*)(?:-([imsx]+))?([:)])/y);
  if (flags !== undefined) {
    const on = flags[1]!;
    const off = flags[2] ?? "";
    const whole = flags[3] === ")";
    if ((on === "" && off === "") || (whole && off !== "") || (on.includes("a") && on.includes("u"))) {
      scan.fail("a group's flags contradict each other or are missing", offset);
    }
    const inner = {
      ...switched(mode, on, off),
      verbose: !off.includes("x") && (mode.verbose || on.includes("x")),
      ascii: !on.includes("u") && (mode.ascii || on.includes("a")),
    };
    return { kind: whole ? "switch" : "plain", mode: inner };
  }
  if (scan.sees("?")) scan.fail('"(?" begins no group that is known', offset);
  return { kind: "capture" };
}
