import { DataType, type Field, type Schema } from "apache-arrow";
import { didYouMean, nearestName } from "../errors/index.js";
import { type ColumnMask, maskFor } from "./columnMask.js";
import { type ColumnRef, type ColumnUse, refOf } from "./columnUse.js";
import { type Kind, kindOf, typeName } from "./typeName.js";

/** A column found in a schema: the top-level index and the child indexes below it. */
export interface ColumnAddress {
  readonly index: number;
  readonly path: readonly number[];
  /** The name as it is shown. */
  readonly name: string;
  readonly type: DataType;
  readonly kind: Kind;
  readonly nullable: boolean;
  /** Values that count as null. What is known of the stored column, as a footer's counts, says nothing of them. */
  readonly mask?: ColumnMask;
}

/** A column that isn't there, and the sentence that says so. */
export interface Unresolved {
  readonly problem: string;
}

/** The text a column reference is shown as. */
export function columnLabel(use: ColumnUse): string {
  const ref = refOf(use);
  return typeof ref === "string" ? ref : ref.join(".");
}

/** One key per address, equal for equal columns however they were spelled, and read with the same values as null. */
export function addressKey({ index, path, mask }: ColumnAddress): string {
  const plain = path.length === 0 ? String(index) : [index, ...path].join("/");
  return mask ? `${plain} ${mask.key}` : plain;
}

/** The column as it is stored, where every value counts. */
export function unmasked(address: ColumnAddress): ColumnAddress {
  const { mask: _, ...plain } = address;
  return plain;
}

function descend(schema: Schema, steps: readonly string[]): ColumnAddress | Unresolved {
  let children: readonly Field[] = schema.fields;
  let field: Field | undefined;
  let nullable = false;
  const path: number[] = [];
  for (const [depth, step] of steps.entries()) {
    const at = children.findIndex((child) => child.name === step);
    if (at < 0) {
      const names = children.map((child) => child.name);
      const where = depth === 0 ? "column" : `field of ${JSON.stringify(steps.slice(0, depth).join("."))}`;
      return { problem: `no ${where} ${JSON.stringify(step)}${didYouMean(step, names)}` };
    }
    field = children[at]!;
    nullable ||= field.nullable;
    path.push(at);
    const isLast = depth === steps.length - 1;
    if (!isLast && !DataType.isStruct(field.type)) {
      return {
        problem: `${JSON.stringify(steps.slice(0, depth + 1).join("."))} is ${typeName(field.type)}, not a struct: it has no field ${JSON.stringify(steps[depth + 1])}`,
      };
    }
    children = field.type.children ?? [];
  }
  if (!field) return { problem: "a column path needs at least one name" };
  const [index, ...rest] = path as [number, ...number[]];
  return { index, path: rest, name: steps.join("."), type: field.type, kind: kindOf(field.type), nullable };
}

function find(schema: Schema, ref: ColumnRef): ColumnAddress | Unresolved {
  if (typeof ref !== "string") return descend(schema, ref);
  const whole = descend(schema, [ref]);
  if (!("problem" in whole) || !ref.includes(".")) return whole;
  const names = schema.fields.map((field) => field.name);
  const nested = descend(schema, ref.split("."));
  if (!("problem" in nested)) return nested;
  return nearestName(ref, names) === undefined && names.includes(ref.split(".")[0]!) ? nested : whole;
}

/**
 * Finds a column: by exact name first, then as a dotted path; an array is a path only. Of the values that are to count
 * as null, those that no value of the column's type can equal are left out.
 */
export function resolveColumn(schema: Schema, use: ColumnUse): ColumnAddress | Unresolved {
  const found = find(schema, refOf(use));
  if ("problem" in found) return found;
  const mask = maskFor(found.type, use);
  return mask ? { ...found, mask } : found;
}
