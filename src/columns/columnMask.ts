import type { DataType } from "apache-arrow";
import { type ColumnUse, isMasked } from "./columnUse.js";
import { bindLiteral, type Literal } from "./literal.js";
import { ValueSet } from "./valueSet.js";

/** Values that count as null in a column, under a key that is equal for equal ones. */
export interface ColumnMask {
  readonly key: string;
  readonly values: ValueSet;
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
