import { type CharSet, complement, intersection, isSubset, union } from "./charSet.js";
import { printRanges } from "./printSet.js";
import { setOf } from "./re2Sets.js";

/** Unicode's general categories, which divide the code points, by the first letter of their names. */
const CATEGORIES = [
  "Cc Cf Cn Co Cs",
  "Ll Lm Lo Lt Lu",
  "Mc Me Mn",
  "Nd Nl No",
  "Pc Pd Pe Pf Pi Po Ps",
  "Sc Sk Sm So",
]
  .concat("Zl Zp Zs")
  .map((group) => group.split(" "));

/** `set` as a RE2 class of general categories and what remains: short for sets made from categories. */
export function printCategories(set: CharSet): string {
  const inside = `[${members(set)}]`;
  const outside = `[^${members(complement(set))}]`;
  return outside.length < inside.length ? outside : inside;
}

function members(set: CharSet): string {
  let out = "";
  let rest: CharSet = [];
  for (const group of CATEGORIES) {
    const covered = group.filter((category) => isSubset(setOf(`\\p{${category}}`), set));
    const whole = covered.length === group.length;
    out += whole ? `\\p{${group[0]![0]}}` : covered.map((category) => `\\p{${category}}`).join("");
    for (const category of group) {
      if (!covered.includes(category)) rest = union(rest, intersection(setOf(`\\p{${category}}`), set));
    }
  }
  return out + printRanges(rest);
}
