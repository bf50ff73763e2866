import type { RecordBatch, Schema } from "apache-arrow";
import { cellJson } from "../columns/cellText.js";
import { createAtomicFile } from "./atomicFile.js";
import { checkSameColumns, checkSchema } from "./schemaRules.js";
import type { Sink } from "./sink.js";

const ROWS = 8192;

/**
 * Opens a sink of JSON lines: one object a row, every column in it, values printed by `cellJson`, so that `openJsonl`
 * with the same schema gives back every value. Throws InputError for batches of other columns, EngineError for what
 * can't be written.
 */
export async function openJsonlSink(path: string, schema: Schema): Promise<Sink> {
  checkSchema(schema, "the table to write");
  const file = await createAtomicFile(path);
  const encoder = new TextEncoder();
  const keys = schema.fields.map(({ name }, i) => `${i === 0 ? "{" : ","}${JSON.stringify(name)}:`);
  let rows = 0;

  function lines(batch: RecordBatch, from: number, to: number): string {
    let text = "";
    for (let row = from; row < to; row++) {
      for (const [i, data] of batch.data.children.entries()) text += keys[i]! + cellJson(data, row);
      text += "}\n";
    }
    return text;
  }

  return {
    get rows() {
      return rows;
    },
    async write(batch: RecordBatch) {
      checkSameColumns(schema, batch, "the batch to write");
      for (let from = 0; from < batch.numRows; from += ROWS) {
        await file.write(encoder.encode(lines(batch, from, Math.min(batch.numRows, from + ROWS))));
      }
      rows += batch.numRows;
    },
    commit: () => file.commit(),
    abort: () => file.abort(),
  };
}
