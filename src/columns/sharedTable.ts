import { Data, type RecordBatch, Table } from "apache-arrow";
import { batchOf } from "./batchOf.js";
import { isShared, type View } from "./sharedArena.js";
import { canShare } from "./sharedColumn.js";

function copied<V extends View>(values: V): V {
  if (isShared(values)) return values;
  const Kind = values.constructor as new (memory: SharedArrayBuffer) => V;
  const copy = new Kind(new SharedArrayBuffer(values.byteLength));
  copy.set(values as never);
  return copy;
}

function copiedData(data: Data): Data {
  const { type, offset, length, nullCount, valueOffsets, values, nullBitmap } = data;
  const buffers = [valueOffsets, values, nullBitmap].map(
    (buffer: View | undefined) => buffer && copied(buffer),
  );
  return new Data(type, offset, length, nullCount, buffers as ConstructorParameters<typeof Data>[4]);
}

/**
 * A table whose values lie in memory that threads share, so that `validate(table, suite, { threads })` needs no copy of
 * what another thread judges. Worth it for a table that is validated more than once, or filled for it. Columns with a
 * dictionary, nested ones and views stay as they are: one thread judges them. What is shared already isn't copied.
 */
export function sharedTable(table: Table): Table {
  const batches = table.batches.map((batch): RecordBatch => {
    const children = batch.data.children.map((data) => (canShare(data.type) ? copiedData(data) : data));
    return batchOf(batch.schema, batch.numRows, children, batch.metadata);
  });
  return new Table(table.schema, batches);
}
