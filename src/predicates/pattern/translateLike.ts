import { ConfigError } from "../../errors/index.js";
import { readBrackets } from "./brackets.js";
import { single } from "./charSet.js";
import { PLAIN } from "./dialect.js";
import { checkLength, checkSize } from "./limits.js";
import { printRe2 } from "./printRe2.js";
import { Scanner } from "./scanner.js";
import { ANYTHING, assert, type Expression, oneOfSet, repeat, sequence } from "./syntax.js";

/** How a LIKE pattern is read. */
export interface LikeOptions {
  /** The character that takes the special meaning from the next one; none by default. */
  readonly escape?: string;
  /** Whether `[abc]`, `[a-c]` and `[^abc]` are classes, as in T-SQL, rather than characters. */
  readonly brackets?: boolean;
}

/**
 * RE2 source, anchored at both ends, of a SQL LIKE pattern: `%` is any text, `_` is any one code point, line breaks
 * included, and upper and lower case differ.
 *
 * Throws a ConfigError for an escape that is not one character or has nothing after it, and for an open bracket.
 */
export function translateLike(pattern: string, options: LikeOptions = {}): string {
  const { escape: mark, brackets = false } = options;
  if (mark !== undefined && [...mark].length !== 1) {
    throw new ConfigError(
      "config/bad-value",
      `escape of LIKE: ${JSON.stringify(mark)} is not one character`,
      {
        parameter: "escape",
        value: mark,
      },
    );
  }
  checkLength(pattern);
  const scan = new Scanner(pattern);
  const parts: Expression[] = [assert({ at: "textStart" })];
  while (scan.more()) {
    const offset = scan.offset;
    const char = scan.char();
    if (char === mark) {
      if (!scan.more()) scan.fail("the escape character ends the pattern", offset);
      parts.push(literal(scan.char()));
    } else if (char === "%") parts.push(repeat(ANYTHING, 0, Number.POSITIVE_INFINITY));
    else if (char === "_") parts.push(ANYTHING);
    else if (char === "[" && brackets) parts.push(readClass(scan, mark));
    else parts.push(literal(char));
  }
  const expression = sequence([...parts, assert({ at: "textEnd" })]);
  checkSize(pattern, expression);
  return printRe2(expression);
}

function literal(char: string): Expression {
  return oneOfSet(single(char.codePointAt(0)!));
}

function readClass(scan: Scanner, mark: string | undefined): Expression {
  return readBrackets(scan, PLAIN, {
    escapeChar: mark,
    escape: (rest) => {
      if (!rest.more()) rest.fail("the escape character ends the pattern");
      return { kind: "char", codePoint: rest.char().codePointAt(0)! };
    },
    fold: (set) => set,
    closesLate: true,
    looseRanges: false,
  });
}
