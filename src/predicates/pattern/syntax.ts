import { ANY, type CharSet, complement, NEWLINE, WORD } from "./charSet.js";

/** A condition on the place between two characters. */
export type Assertion =
  | { readonly at: "textStart" | "textEnd" }
  /** At the end of the text, or before a line feed that ends it: Python's `$`. */
  | { readonly at: "finalEnd" }
  | { readonly at: "lineStart" | "lineEnd"; readonly terminators: CharSet }
  /** Between a word character and another (`boundary`), or not (`interior`); the text's edges are no word. */
  | {
      readonly at: "boundary" | "interior";
      readonly word: CharSet;
      /** A short RE2 form of `word` that fits between brackets. */
      readonly member?: string;
      /** Where `word` can't be expressed, ASCII words are near enough. */
      readonly lenient: boolean;
    };

/** A regular expression whose character classes, case folding included, are plain sets of code points. */
export type Expression =
  | { readonly kind: "empty" }
  /** One character; `spelling` is a shorter RE2 form of the same set, where there is one. */
  | { readonly kind: "set"; readonly set: CharSet; readonly spelling?: string | undefined }
  | { readonly kind: "assert"; readonly assertion: Assertion; readonly offset: number }
  | { readonly kind: "sequence"; readonly parts: readonly Expression[] }
  | { readonly kind: "choice"; readonly options: readonly Expression[] }
  | {
      readonly kind: "repeat";
      readonly body: Expression;
      readonly min: number;
      /** Infinity where there is no bound. */
      readonly max: number;
      readonly lazy: boolean;
      readonly offset: number;
    }
  | { readonly kind: "group"; readonly body: Expression; readonly name?: string | undefined };

/** Matches the empty text. */
export const EMPTY: Expression = { kind: "empty" };

/** Matches nothing at all. */
export const NEVER: Expression = { kind: "set", set: [] };

/** Any character, line terminators included. */
export const ANYTHING: Expression = { kind: "set", set: ANY };

/** Any character but a line feed. */
export const NOT_NEWLINE: Expression = { kind: "set", set: complement(NEWLINE) };

/** One character of `set`. */
export function oneOfSet(set: CharSet, spelling?: string): Expression {
  return { kind: "set", set, spelling };
}

/** `parts` one after another. */
export function sequence(parts: readonly Expression[]): Expression {
  const filled = parts.filter((part) => part.kind !== "empty");
  return filled.length === 0 ? EMPTY : filled.length === 1 ? filled[0]! : { kind: "sequence", parts: filled };
}

/** Any one of `options`, of which there is at least one. */
export function choice(options: readonly Expression[]): Expression {
  return options.length === 1 ? options[0]! : { kind: "choice", options };
}

/** A condition found at `offset` of the source. */
export function assert(assertion: Assertion, offset = 0): Expression {
  return { kind: "assert", assertion, offset };
}

/** `body` from `min` to `max` times. */
export function repeat(body: Expression, min: number, max: number, lazy = false, offset = 0): Expression {
  return { kind: "repeat", body, min, max, lazy, offset };
}

/** RE2's own word boundary, or its absence. */
export function asciiBoundary(at: "boundary" | "interior"): Assertion {
  return { at, word: WORD, lenient: false };
}
