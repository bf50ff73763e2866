import type { CharSet } from "./charSet.js";
import type { Scanner } from "./scanner.js";
import type { Expression } from "./syntax.js";

/** The switches that change what a piece of a pattern means. */
export interface Mode {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  /** Python's: white space and comments are no part of the pattern. */
  readonly verbose: boolean;
  /** Python's: classes, folding and word boundaries know ASCII only. */
  readonly ascii: boolean;
}

/** No switch is on. */
export const PLAIN: Mode = {
  ignoreCase: false,
  multiline: false,
  dotAll: false,
  verbose: false,
  ascii: false,
};

/** `mode` with the flags of `on` (among i, m and s) turned on and those of `off` turned off. */
export function switched(mode: Mode, on: string, off = ""): Mode {
  const flag = (name: string, before: boolean) => !off.includes(name) && (before || on.includes(name));
  return {
    ...mode,
    ignoreCase: flag("i", mode.ignoreCase),
    multiline: flag("m", mode.multiline),
    dotAll: flag("s", mode.dotAll),
  };
}

/** What a backslash and what follows it stand for. */
export type Escaped =
  | { readonly kind: "char"; readonly codePoint: number }
  | EscapedClass
  | { readonly kind: "expression"; readonly expression: Expression };

/** A class, folded already. */
export interface EscapedClass {
  readonly kind: "class";
  readonly set: CharSet;
  /** A short RE2 form of it. */
  readonly spelling?: string | undefined;
  /** A short RE2 form that fits between brackets. */
  readonly member?: string | undefined;
  /** Whether `member` is the whole set only within brackets that fold case. */
  readonly folds?: boolean;
}

/** What an opening parenthesis turned out to open. */
export type Opening =
  | { readonly kind: "capture"; readonly name?: string }
  | { readonly kind: "plain"; readonly mode: Mode }
  /** Nothing: it changes the mode for the rest of the group it stands in, and is closed already. */
  | { readonly kind: "switch"; readonly mode: Mode };

/** Where one syntax of regular expressions differs from another; the rest is `parse`. */
export interface Dialect {
  /** Whether an assertion may be repeated. */
  readonly repeatsAssertions: boolean;
  /** What `{` may begin, sticky: the groups are the minimum, the comma if there is one, and the maximum. */
  readonly braces: RegExp;
  /** Skips what is no part of the pattern. */
  skip(scan: Scanner, mode: Mode): void;
  /** Reads on after "(". */
  open(scan: Scanner, mode: Mode): Opening;
  /** Reads on after "\" outside brackets. */
  escape(scan: Scanner, mode: Mode): Escaped;
  /** Reads on after "[". */
  brackets(scan: Scanner, mode: Mode): Expression;
  /** The meaning of `^`, `$` and `.`, found at `offset`. */
  caret(mode: Mode, offset: number): Expression;
  dollar(mode: Mode, offset: number): Expression;
  dot(mode: Mode): Expression;
  /** Refuses a character that can't stand for itself. */
  checkLiteral(scan: Scanner, char: string, offset: number): void;
  /** Refuses what may not follow the quantifier at `offset`. */
  checkQuantified(scan: Scanner, lazy: boolean, offset: number): void;
  /** `set` and what equals one of it in this mode. */
  fold(set: CharSet, mode: Mode): CharSet;
}
