import { type Data, makeData, RecordBatch, type Schema, Struct } from "apache-arrow";

/** A batch of columns in the order of `schema`'s fields, all of `rows` rows, whose schema is that very object. */
export function batchOf(
  schema: Schema,
  rows: number,
  children: Data[],
  metadata: Map<string, string> = new Map(),
): RecordBatch {
  const data = makeData({ type: new Struct(schema.fields), length: rows, nullCount: 0, children });
  // The constructor makes a copy of the schema in which fields of one name all get the type of the last.
  return Object.assign(new RecordBatch(schema, data, metadata), { schema });
}
