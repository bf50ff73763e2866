import { EngineError } from "../../errors/index.js";
import { NEWLINE, sameSet, WORD } from "./charSet.js";
import type { Assertion } from "./syntax.js";

/** RE2's assertions: lines end in a line feed, words are ASCII. */
export type Condition = "textStart" | "textEnd" | "lineStart" | "lineEnd" | "boundary" | "interior";

/** The RE2 assertion that `assertion` is. Throws an EngineError for one that `resolveAssertions` has not resolved. */
export function re2Condition(assertion: Assertion): Condition {
  switch (assertion.at) {
    case "textStart":
    case "textEnd":
      return assertion.at;
    case "lineStart":
    case "lineEnd":
      if (sameSet(assertion.terminators, NEWLINE)) return assertion.at;
      break;
    case "boundary":
    case "interior":
      if (sameSet(assertion.word, WORD)) return assertion.at;
  }
  throw new EngineError("engine/failed", `RE2 has no assertion ${assertion.at} of this kind`);
}
