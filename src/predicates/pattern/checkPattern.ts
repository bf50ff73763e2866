import { ConfigError } from "../../errors/index.js";
import type { PatternData } from "../predicate.js";
import { checkFlags } from "./flags.js";
import { checkLength } from "./limits.js";
import { patternError } from "./scanner.js";

// What may hide a parenthesis or a backslash, and the groups and escapes that no linear-time engine has.
const RE2_TOKEN = /\\Q[\s\S]*?(?:\\E|$)|\[\^?\]?(?:\\.|[^\]\\])*\]|\\[\s\S]|\(\?<?[=!]/gu;
const JAVASCRIPT_TOKEN = /\[(?:\\.|[^\]\\])*\]|\\[\s\S]|\(\?<?[=!]/gu;

function refuseUnboundedWork(source: string, tokens: RegExp, backReference: RegExp): void {
  for (const { 0: token, index } of source.matchAll(tokens)) {
    if (token.startsWith("(?")) {
      const what = token.startsWith("(?<") ? "look-behind" : "look-ahead";
      throw patternError(source, `${what} "${token}" can't be matched in linear time`, index);
    }
    if (backReference.test(token)) {
      throw patternError(source, `back-reference "${token}" can't be matched in linear time`, index);
    }
  }
}

/**
 * What is known to be wrong with a pattern without loading the pattern engine, as a sentence: look-around,
 * back-references, flags, its length. What else can't be translated is told when a run or a lint loads the engine.
 */
export function checkPattern(pattern: PatternData): string | undefined {
  try {
    if (typeof pattern === "string") {
      checkLength(pattern);
      refuseUnboundedWork(pattern, RE2_TOKEN, /^\\[1-9]$/);
    } else {
      checkFlags(pattern.flags);
      checkLength(pattern.source);
      refuseUnboundedWork(pattern.source, JAVASCRIPT_TOKEN, /^\\[1-9k]$/);
      new RegExp(pattern.source, pattern.flags);
    }
    return undefined;
  } catch (error) {
    if (error instanceof ConfigError || error instanceof SyntaxError) return error.message;
    throw error;
  }
}
