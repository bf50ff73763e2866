import { MOST_REPEATS } from "./parse.js";
import { patternError } from "./scanner.js";
import type { Expression } from "./syntax.js";

/** The longest source of a pattern, in UTF-16 units. */
export const LONGEST_PATTERN = 10_000;

/** The most instructions of a compiled pattern, its repeats written out. */
export const LARGEST_PROGRAM = 10_000;

/** Throws a ConfigError for a source that is longer than `LONGEST_PATTERN`. */
export function checkLength(source: string): void {
  if (source.length > LONGEST_PATTERN) {
    throw patternError(
      source,
      `its ${source.length} characters are more than the limit of ${LONGEST_PATTERN}`,
    );
  }
}

/** Throws a ConfigError when repeats multiply beyond RE2's limit or make the program too large. */
export function checkSize(source: string, expression: Expression): void {
  checkRepeats(source, expression, MOST_REPEATS);
  if (programSize(expression) > LARGEST_PROGRAM) {
    throw patternError(
      source,
      `with its repeats written out, it takes more than ${LARGEST_PROGRAM} instructions`,
    );
  }
}

function checkRepeats(source: string, expression: Expression, budget: number): void {
  switch (expression.kind) {
    case "sequence":
      for (const part of expression.parts) checkRepeats(source, part, budget);
      break;
    case "choice":
      for (const option of expression.options) checkRepeats(source, option, budget);
      break;
    case "group":
      checkRepeats(source, expression.body, budget);
      break;
    case "repeat": {
      const { min, max } = expression;
      const count = Math.max(max === Number.POSITIVE_INFINITY ? min : max, 1);
      if (count > budget) {
        throw patternError(
          source,
          `repeats within repeats multiply to more than ${MOST_REPEATS}`,
          expression.offset,
        );
      }
      checkRepeats(source, expression.body, Math.floor(budget / count));
    }
  }
}

function programSize(expression: Expression): number {
  switch (expression.kind) {
    case "empty":
    case "set":
    case "assert":
      return 1;
    case "sequence":
      return expression.parts.reduce((sum, part) => sum + programSize(part), 0);
    case "choice":
      return expression.options.reduce((sum, option) => sum + 1 + programSize(option), 0);
    case "group":
      return 2 + programSize(expression.body);
    case "repeat": {
      const { min, max } = expression;
      const body = programSize(expression.body);
      return max === Number.POSITIVE_INFINITY
        ? Math.max(min, 1) * body + 1
        : min * body + (max - min) * (body + 1);
    }
  }
}
