import { single } from "./charSet.js";
import type { Dialect, Mode } from "./dialect.js";
import { refuseGroup } from "./refused.js";
import type { Scanner } from "./scanner.js";
import { choice, type Expression, oneOfSet, repeat, sequence } from "./syntax.js";

/** Groups within groups, at most; each level costs stack here and in whatever walks the result. */
export const DEEPEST_NESTING = 250;

/** The highest count in a repeat, and the highest product of nested counts: RE2's limit. */
export const MOST_REPEATS = 1000;

/**
 * Reads the whole of `scan` as a regular expression of `dialect`.
 *
 * Throws a ConfigError with the offset of what is not allowed.
 */
export function parse(scan: Scanner, dialect: Dialect, mode: Mode): Expression {
  const expression = new Parser(scan, dialect, mode).body(0);
  if (scan.more()) scan.fail('")" closes nothing');
  return expression;
}

class Parser {
  readonly #scan: Scanner;
  readonly #dialect: Dialect;
  readonly #names = new Set<string>();
  #mode: Mode;

  constructor(scan: Scanner, dialect: Dialect, mode: Mode) {
    this.#scan = scan;
    this.#dialect = dialect;
    this.#mode = mode;
  }

  /** Alternatives up to the end or to the parenthesis that closes them. */
  body(depth: number): Expression {
    if (depth > DEEPEST_NESTING) this.#scan.fail(`groups nest deeper than ${DEEPEST_NESTING}`);
    const options: Expression[] = [];
    do options.push(this.#sequence(depth));
    while (this.#scan.take("|"));
    return choice(options);
  }

  #sequence(depth: number): Expression {
    const scan = this.#scan;
    const parts: Expression[] = [];
    for (;;) {
      this.#dialect.skip(scan, this.#mode);
      if (!scan.more() || scan.sees("|") || scan.sees(")")) return sequence(parts);
      const offset = scan.offset;
      const part = this.#part(depth);
      if (part === undefined) continue;
      this.#dialect.skip(scan, this.#mode);
      parts.push(this.#quantified(part, offset));
    }
  }

  /** One atom or group, or undefined for what only changed the mode. */
  #part(depth: number): Expression | undefined {
    const scan = this.#scan;
    const offset = scan.offset;
    if (this.#bounds() !== undefined) scan.fail("there is nothing to repeat", offset);
    const char = scan.char();
    switch (char) {
      case "(":
        return this.#group(depth, offset);
      case "[":
        return this.#dialect.brackets(scan, this.#mode);
      case "^":
        return this.#dialect.caret(this.#mode, offset);
      case "$":
        return this.#dialect.dollar(this.#mode, offset);
      case ".":
        return this.#dialect.dot(this.#mode);
      case "\\": {
        const escaped = this.#dialect.escape(scan, this.#mode);
        if (escaped.kind === "expression") return escaped.expression;
        if (escaped.kind === "class") return oneOfSet(escaped.set, escaped.spelling);
        return this.#literal(escaped.codePoint);
      }
    }
    this.#dialect.checkLiteral(scan, char, offset);
    return this.#literal(char.codePointAt(0)!);
  }

  #literal(codePoint: number): Expression {
    return oneOfSet(this.#dialect.fold(single(codePoint), this.#mode));
  }

  #group(depth: number, offset: number): Expression | undefined {
    const scan = this.#scan;
    const outer = this.#mode;
    refuseGroup(scan, offset);
    const opening = this.#dialect.open(scan, outer);
    if (opening.kind === "switch") {
      this.#mode = opening.mode;
      return undefined;
    }
    if (opening.kind === "plain") this.#mode = opening.mode;
    else if (opening.name !== undefined) {
      if (this.#names.has(opening.name)) scan.fail(`a second group is named ${opening.name}`, offset);
      this.#names.add(opening.name);
    }
    const body = this.body(depth + 1);
    if (!scan.take(")")) scan.fail('"(" is never closed', offset);
    this.#mode = outer;
    return opening.kind === "plain" ? body : { kind: "group", body, name: opening.name };
  }

  #quantified(part: Expression, start: number): Expression {
    const scan = this.#scan;
    const offset = scan.offset;
    const bounds = this.#bounds();
    if (bounds === undefined) return part;
    if (part.kind === "assert" && scan.source[start] !== "(" && !this.#dialect.repeatsAssertions) {
      scan.fail("there is nothing to repeat", offset);
    }
    const [min, max] = bounds;
    if (max < min) scan.fail(`a repeat of ${min} to ${max} is out of order`, offset);
    if (min > MOST_REPEATS || (max > MOST_REPEATS && max !== Number.POSITIVE_INFINITY)) {
      scan.fail(`a repeat may count to ${MOST_REPEATS}, not to ${Number.isFinite(max) ? max : min}`, offset);
    }
    const lazy = scan.take("?");
    this.#dialect.checkQuantified(scan, lazy, offset);
    return repeat(part, min, max, lazy, offset);
  }

  /** The minimum and maximum of a quantifier, if one comes next. */
  #bounds(): [number, number] | undefined {
    const scan = this.#scan;
    if (scan.take("*")) return [0, Number.POSITIVE_INFINITY];
    if (scan.take("+")) return [1, Number.POSITIVE_INFINITY];
    if (scan.take("?")) return [0, 1];
    const braces = scan.match(this.#dialect.braces);
    if (braces === undefined) return undefined;
    const min = braces[1] ? Number(braces[1]) : 0;
    if (braces[2] === undefined) return [min, min];
    return [min, braces[3] ? Number(braces[3]) : Number.POSITIVE_INFINITY];
  }
}
