import type { CharSet } from "./charSet.js";
import { type Condition, re2Condition } from "./re2Condition.js";
import { ANYTHING, type Expression } from "./syntax.js";
import { type ByteRanges, encodings } from "./utf8.js";

/** A state: what leads on from it. */
export type NfaState =
  /** One byte; the ranges are disjoint and `targets[i]` belongs to `ranges[2 * i]` to `ranges[2 * i + 1]`. */
  | { readonly kind: "byte"; readonly ranges: readonly number[]; readonly targets: readonly number[] }
  /** Nothing: it stands for all of its targets. */
  | { readonly kind: "split"; readonly targets: number[] }
  | { readonly kind: "assert"; readonly condition: Condition; readonly target: number }
  | { readonly kind: "match" };

/** A nondeterministic automaton over the bytes of UTF-8 text; state 0 is the match. */
export interface ByteNfa {
  readonly states: readonly NfaState[];
  readonly start: number;
}

/** States that make an automaton too large to be worth it. */
const MOST_STATES = 20_000;

/** The match state. */
export const MATCH = 0;

/**
 * The automaton that searches for `expression` anywhere in a text, or undefined if it would be too large.
 *
 * The expression must hold RE2's assertions only.
 */
export function byteNfa(expression: Expression): ByteNfa | undefined {
  const builder = new Builder();
  const body = builder.add(expression, MATCH);
  let start = body;
  if (!startsAtTextStart(expression)) {
    const loop = { kind: "split" as const, targets: [body] };
    start = builder.push(loop);
    // A whole character at a time: a match never begins inside one.
    loop.targets.push(builder.add(ANYTHING, start));
  }
  return builder.full ? undefined : { states: builder.states, start };
}

/** Whether a match can begin at the text's start only. */
function startsAtTextStart(expression: Expression): boolean {
  switch (expression.kind) {
    case "empty":
    case "set":
      return false;
    case "assert":
      return expression.assertion.at === "textStart";
    case "sequence": {
      const first = expression.parts.findIndex((part) => part.kind !== "assert" || startsAtTextStart(part));
      return first >= 0 && startsAtTextStart(expression.parts[first]!);
    }
    case "choice":
      return expression.options.every(startsAtTextStart);
    case "repeat":
      return expression.min > 0 && startsAtTextStart(expression.body);
    case "group":
      return startsAtTextStart(expression.body);
  }
}

/** Builds from the end to the start: every piece is given the state that follows it. */
class Builder {
  readonly states: NfaState[] = [{ kind: "match" }];
  readonly #shared = new Map<string, number>();
  readonly #encodings = new Map<CharSet, ByteRanges[]>();

  get full(): boolean {
    return this.states.length > MOST_STATES;
  }

  push(state: NfaState): number {
    return this.states.push(state) - 1;
  }

  add(expression: Expression, next: number): number {
    if (this.full) return next;
    switch (expression.kind) {
      case "empty":
        return next;
      case "set":
        return this.#bytes(this.#encoded(expression.set), 0, next);
      case "assert":
        return this.push({ kind: "assert", condition: re2Condition(expression.assertion), target: next });
      case "sequence":
        return expression.parts.reduceRight((target, part) => this.add(part, target), next);
      case "choice":
        return this.push({
          kind: "split",
          targets: expression.options.map((option) => this.add(option, next)),
        });
      case "group":
        return this.add(expression.body, next);
      case "repeat":
        return this.#repeat(expression, next);
    }
  }

  #repeat({ body, min, max }: Expression & { kind: "repeat" }, next: number): number {
    let at = next;
    let required = min;
    if (max === Number.POSITIVE_INFINITY) {
      const loop = { kind: "split" as const, targets: [next] };
      const again = this.push(loop);
      const inside = this.add(body, again);
      loop.targets.push(inside);
      // At least one round: what stands before the loop enters it at the body.
      at = min > 0 ? inside : again;
      required = Math.max(min - 1, 0);
    } else {
      for (let i = min; i < max && !this.full; i++) {
        at = this.push({ kind: "split", targets: [next, this.add(body, at)] });
      }
    }
    for (let i = 0; i < required && !this.full; i++) at = this.add(body, at);
    return at;
  }

  #encoded(set: CharSet): ByteRanges[] {
    let encoded = this.#encodings.get(set);
    if (encoded === undefined) {
      encoded = encodings(set);
      this.#encodings.set(set, encoded);
    }
    return encoded;
  }

  /** A state that reads byte `at` and on of `sequences`, which agree on the bytes before. */
  #bytes(sequences: readonly ByteRanges[], at: number, next: number): number {
    const ranges: number[] = [];
    const targets: number[] = [];
    for (let i = 0; i < sequences.length; ) {
      const lo = sequences[i]![at]!;
      const hi = sequences[i]![at + 1]!;
      let end = i + 1;
      while (end < sequences.length && sequences[end]![at] === lo && sequences[end]![at + 1] === hi) end++;
      const last = sequences[i]!.length === at + 2;
      const target = last ? next : this.#bytes(sequences.slice(i, end), at + 2, next);
      const previous = ranges.length - 1;
      if (previous > 0 && targets[targets.length - 1] === target && ranges[previous] === lo - 1) {
        ranges[previous] = hi;
      } else {
        ranges.push(lo, hi);
        targets.push(target);
      }
      i = end;
    }
    const key = `${ranges}|${targets}`;
    let state = this.#shared.get(key);
    if (state === undefined) {
      state = this.push({ kind: "byte", ranges, targets });
      this.#shared.set(key, state);
    }
    return state;
  }
}
