import { RE2JS } from "re2js";
import { ConfigError } from "../../errors/index.js";
import { byteNfa } from "./byteNfa.js";
import { ByteDfa } from "./dfa.js";
import { checkLength, checkSize, LARGEST_PROGRAM } from "./limits.js";
import { parseRe2 } from "./parseRe2.js";
import { printRe2 } from "./printRe2.js";
import { patternError } from "./scanner.js";
import type { Expression } from "./syntax.js";
import { parseRegExp } from "./translateRegExp.js";

/** A pattern that is searched for in time linear in the text. A lone surrogate in a text counts as U+FFFD. */
export interface Pattern {
  /** The source and the flags as they were given; a string has no flags. */
  readonly source: string;
  readonly flags: string;
  /** The same pattern in RE2's syntax. */
  readonly re2: string;
  /** Whether there is a match anywhere in `text`. */
  search(text: string): boolean;
  /** Whether there is a match in the UTF-8 text of bytes `start` to `end` (exclusive). */
  searchBytes(bytes: Uint8Array, start: number, end: number): boolean;
  /**
   * Searches `count` UTF-8 texts: text `i` is bytes `offsets[start + i]` to `offsets[start + i + 1]`, and `out[i]`
   * becomes 1 where there is a match, else 0.
   */
  matchBlock(bytes: Uint8Array, offsets: Int32Array, start: number, count: number, out: Uint8Array): void;
}

/** A regular expression as data, or a RegExp: JavaScript's syntax. */
export interface RegExpData {
  readonly source: string;
  readonly flags?: string | undefined;
}

const MOST_COMPILED = 64;
const compiled = new Map<string, Pattern>();

/**
 * Compiles a pattern: a string is RE2 as it stands, a RegExp or its source and flags are translated.
 *
 * The most recent patterns are kept, with the automata that texts have made them build. Throws a ConfigError for
 * what can't be translated, isn't RE2, or is too long or too large.
 */
export function compilePattern(pattern: string | RegExpData): Pattern {
  const [source, flags] =
    typeof pattern === "string" ? [pattern, undefined] : [pattern.source, pattern.flags ?? ""];
  const key = JSON.stringify([source, flags]);
  const known = compiled.get(key) ?? compile(source, flags);
  // The last entry of a Map is the newest.
  compiled.delete(key);
  compiled.set(key, known);
  if (compiled.size > MOST_COMPILED) compiled.delete(compiled.keys().next().value!);
  return known;
}

function compile(source: string, flags: string | undefined): Pattern {
  if (flags !== undefined) {
    const expression = parseRegExp(source, flags);
    const re2 = printRe2(expression);
    return new SearchPattern(source, flags, re2, compileRe2(source, re2), expression);
  }
  checkLength(source);
  let expression: Expression | undefined;
  let problem: ConfigError | undefined;
  try {
    expression = parseRe2(source);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    problem = error;
  }
  if (expression !== undefined) checkSize(source, expression);
  return new SearchPattern(source, "", source, compileRe2(source, source, problem), expression);
}

/** Throws the `problem` that is known already, if there is one, where re2js finds one too. */
function compileRe2(source: string, re2: string, problem?: ConfigError): RE2JS {
  let program: RE2JS;
  try {
    program = RE2JS.compile(re2);
  } catch (error) {
    throw (
      problem ??
      patternError(source, error instanceof Error ? error.message : String(error), undefined, error)
    );
  }
  // Only what parseRe2 doesn't know can be as large as this: the rest was measured before.
  if (program.programSize() > 3 * LARGEST_PROGRAM) {
    throw patternError(source, `it compiles to ${program.programSize()} instructions, which is too many`);
  }
  return program;
}

/** Where a short text is encoded, four times as fast as into bytes of its own. A UTF-16 unit takes three at most. */
const scratch = new Uint8Array(3 * 1024);

const encoder = new TextEncoder();
// A byte order mark is a character of the text like any other.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

class SearchPattern implements Pattern {
  readonly source: string;
  readonly flags: string;
  readonly re2: string;
  readonly #program: RE2JS;
  /** What the fast automaton is made from on first use; undefined afterwards, or where there is none to make. */
  #expression: Expression | undefined;
  #dfa: ByteDfa | undefined;
  readonly #offsets = new Int32Array(2);
  readonly #out = new Uint8Array(1);

  constructor(
    source: string,
    flags: string,
    re2: string,
    program: RE2JS,
    expression: Expression | undefined,
  ) {
    this.source = source;
    this.flags = flags;
    this.re2 = re2;
    this.#program = program;
    this.#expression = expression;
  }

  search(text: string): boolean {
    if (3 * text.length <= scratch.length) {
      return this.searchBytes(scratch, 0, encoder.encodeInto(text, scratch).written);
    }
    const bytes = encoder.encode(text);
    return this.searchBytes(bytes, 0, bytes.length);
  }

  searchBytes(bytes: Uint8Array, start: number, end: number): boolean {
    this.#offsets[0] = start;
    this.#offsets[1] = end;
    this.matchBlock(bytes, this.#offsets, 0, 1, this.#out);
    return this.#out[0] === 1;
  }

  matchBlock(bytes: Uint8Array, offsets: Int32Array, start: number, count: number, out: Uint8Array): void {
    const dfa = this.#fastest();
    const done = dfa === undefined ? 0 : dfa.matchBlock(bytes, offsets, start, count, out);
    if (done === count) return;
    this.#dfa = undefined;
    for (let i = done; i < count; i++) {
      const text = decoder.decode(bytes.subarray(offsets[start + i]!, offsets[start + i + 1]!));
      out[i] = this.#program.test(text) ? 1 : 0;
    }
  }

  #fastest(): ByteDfa | undefined {
    if (this.#expression !== undefined) {
      const nfa = byteNfa(this.#expression);
      this.#expression = undefined;
      if (nfa !== undefined) this.#dfa = new ByteDfa(nfa);
    }
    return this.#dfa;
  }
}
