import type { ColumnRef } from "../../columns/columnUse.js";
import type { Predicate } from "../../predicates/predicate.js";
import type { StoredOptions } from "./options.js";

/** True where a column holds no value, or NaN where that counts as none. */
export function isMissing(column: ColumnRef, nan: StoredOptions["nan"]): Predicate {
  const isNull: Predicate = { op: "isNull", column };
  return nan === "null" ? { op: "or", of: [isNull, { op: "isNaN", column }] } : isNull;
}

/** The rows of an aggregate in which a column isn't NaN. */
export function withoutNan(
  column: ColumnRef,
  { where }: { readonly where?: Predicate },
): { readonly where: Predicate } {
  const isNumber: Predicate = { op: "not", of: { op: "isNaN", column } };
  return { where: where ? { op: "and", of: [where, isNumber] } : isNumber };
}

/** The rows a rule over several columns ignores: those where all, any or none of the columns hold no value. */
export function ignoring(
  which: "all" | "any" | "none",
  columns: readonly ColumnRef[],
  nan?: StoredOptions["nan"],
): { readonly ignore?: Predicate } {
  if (which === "none") return {};
  const of = columns.map((column) => isMissing(column, nan));
  return { ignore: { op: which === "all" ? "and" : "or", of } };
}
