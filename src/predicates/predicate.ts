import type { ColumnRef } from "../columns/address.js";
import type { Literal } from "../columns/literal.js";
import type { Json } from "../results/json.js";

/** A pattern as data: RE2 text, or a JavaScript RegExp's source and flags. */
export type PatternData = string | { readonly source: string; readonly flags: string };

/** What a comparison makes of NaN: false, as of any value out of range, or unknown, as of a null. */
export type NanTruth = "false" | "unknown";

/** Bounds of a value; a missing bound is open. */
export interface Bounds {
  readonly min?: Literal;
  readonly max?: Literal;
  readonly minExclusive?: Literal;
  readonly maxExclusive?: Literal;
}

/** What a text is read as. */
export type TextForm =
  | { readonly kind: "json" }
  | { readonly kind: "jsonSchema"; readonly schema: Json }
  | { readonly kind: "strftime"; readonly format: string }
  | { readonly kind: "moment" };

/** How two columns may be compared. */
export type Comparison = "eq" | "gt" | "ge";

/**
 * What is true of a row, as data. Three-valued: a test of a null is unknown, `and`, `or` and `not` are Kleene's.
 * - `guard` is unknown where `when` is not true; `known` turns unknown into a truth value.
 * - `call` asks a function given at run time; one that throws counts against the row, and is reported.
 */
export type Predicate =
  | { readonly op: "and" | "or"; readonly of: readonly Predicate[] }
  | { readonly op: "not"; readonly of: Predicate }
  | { readonly op: "guard"; readonly when: Predicate; readonly of: Predicate }
  | { readonly op: "known"; readonly of: Predicate; readonly as: boolean }
  | { readonly op: "isNull"; readonly column: ColumnRef }
  | { readonly op: "isNaN"; readonly column: ColumnRef }
  | ({ readonly op: "range"; readonly column: ColumnRef; readonly nan: NanTruth } & Bounds)
  | {
      readonly op: "in";
      readonly column: ColumnRef;
      readonly values: readonly Literal[];
      readonly nan: NanTruth;
    }
  | {
      readonly op: "matches";
      readonly column: ColumnRef;
      readonly patterns: readonly PatternData[];
      readonly require: "any" | "all";
    }
  | {
      readonly op: "length";
      readonly column: ColumnRef;
      readonly min?: number;
      readonly max?: number;
      readonly unit: "codePoints" | "bytes";
    }
  | { readonly op: "parses"; readonly column: ColumnRef; readonly as: TextForm }
  | {
      readonly op: "pair";
      readonly left: ColumnRef;
      readonly right: ColumnRef;
      readonly compare: Comparison;
      readonly nan: NanTruth;
    }
  | {
      readonly op: "rowSum";
      readonly columns: readonly ColumnRef[];
      readonly total: number | string;
      readonly nan: NanTruth;
    }
  | { readonly op: "call"; readonly function: string; readonly columns: readonly ColumnRef[] };

/** The columns a predicate names, in the order it names them, without repeats. */
export function columnsOf(predicate: Predicate): ColumnRef[] {
  const found = new Map<string, ColumnRef>();
  const add = (ref: ColumnRef) => found.set(JSON.stringify(ref), ref);
  const visit = (part: Predicate): void => {
    switch (part.op) {
      case "and":
      case "or":
        part.of.forEach(visit);
        break;
      case "not":
      case "known":
        visit(part.of);
        break;
      case "guard":
        visit(part.when);
        visit(part.of);
        break;
      case "pair":
        add(part.left);
        add(part.right);
        break;
      case "call":
      case "rowSum":
        part.columns.forEach(add);
        break;
      default:
        add(part.column);
    }
  };
  visit(predicate);
  return [...found.values()];
}

/** True when some part of a predicate, made of no others, is so. */
function hasPart(predicate: Predicate, isSo: (part: Predicate) => boolean): boolean {
  switch (predicate.op) {
    case "and":
    case "or":
      return predicate.of.some((part) => hasPart(part, isSo));
    case "not":
    case "known":
      return hasPart(predicate.of, isSo);
    case "guard":
      return hasPart(predicate.when, isSo) || hasPart(predicate.of, isSo);
    default:
      return isSo(predicate);
  }
}

/** True when a predicate asks a function given at run time, which only this process can run. */
export const hasCall = (predicate: Predicate): boolean => hasPart(predicate, ({ op }) => op === "call");

/** True when a predicate holds a pattern. */
export const hasPattern = (predicate: Predicate): boolean => hasPart(predicate, ({ op }) => op === "matches");

/** True when a predicate holds a JSON Schema. */
export const hasJsonSchema = (predicate: Predicate): boolean =>
  hasPart(predicate, (part) => part.op === "parses" && part.as.kind === "jsonSchema");
