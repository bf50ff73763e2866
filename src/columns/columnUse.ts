import type { Literal } from "./literal.js";

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
