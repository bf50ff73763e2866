import { DataType, type Field, type RecordBatch, Schema } from "apache-arrow";
import { batchOf } from "../../columns/batchOf.js";
import { BinaryBuilder, TextBuilder } from "../../columns/builders/bytesBuilder.js";
import type { ColumnBuilder } from "../../columns/builders/columnBuilder.js";
import { BoolBuilder, NumberBuilder } from "../../columns/builders/numberBuilder.js";
import { bytesOf, integerOf } from "./storedValue.js";

type Add = (value: unknown) => unknown;

function columnFor({ type }: Field): readonly [Pick<ColumnBuilder, "finish">, Add] {
  if (DataType.isUtf8(type)) {
    const texts = new TextBuilder(type);
    return [texts, (value) => texts.add(value as string | null)];
  }
  if (DataType.isBinary(type)) {
    const binaries = new BinaryBuilder(type);
    return [binaries, (value) => binaries.push(value === null ? null : bytesOf(value))];
  }
  if (DataType.isBool(type)) {
    const bools = new BoolBuilder();
    return [bools, (value) => bools.add(value === null ? null : String(value))];
  }
  const numbers = new NumberBuilder(type, () => undefined);
  const isPlain = DataType.isFloat(type) || (DataType.isInt(type) && type.bitWidth < 64);
  const isNarrow = DataType.isDate(type);
  return [
    numbers,
    (value) => {
      if (value === null || isPlain) numbers.push(value as number | null);
      else numbers.push(isNarrow ? Number(integerOf(value)) : integerOf(value));
    },
  ];
}

/** Columns of DuckDB's values, in the order of some fields, as a batch. */
export function batchOfColumns(
  fields: readonly Field[],
  rows: number,
  columns: readonly (readonly unknown[])[],
): RecordBatch {
  const children = fields.map((field, nth) => {
    const [builder, add] = columnFor(field);
    for (const value of columns[nth]!) add(value);
    return builder.finish();
  });
  return batchOf(new Schema([...fields]), rows, children);
}
