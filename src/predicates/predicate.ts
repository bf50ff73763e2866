import { type ColumnRef, type ColumnUse, refOf } from "../columns/columnUse.js";
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

/** Formats that no pattern says: with check digits, a list of codes, or a grammar of their own. */
export type CheckedFormat = "url" | "ipv6" | "cidr" | "iban" | "bic" | "creditCard" | "countryAlpha3";

/** What a text is read as. */
export type TextForm =
  | { readonly kind: "json" }
  | { readonly kind: "jsonSchema"; readonly schema: Json }
  | { readonly kind: "strftime"; readonly format: string }
  | { readonly kind: "moment" }
  | { readonly kind: "format"; readonly format: CheckedFormat };

/** How two columns may be compared. */
export type Comparison = "eq" | "gt" | "ge";

/**
 * What is true of a row, as data. Three-valued: a test of a null is unknown, `and`, `or` and `not` are Kleene's.
 * - `guard` is unknown where `when` is not true; `known` turns unknown into a truth value.
 * - `call` asks a function given at run time; one that throws counts against the row, and is reported.
 * - `lookUp` looks the row up in a table given at run time: true where some row of it has equal values in `keys`.
 */
export type Predicate =
  | { readonly op: "and" | "or"; readonly of: readonly Predicate[] }
  | { readonly op: "not"; readonly of: Predicate }
  | { readonly op: "guard"; readonly when: Predicate; readonly of: Predicate }
  | { readonly op: "known"; readonly of: Predicate; readonly as: boolean }
  | { readonly op: "isNull"; readonly column: ColumnUse }
  | { readonly op: "isNaN"; readonly column: ColumnUse }
  | ({ readonly op: "range"; readonly column: ColumnUse; readonly nan: NanTruth } & Bounds)
  | {
      readonly op: "in";
      readonly column: ColumnUse;
      readonly values: readonly Literal[];
      readonly nan: NanTruth;
    }
  | {
      readonly op: "matches";
      readonly column: ColumnUse;
      readonly patterns: readonly PatternData[];
      readonly require: "any" | "all";
    }
  | {
      readonly op: "length";
      readonly column: ColumnUse;
      readonly min?: number;
      readonly max?: number;
      readonly unit: "codePoints" | "bytes";
    }
  | { readonly op: "parses"; readonly column: ColumnUse; readonly as: TextForm }
  | {
      readonly op: "pair";
      readonly left: ColumnUse;
      readonly right: ColumnUse;
      readonly compare: Comparison;
      readonly nan: NanTruth;
    }
  | {
      readonly op: "rowSum";
      readonly columns: readonly ColumnUse[];
      readonly total: number | string;
      readonly nan: NanTruth;
    }
  | { readonly op: "call"; readonly function: string; readonly columns: readonly ColumnUse[] }
  | {
      readonly op: "lookUp";
      readonly columns: readonly ColumnUse[];
      readonly table: string;
      readonly keys: readonly ColumnRef[];
      readonly nan: NanTruth;
    };

/** The columns a predicate names, in the order it names them, without repeats. */
export function columnsOf(predicate: Predicate): ColumnRef[] {
  const refs = usesOf(predicate).map(refOf);
  return [...new Map(refs.map((ref) => [JSON.stringify(ref), ref])).values()];
}

/** The columns as a predicate reads them; one that it reads in two ways comes twice. */
export function usesOf(predicate: Predicate): ColumnUse[] {
  const found = new Map<string, ColumnUse>();
  const add = (use: ColumnUse) => found.set(JSON.stringify(use), use);
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
      case "lookUp":
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

/** The predicate with each column it reads replaced. */
export function mapColumns(predicate: Predicate, to: (use: ColumnUse) => ColumnUse): Predicate {
  switch (predicate.op) {
    case "and":
    case "or":
      return { ...predicate, of: predicate.of.map((part) => mapColumns(part, to)) };
    case "not":
    case "known":
      return { ...predicate, of: mapColumns(predicate.of, to) };
    case "guard":
      return { ...predicate, when: mapColumns(predicate.when, to), of: mapColumns(predicate.of, to) };
    case "pair":
      return { ...predicate, left: to(predicate.left), right: to(predicate.right) };
    case "call":
    case "lookUp":
    case "rowSum":
      return { ...predicate, columns: predicate.columns.map(to) };
    default:
      return { ...predicate, column: to(predicate.column) };
  }
}

/** The parts of a predicate that are made of no others, in the order it names them. */
export function leavesOf(predicate: Predicate): Predicate[] {
  switch (predicate.op) {
    case "and":
    case "or":
      return predicate.of.flatMap(leavesOf);
    case "not":
    case "known":
      return leavesOf(predicate.of);
    case "guard":
      return [...leavesOf(predicate.when), ...leavesOf(predicate.of)];
    default:
      return [predicate];
  }
}

/** True when a predicate asks what is given at run time, a function or a table: only this process can. */
export const asksGiven = (predicate: Predicate): boolean =>
  leavesOf(predicate).some(({ op }) => op === "call" || op === "lookUp");

/** True when a predicate holds a pattern. */
export const hasPattern = (predicate: Predicate): boolean =>
  leavesOf(predicate).some(({ op }) => op === "matches");

/** True when a predicate holds a JSON Schema. */
export const hasJsonSchema = (predicate: Predicate): boolean =>
  leavesOf(predicate).some((part) => part.op === "parses" && part.as.kind === "jsonSchema");
