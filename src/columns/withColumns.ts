import { type Data, Field, Int64, List, makeData, type RecordBatch, Schema, Utf8 } from "apache-arrow";
import { EngineError } from "../errors/index.js";
import { batchOf } from "./batchOf.js";
import { gatherData } from "./gatherData.js";
import { doublesToInt64 } from "./int64.js";

/** A column to append: what it is called, and its rows. */
export interface ExtraColumn {
  readonly field: Field;
  readonly data: Data;
}

/**
 * The batch with columns appended, in order. Names are not looked at: they may be anything, and occur twice.
 *
 * @throws EngineError when a column has not as many rows as the batch.
 */
export function withColumns(batch: RecordBatch, extra: readonly ExtraColumn[]): RecordBatch {
  for (const { field, data } of extra) {
    if (data.length === batch.numRows) continue;
    const name = JSON.stringify(field.name);
    throw new EngineError(
      "engine/failed",
      `column ${name} has ${data.length} rows, its batch ${batch.numRows}`,
    );
  }
  const { schema } = batch;
  const added = extra.map(({ field }) => field);
  const dictionaries = new Map([...schema.dictionaries, ...new Schema(added).dictionaries]);
  const fields = [...schema.fields, ...added];
  const children = [...batch.data.children, ...extra.map(({ data }) => data)];
  const wider = new Schema(fields, schema.metadata, dictionaries, schema.metadataVersion);
  return batchOf(wider, batch.numRows, children, batch.metadata);
}

/** Safe integers as an int64 column without nulls. */
export function int64Data(values: readonly number[] | Float64Array): Data<Int64> {
  return makeData({ type: new Int64(), length: values.length, nullCount: 0, data: doublesToInt64(values) });
}

/** A list<utf8> column without nulls, its child called `item`: row i has the texts of `lists[numbers[i]]`. */
export function utf8ListData(
  lists: readonly (readonly string[])[],
  numbers: ArrayLike<number>,
): Data<List<Utf8>> {
  const texts = utf8Data(lists.flat());
  const starts = new Int32Array(lists.length + 1);
  for (const [i, list] of lists.entries()) starts[i + 1] = starts[i]! + list.length;
  // A few lists fill millions of rows: each is encoded once, then taken as often as it occurs.
  const runs = new Int32Array(2 * numbers.length);
  const valueOffsets = new Int32Array(numbers.length + 1);
  for (let i = 0; i < numbers.length; i++) {
    const list = numbers[i]!;
    runs[2 * i] = starts[list]!;
    runs[2 * i + 1] = starts[list + 1]!;
    valueOffsets[i + 1] = valueOffsets[i]! + starts[list + 1]! - starts[list]!;
  }
  const child = gatherData(texts, runs, "item") as Data<Utf8>;
  const type = new List(new Field("item", child.type, false));
  return makeData({ type, length: numbers.length, nullCount: 0, valueOffsets, child });
}

function utf8Data(texts: readonly string[]): Data<Utf8> {
  const encoder = new TextEncoder();
  const encoded = texts.map((text) => encoder.encode(text));
  const valueOffsets = new Int32Array(texts.length + 1);
  for (const [i, bytes] of encoded.entries()) valueOffsets[i + 1] = valueOffsets[i]! + bytes.length;
  // Texts with room behind them are copied by the word.
  const data = new Uint8Array(valueOffsets[texts.length]! + 8);
  for (const [i, bytes] of encoded.entries()) data.set(bytes, valueOffsets[i]!);
  return makeData({ type: new Utf8(), length: texts.length, nullCount: 0, valueOffsets, data });
}
