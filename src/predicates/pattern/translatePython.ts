import { PLAIN } from "./dialect.js";
import { checkLength, checkSize } from "./limits.js";
import { parse } from "./parse.js";
import { printRe2 } from "./printRe2.js";
import { python } from "./python.js";
import { resolveAssertions } from "./resolveAssertions.js";
import { Scanner } from "./scanner.js";

/** How a Python pattern is read. */
export interface PythonOptions {
  /** Takes a `\b` or `\B` that the pattern doesn't decide for one between ASCII words, rather than refuse it. */
  readonly asciiBoundaries?: boolean;
}

/**
 * RE2 source that a search finds in the same texts as `re.search(source, text)` of Python 3 does.
 *
 * Digits, words and white space are Unicode's, `$` matches before a final line feed, and flags are the inline ones
 * (a, i, m, s, u and x).
 *
 * Throws a ConfigError with the offset of look-around, back-references, conditionals, atomic groups, possessive
 * quantifiers, `\N{...}`, repeats beyond RE2's, and a `\b` or a `$` whose meaning depends on neighbours that the
 * pattern doesn't decide.
 */
export function translatePython(source: string, options: PythonOptions = {}): string {
  checkLength(source);
  const expression = resolveAssertions(
    source,
    parse(new Scanner(source), python(options.asciiBoundaries ?? false), PLAIN),
  );
  checkSize(source, expression);
  return printRe2(expression);
}
