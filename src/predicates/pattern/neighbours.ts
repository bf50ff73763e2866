import { type CharSet, NEWLINE, NONE, union } from "./charSet.js";
import type { Expression } from "./syntax.js";

/** What may stand on one side of a place in a pattern. */
export interface Side {
  /**
   * Whether the place may be the edge of the match, beyond which the text is unknown: never, always straight away
   * (`clean`), or possibly with another assertion between the place and that edge (`crossed`).
   */
  readonly open: "no" | "clean" | "crossed";
  /** Whether the text may begin (or end) right here. */
  readonly edge: boolean;
  /** The characters that may stand here. */
  readonly chars: CharSet;
}

/** The outside of the whole pattern. */
export const OUTSIDE: Side = { open: "clean", edge: false, chars: NONE };

const NOTHING: Side = { open: "no", edge: false, chars: NONE };

/** What may come first (`lead`) or last (`trail`) in an expression; `open` says whether it may be passed through. */
interface Ends {
  readonly lead: Side;
  readonly trail: Side;
}

/** The alternatives of two sides. */
export function either(a: Side, b: Side): Side {
  const open = a.open === "crossed" || b.open === "no" ? a.open : b.open;
  return { open, edge: a.edge || b.edge, chars: union(a.chars, b.chars) };
}

/** What is seen through `near`, where it may be passed through, of what lies `beyond`. */
export function through(near: Side, beyond: Side): Side {
  if (near.open === "no") return near;
  const open = near.open === "crossed" && beyond.open === "clean" ? "crossed" : beyond.open;
  return either({ ...near, open: "no" }, { ...beyond, open });
}

const remembered = new WeakMap<Expression, Ends>();

/** What may come first and last in `expression`. */
export function endsOf(expression: Expression): Ends {
  let ends = remembered.get(expression);
  if (ends === undefined) {
    ends = findEnds(expression);
    remembered.set(expression, ends);
  }
  return ends;
}

function findEnds(expression: Expression): Ends {
  switch (expression.kind) {
    case "empty":
      return { lead: OUTSIDE, trail: OUTSIDE };
    case "set": {
      const side: Side = { ...NOTHING, chars: expression.set };
      return { lead: side, trail: side };
    }
    case "assert":
      return assertionEnds(expression);
    case "sequence":
      return {
        lead: expression.parts.reduceRight((beyond, part) => through(endsOf(part).lead, beyond), OUTSIDE),
        trail: expression.parts.reduce((beyond, part) => through(endsOf(part).trail, beyond), OUTSIDE),
      };
    case "choice": {
      const all = expression.options.map(endsOf);
      return {
        lead: all.map((ends) => ends.lead).reduce(either),
        trail: all.map((ends) => ends.trail).reduce(either),
      };
    }
    case "repeat": {
      if (expression.max === 0) return { lead: OUTSIDE, trail: OUTSIDE };
      const body = endsOf(expression.body);
      if (expression.min > 0) return body;
      return { lead: either(body.lead, OUTSIDE), trail: either(body.trail, OUTSIDE) };
    }
    case "group":
      return endsOf(expression.body);
  }
}

/** An assertion tells what is on its own side, and can be passed on the other. */
function assertionEnds({ assertion }: Expression & { kind: "assert" }): Ends {
  const passed: Side = { ...NOTHING, open: "crossed" };
  const edge = (chars: CharSet): Side => ({ open: "no", edge: true, chars });
  switch (assertion.at) {
    case "textStart":
      return { lead: passed, trail: edge(NONE) };
    case "textEnd":
      return { lead: edge(NONE), trail: passed };
    case "finalEnd":
      return { lead: edge(NEWLINE), trail: passed };
    case "lineStart":
      return { lead: passed, trail: edge(assertion.terminators) };
    case "lineEnd":
      return { lead: edge(assertion.terminators), trail: passed };
    case "boundary":
    case "interior":
      return { lead: passed, trail: passed };
  }
}
