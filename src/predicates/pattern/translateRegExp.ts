import { PLAIN, switched } from "./dialect.js";
import { checkFlags } from "./flags.js";
import { javaScript } from "./javaScript.js";
import { checkLength, checkSize } from "./limits.js";
import { parse } from "./parse.js";
import { printRe2 } from "./printRe2.js";
import { resolveAssertions } from "./resolveAssertions.js";
import { Scanner } from "./scanner.js";
import type { Expression } from "./syntax.js";

/**
 * RE2 source that a search finds in the same texts as `new RegExp(source, flags + "u")`.
 *
 * Flags i, m, s and u are kept in its meaning. It works in code points whether or not there is a u flag; without
 * one, what u mode refuses (a lone `{`, `\-`, `[\w-.]`) still means what it does outside u mode. Word boundaries next
 * to the long s and the Kelvin sign are ASCII ones where the i flag is on and the pattern doesn't decide them.
 *
 * Throws a ConfigError with the offset of look-around, back-references, octal escapes, lone surrogates, properties
 * and repeats that RE2 lacks, and `^` or `$` with the m flag beside what may be a line terminator other than `\n`.
 */
export function translateRegExp(source: string, flags: string): string {
  return printRe2(parseRegExp(source, flags));
}

/** What `translateRegExp` prints. */
export function parseRegExp(source: string, flags: string): Expression {
  checkFlags(flags);
  checkLength(source);
  const parsed = parse(new Scanner(source), javaScript(flags.includes("u")), switched(PLAIN, flags));
  const expression = resolveAssertions(source, parsed);
  checkSize(source, expression);
  return expression;
}
