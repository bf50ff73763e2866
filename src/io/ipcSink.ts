import type { RecordBatch, Schema } from "apache-arrow";
import { createAtomicFile } from "./atomicFile.js";
import { IpcEncoder } from "./ipc/ipcEncoder.js";
import { checkSameColumns, checkSchema } from "./schemaRules.js";
import type { Sink } from "./sink.js";

/** How Arrow IPC is written. */
export interface IpcSinkOptions {
  /** `stream` for a path that ends in `.arrows`, else `file`, when absent. */
  readonly format?: "file" | "stream";
}

/**
 * Opens a sink of the Arrow IPC file format (`.arrow`) or stream format (`.arrows`). A batch must have the columns of
 * `schema`. Throws InputError for batches that have others, EngineError for what can't be written.
 */
export async function openIpcSink(path: string, schema: Schema, options: IpcSinkOptions = {}): Promise<Sink> {
  checkSchema(schema, "the table to write");
  const encoder = new IpcEncoder(schema, options.format ?? (path.endsWith(".arrows") ? "stream" : "file"));
  const file = await createAtomicFile(path);
  let rows = 0;
  let ended = false;
  return {
    get rows() {
      return rows;
    },
    async write(batch: RecordBatch) {
      checkSameColumns(schema, batch, "the batch to write");
      encoder.encode(batch);
      await file.write(encoder.take());
      rows += batch.numRows;
    },
    async commit() {
      if (!ended) {
        ended = true;
        encoder.end();
        await file.write(encoder.take());
      }
      return file.commit();
    },
    abort: () => file.abort(),
  };
}
