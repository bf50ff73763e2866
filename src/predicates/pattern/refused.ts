import type { Scanner } from "./scanner.js";

/** Groups that no linear-time engine has, by what follows the parenthesis, in whichever dialect has them. */
const GROUPS = new Map([
  ["?=", "look-ahead"],
  ["?!", "look-ahead"],
  ["?<=", "look-behind"],
  ["?<!", "look-behind"],
  ["?>", "an atomic group"],
  ["?P=", "a back-reference"],
  ["?(", "a conditional"],
]);

/** Throws a ConfigError if what follows the parenthesis at `offset` can't be matched in linear time. */
export function refuseGroup(scan: Scanner, offset: number): void {
  for (const [written, what] of GROUPS) {
    if (scan.sees(written)) scan.fail(`${what}, "(${written}", can't be matched in linear time`, offset);
  }
}

/** Throws a ConfigError about the back-reference `written` at `offset`. */
export function refuseBackReference(scan: Scanner, written: string, offset: number): never {
  return scan.fail(`a back-reference, "${written}", can't be matched in linear time`, offset);
}
