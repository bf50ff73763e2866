import {
  type Data,
  DataType,
  Field,
  makeData,
  type RecordBatch,
  Schema,
  Struct,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import { batchOf } from "../columns/batchOf.js";
import { shownCell } from "../columns/shown.js";
import { ColumnView } from "../columns/view.js";
import type { Redactor } from "./redact.js";

interface Column {
  readonly field: Field;
  readonly data: Data;
}

/** A column, or a field of a struct, without what is redacted; undefined when nothing of it is left. */
function redactColumn(field: Field, data: Data, path: readonly string[], redactor: Redactor) {
  const redaction = redactor.of(path);
  if (redaction === "drop") return undefined;
  if (redaction !== undefined) {
    const view = new ColumnView(data);
    const texts = Array.from({ length: data.length }, (_, row) =>
      redactor.apply(redaction, shownCell(view, row)),
    );
    const text = vectorFromArray(texts as (string | null)[], new Utf8()).data[0]!;
    return { field: new Field(field.name, new Utf8(), field.nullable), data: text };
  }
  return DataType.isStruct(field.type) ? redactStruct(field, data, path, redactor) : { field, data };
}

function redactStruct(field: Field, data: Data, path: readonly string[], redactor: Redactor) {
  const { offset, length, nullCount, nullBitmap } = data;
  const kept = redactAll(field.type.children, data.children, path, redactor);
  if (kept.length === 0) return undefined;
  const type = new Struct(kept.map((column) => column.field));
  const children = kept.map((column) => column.data);
  return {
    field: new Field(field.name, type, field.nullable, field.metadata),
    data: makeData({ type, offset, length, nullCount, nullBitmap, children }),
  };
}

function redactAll(
  fields: readonly Field[],
  datas: readonly Data[],
  path: readonly string[],
  redactor: Redactor,
): Column[] {
  return fields.flatMap((field, i) => redactColumn(field, datas[i]!, [...path, field.name], redactor) ?? []);
}

/** Rows with their redacted columns, and fields of structs, hashed or masked, as text, or left out. */
export function redactBatch(batch: RecordBatch, redactor: Redactor): RecordBatch {
  const columns = redactAll(batch.schema.fields, batch.data.children, [], redactor);
  const schema = new Schema(
    columns.map(({ field }) => field),
    batch.schema.metadata,
  );
  const children = columns.map(({ data }) => data);
  return batchOf(schema, batch.numRows, children, batch.metadata);
}
