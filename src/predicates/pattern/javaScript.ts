import { readBrackets } from "./brackets.js";
import { type CharSet, complement } from "./charSet.js";
import { type Dialect, type Mode, type Opening, switched } from "./dialect.js";
import { checkSurrogate, fold, readEscape } from "./javaScriptEscapes.js";
import type { Scanner } from "./scanner.js";
import { ANYTHING, assert, oneOfSet } from "./syntax.js";

/** JavaScript's line terminators: line feed, carriage return, and the two of Unicode. */
export const LINE_TERMINATORS: CharSet = [0x0a, 0x0a, 0x0d, 0x0d, 0x2028, 0x2029];

/**
 * JavaScript's syntax as u mode reads it. Without the u flag (`strict` false), what u mode would refuse but is no
 * octal escape keeps the meaning that it has outside u mode: `{` and `]` as characters, `\-`, `[\w-.]`.
 */
export function javaScript(strict: boolean): Dialect {
  const classEscape = (scan: Scanner, mode: Mode) => readEscape(scan, mode, strict, true);
  return {
    repeatsAssertions: false,
    braces: /\{(\d+)(?:(,)(\d*))?\}/y,
    skip: () => {},
    open,
    escape: (scan, mode) => readEscape(scan, mode, strict, false),
    brackets: (scan, mode) =>
      readBrackets(scan, mode, {
        escapeChar: "\\",
        escape: classEscape,
        fold,
        closesLate: false,
        looseRanges: !strict,
      }),
    caret: (mode, offset) =>
      assert(
        mode.multiline ? { at: "lineStart", terminators: LINE_TERMINATORS } : { at: "textStart" },
        offset,
      ),
    dollar: (mode, offset) =>
      assert(mode.multiline ? { at: "lineEnd", terminators: LINE_TERMINATORS } : { at: "textEnd" }, offset),
    dot: (mode) => (mode.dotAll ? ANYTHING : oneOfSet(complement(LINE_TERMINATORS))),
    checkLiteral: (scan, char, offset) => {
      if (strict && "]{}".includes(char)) scan.fail(`"${char}" must be escaped`, offset);
      checkSurrogate(scan, char.codePointAt(0)!, offset);
    },
    checkQuantified: () => {},
    fold,
  };
}

function open(scan: Scanner, mode: Mode): Opening {
  const offset = scan.offset - 1;
  if (scan.take("?:")) return { kind: "plain", mode };
  if (scan.take("?<")) {
    const name = scan.match(/([\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*)>/uy);
    if (name === undefined) scan.fail("a group's name is missing or not allowed", offset);
    return { kind: "capture", name: name[1]! };
  }
  const switches = scan.match(/\?([ims]*)(?:-([ims]*))?:/y);
  if (switches !== undefined) {
    const on = switches[1]!;
    const off = switches[2] ?? "";
    if (on + off === "" || new Set(on + off).size < (on + off).length) {
      scan.fail("a group's flags are repeated or missing", offset);
    }
    return { kind: "plain", mode: switched(mode, on, off) };
  }
  if (scan.sees("?")) scan.fail('"(?" begins no group of JavaScript', offset);
  return { kind: "capture" };
}
