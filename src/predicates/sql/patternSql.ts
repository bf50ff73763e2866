import type { Pattern } from "../pattern/compilePattern.js";
import { sqlUtf8 } from "./literals.js";
import { NotInSql, type SqlColumn } from "./sqlColumn.js";

const encoder = new TextEncoder();

// What one version of RE2 may read otherwise than another: Unicode's tables (classes, and folding of case), quoting,
// single bytes, and the younger spelling of a named group.
const UNSURE = /\\[pPQEC]|\(\?<|\(\?[a-zA-Z]*i/;

/** SQL for a pattern found anywhere in a text. */
export function patternSql({ sql }: SqlColumn, { re2 }: Pick<Pattern, "re2">): string {
  if (UNSURE.test(re2)) throw new NotInSql("a pattern with Unicode classes, folding or quoting");
  return `regexp_matches(${sql}, ${sqlUtf8(encoder.encode(re2))}, 'c')`;
}
