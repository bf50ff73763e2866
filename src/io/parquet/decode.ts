import { makeData, RecordBatch, Schema, Struct, Table, tableFromIPC, tableToIPC } from "apache-arrow";
import { batchOf } from "../../columns/batchOf.js";
import { typeName } from "../../columns/typeName.js";
import { InputError } from "../../errors/index.js";
import { loadOnce } from "../loadOnce.js";
import { type Taken, takeColumns } from "./takeColumns.js";
import { BATCH_ROWS } from "./window.js";

type ParquetWasm = typeof import("parquet-wasm");
type HeldBatch = import("parquet-wasm").RecordBatch;

/** Loads the decoder, once per process. */
export const loadParquetWasm: () => Promise<ParquetWasm> = loadOnce(() => import("parquet-wasm"));

/**
 * Runs one call of the WebAssembly module and turns a trap, which says nothing by itself, into an error that does.
 * Only its synchronous functions are called: a trap inside an asynchronous one reaches no promise, it ends the process.
 */
export function callWasm<T>(call: () => T): T {
  try {
    return call();
  } catch (cause) {
    if (!(cause instanceof WebAssembly.RuntimeError || cause instanceof RangeError)) throw cause;
    throw trapped(cause);
  }
}

/** What a trap of the WebAssembly module is reported as. */
export function trapped(cause: Error): Error {
  const reason = `the Parquet module stopped (${cause.message}): damaged or unsupported data, or too much at once`;
  return new Error(reason, { cause });
}

/** The Arrow schema that the rows of a Parquet file decode to; text and binary views decode to the plain types. */
export function decodeSchema(wasm: ParquetWasm, file: Uint8Array): Schema {
  return tableFromIPC(callWasm(() => wasm.readParquet(file).intoIPCStream())).schema;
}

/** An Arrow schema as Parquet metadata holds it: base64 of an IPC schema message. */
export function encodeSchema(schema: Schema): string {
  const stream = tableToIPC(new Table(schema), "stream");
  const length = new DataView(stream.buffer, stream.byteOffset).getInt32(4, true);
  let binary = "";
  for (const byte of stream.subarray(0, 8 + length)) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** Decoded rows and the bytes they take. */
export interface Decoded {
  readonly batches: readonly RecordBatch[];
  readonly rows: number;
  readonly bytes: number;
}

/**
 * Decodes the rows from `offset` on, at most `limit`, of a Parquet file, as Arrow streams of a batch each. Nothing of
 * them is left in the module's memory. The plain twin of `decodeBatches`, and of what the threads of a pool run.
 */
export function decodeStreams(
  wasm: ParquetWasm,
  file: Uint8Array,
  offset: number,
  limit: number,
): readonly Uint8Array[] {
  const table = callWasm(() => wasm.readParquet(file, { batchSize: BATCH_ROWS, offset, limit }));
  try {
    return Array.from({ length: table.numBatches }, (_, i) =>
      callWasm(() => table.recordBatch(i)!.intoIPCStream()),
    );
  } finally {
    table.free();
  }
}

/**
 * Decodes the same rows as batches whose schema is `schema`: copied out of the module's memory where that is all it takes,
 * and by way of a stream where it isn't. Throws InputError when the columns aren't the schema's.
 */
export function decodeBatches(
  wasm: ParquetWasm,
  file: Uint8Array,
  offset: number,
  limit: number,
  schema: Schema,
): Decoded {
  const table = callWasm(() => wasm.readParquet(file, { batchSize: BATCH_ROWS, offset, limit }));
  try {
    const parts = Array.from({ length: table.numBatches }, (_, i) => {
      const held = table.recordBatch(i)!;
      const taken = callWasm(() => takeBatch(wasm, held, schema));
      if (!taken) return batchesOf([callWasm(() => held.intoIPCStream())], schema);
      held.free();
      return { batches: taken.batch.numRows > 0 ? [taken.batch] : [], bytes: taken.bytes };
    });
    const batches = parts.flatMap((part) => part.batches);
    const rows = batches.reduce((sum, batch) => sum + batch.numRows, 0);
    return { batches, rows, bytes: parts.reduce((sum, part) => sum + part.bytes, 0) };
  } finally {
    table.free();
  }
}

function takeBatch(wasm: ParquetWasm, held: HeldBatch, schema: Schema): Taken | undefined {
  const exported = held.toFFI();
  try {
    // What it exports may make the memory grow, which takes the old buffer away.
    const { buffer } = wasm.wasmMemory() as unknown as { readonly buffer: ArrayBuffer };
    return takeColumns(
      { memory: buffer, array: exported.arrayAddr(), schema: exported.schemaAddr() },
      schema,
    );
  } finally {
    exported.free();
  }
}

/** Decoded streams as batches whose schema is `schema`. Throws InputError when the columns aren't the schema's. */
export function batchesOf(streams: readonly Uint8Array[], schema: Schema): Decoded {
  const batches: RecordBatch[] = [];
  let rows = 0;
  let bytes = 0;
  for (const stream of streams) {
    bytes += stream.byteLength;
    for (const batch of tableFromIPC(stream).batches) {
      if (batch.numRows === 0) continue;
      rows += batch.numRows;
      batches.push(underSchema(batch, schema));
    }
  }
  return { batches, rows, bytes };
}

/** A batch of rows that have no columns. */
export function hollowBatch(rows: number): RecordBatch {
  const schema = new Schema([]);
  return new RecordBatch(
    schema,
    makeData({ type: new Struct([]), length: rows, nullCount: 0, children: [] }),
  );
}

/** The same columns under the source's own schema, whose dictionaries have the ids of the whole file. */
function underSchema(batch: RecordBatch, schema: Schema): RecordBatch {
  const children = schema.fields.map((field, i) => {
    const data = batch.data.children[i];
    if (data === undefined || typeName(data.type) !== typeName(field.type)) {
      const got = data === undefined ? "nothing" : typeName(data.type);
      throw new InputError("input/corrupt", `column ${JSON.stringify(field.name)} decodes to ${got}`);
    }
    return data.clone(field.type);
  });
  return batchOf(schema, batch.numRows, children);
}
