import type { DataType } from "apache-arrow";
import { bindLiteral, type Literal } from "./literal.js";
import type { ColumnMask } from "./maskedView.js";
import { ValueSet } from "./valueSet.js";

/** How a suite names a column: an exact name, else a dotted path into structs; an array is always a path. */
export type ColumnRef = string | readonly string[];

/** A column in which some values count as null; those that don't fit its type are in it nowhere. */
export interface MaskedColumn {
  readonly column: ColumnRef;
  readonly missing: readonly Literal[];
}

/** A column as a rule or a state reads it: as it is stored, or with some values for null. */
export type ColumnUse = ColumnRef | MaskedColumn;

/** True when some values count as null. */
export function isMasked(use: ColumnUse): use is MaskedColumn {
  return typeof use === "object" && "missing" in use;
}

/** The column, however it is read. */
export function refOf(use: ColumnUse): ColumnRef {
  return isMasked(use) ? use.column : use;
}

/** The column with some values for null; one that has its own already stays as it is. */
export function maskColumn(use: ColumnUse, missing: readonly Literal[]): MaskedColumn {
  return isMasked(use) ? use : { column: use, missing };
}

/** True when some value of a column's type can equal the literal. */
export function fitsType(type: DataType, literal: Literal): boolean {
  return !("problem" in bindLiteral(type, literal));
}

/** What to read for null in a column of this type; undefined when it is read as it is stored. */
export function maskFor(type: DataType, use: ColumnUse): ColumnMask | undefined {
  if (!isMasked(use)) return undefined;
  const fitting = use.missing.filter((literal) => fitsType(type, literal));
  if (fitting.length === 0) return undefined;
  const values = new ValueSet(type);
  for (const literal of fitting) {
    const bound = bindLiteral(type, literal);
    if (!("problem" in bound)) values.add(bound);
  }
  return { key: JSON.stringify(fitting.map(String)), values };
}
