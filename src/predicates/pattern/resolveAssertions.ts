import { type CharSet, complement, intersection, isSubset, NEWLINE, sameSet, WORD } from "./charSet.js";
import { either, endsOf, OUTSIDE, type Side, through } from "./neighbours.js";
import { patternError } from "./scanner.js";
import {
  type Assertion,
  asciiBoundary,
  assert,
  choice,
  EMPTY,
  type Expression,
  NEVER,
  oneOfSet,
  repeat,
  sequence,
} from "./syntax.js";

/**
 * An expression that a search finds in the same texts as `expression`, with RE2's assertions only.
 *
 * RE2 has lines that end in a line feed, and words of ASCII. Another kind of line or word is decided by what stands
 * beside the assertion in the pattern; at the very edge of the pattern, where nothing does, the character beyond is
 * matched as part of the pattern, which is no different for a search that tells only whether there is a match.
 *
 * Throws a ConfigError for an assertion that neither way decides.
 */
export function resolveAssertions(source: string, expression: Expression): Expression {
  return resolve(source, expression, OUTSIDE, OUTSIDE);
}

function resolve(source: string, expression: Expression, before: Side, after: Side): Expression {
  switch (expression.kind) {
    case "empty":
    case "set":
      return expression;
    case "assert":
      return resolveOne(source, expression, before, after);
    case "group":
      return { ...expression, body: resolve(source, expression.body, before, after) };
    case "choice":
      return choice(expression.options.map((option) => resolve(source, option, before, after)));
    case "repeat": {
      const { body, min, max, lazy, offset } = expression;
      const ends = endsOf(body);
      const again = max > 1;
      const inside = resolve(
        source,
        body,
        again ? either(before, through(ends.trail, before)) : before,
        again ? either(after, through(ends.lead, after)) : after,
      );
      return repeat(inside, min, max, lazy, offset);
    }
    case "sequence": {
      const { parts } = expression;
      const afters: Side[] = new Array(parts.length);
      let beyond = after;
      for (let i = parts.length - 1; i >= 0; i--) {
        afters[i] = beyond;
        beyond = through(endsOf(parts[i]!).lead, beyond);
      }
      beyond = before;
      return sequence(
        parts.map((part, i) => {
          const resolved = resolve(source, part, beyond, afters[i]!);
          beyond = through(endsOf(part).trail, beyond);
          return resolved;
        }),
      );
    }
  }
}

type Asserting = Expression & { kind: "assert" };

function resolveOne(source: string, expression: Asserting, before: Side, after: Side): Expression {
  const { assertion, offset } = expression;
  const start = assert({ at: "textStart" }, offset);
  const end = assert({ at: "textEnd" }, offset);
  let resolved: Expression | undefined;
  switch (assertion.at) {
    case "textStart":
    case "textEnd":
      return expression;
    case "lineStart":
      resolved = resolveLine(expression, assertion.terminators, before, start);
      break;
    case "lineEnd":
      resolved = resolveLine(expression, assertion.terminators, after, end);
      break;
    case "finalEnd":
      if (isClean(after)) resolved = sequence([repeat(oneOfSet(NEWLINE), 0, 1), end]);
      else if (after.open === "no" && intersection(after.chars, NEWLINE).length === 0) {
        resolved = after.edge ? end : NEVER;
      }
      break;
    case "boundary":
    case "interior":
      resolved = resolveWord(assertion, before, after, start, end);
  }
  if (resolved !== undefined) return resolved;
  throw patternError(source, unresolved(assertion), offset);
}

function resolveLine(expression: Asserting, terminators: CharSet, side: Side, edge: Expression) {
  if (sameSet(terminators, NEWLINE)) return expression;
  if (isClean(side)) return choice([edge, oneOfSet(terminators)]);
  if (side.open !== "no") return undefined;
  const possible = intersection(side.chars, terminators);
  if (sameSet(possible, side.chars)) return EMPTY;
  if (possible.length === 0) return side.edge ? edge : NEVER;
  if (!sameSet(possible, NEWLINE)) return undefined;
  const at = expression.assertion.at === "lineStart" ? "lineStart" : "lineEnd";
  return assert({ at, terminators: NEWLINE }, expression.offset);
}

function resolveWord(
  assertion: Assertion & { at: "boundary" | "interior" },
  before: Side,
  after: Side,
  start: Expression,
  end: Expression,
): Expression | undefined {
  const { at, word, member, lenient } = assertion;
  if (sameSet(word, WORD)) return assert(assertion);
  const left = isWord(before, word);
  const right = isWord(after, word);
  if (left !== undefined && right !== undefined) {
    return (left !== right) === (at === "boundary") ? EMPTY : NEVER;
  }
  const wordChar = oneOfSet(word, member && `[${member}]`);
  const otherChar = oneOfSet(complement(word), member && `[^${member}]`);
  const beyond = (inside: boolean, edge: Expression) =>
    inside === (at === "interior") ? wordChar : choice([edge, otherChar]);
  if (right !== undefined && isClean(before)) return beyond(right, start);
  if (left !== undefined && isClean(after)) return beyond(left, end);
  return lenient ? assert(asciiBoundary(at)) : undefined;
}

/** Whether nothing of the pattern stands on this side. */
function isClean(side: Side): boolean {
  return side.open === "clean" && !side.edge && side.chars.length === 0;
}

/** Whether a word character stands on this side, if that is certain. */
function isWord(side: Side, word: CharSet): boolean | undefined {
  if (side.open !== "no") return undefined;
  if (!side.edge && isSubset(side.chars, word)) return true;
  return intersection(side.chars, word).length === 0 ? false : undefined;
}

function unresolved({ at }: Assertion): string {
  if (at === "boundary" || at === "interior") {
    const written = at === "boundary" ? "\\b" : "\\B";
    return `"${written}" with Unicode words can't be translated here; with the ASCII flag, (?a), it can`;
  }
  if (at === "finalEnd") return '"$" before what may be a line feed can\'t be translated; write \\Z';
  const written = at === "lineStart" ? "^" : "$";
  return `"${written}" with the m flag can't be translated here: RE2's lines end in \\n only, and its neighbour may be another line terminator`;
}
