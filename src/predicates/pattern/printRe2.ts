import type { CharSet } from "./charSet.js";
import { printCategories } from "./printCategories.js";
import { printSet } from "./printSet.js";
import { type Condition, re2Condition } from "./re2Condition.js";
import type { Expression } from "./syntax.js";

const CONDITIONS: Readonly<Record<Condition, string>> = {
  textStart: "^",
  textEnd: "$",
  lineStart: "(?m:^)",
  lineEnd: "(?m:$)",
  boundary: "\\b",
  interior: "\\B",
};

/** Characters of a class from which on a shorter form is looked for. */
const LONG_CLASS = 500;

/** RE2 source of `expression`, whose assertions must all be ones that RE2 has. */
export function printRe2(expression: Expression): string {
  switch (expression.kind) {
    case "empty":
      return "";
    case "set":
      return printOneOf(expression.set, expression.spelling);
    case "assert":
      return CONDITIONS[re2Condition(expression.assertion)];
    case "sequence":
      return expression.parts
        .map((part) => (part.kind === "choice" ? `(?:${printRe2(part)})` : printRe2(part)))
        .join("");
    case "choice":
      return expression.options.map(printRe2).join("|");
    case "repeat": {
      const body = printRe2(expression.body);
      const atom = expression.body.kind === "set" || expression.body.kind === "group";
      return (
        (atom ? body : `(?:${body})`) +
        printBounds(expression.min, expression.max) +
        (expression.lazy ? "?" : "")
      );
    }
    case "group":
      // RE2 takes fewer names than JavaScript; nobody refers to a group here, so an odd name may go.
      return expression.name !== undefined && /^\w+$/.test(expression.name)
        ? `(?P<${expression.name}>${printRe2(expression.body)})`
        : `(${printRe2(expression.body)})`;
  }
}

const printed = new WeakMap<CharSet, string>();

function printOneOf(set: CharSet, spelling: string | undefined): string {
  if (spelling !== undefined && spelling.length < LONG_CLASS) return spelling;
  let shortest = printed.get(set);
  if (shortest === undefined) {
    shortest = printSet(set);
    if (shortest.length >= LONG_CLASS) {
      const byCategory = printCategories(set);
      if (byCategory.length < shortest.length) shortest = byCategory;
    }
    printed.set(set, shortest);
  }
  return shortest;
}

function printBounds(min: number, max: number): string {
  if (max === Number.POSITIVE_INFINITY) return min === 0 ? "*" : min === 1 ? "+" : `{${min},}`;
  if (min === 0 && max === 1) return "?";
  return min === max ? `{${min}}` : `{${min},${max}}`;
}
