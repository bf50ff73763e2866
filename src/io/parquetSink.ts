import { type Data, DataType, Dictionary, type RecordBatch, type Schema } from "apache-arrow";
import { batchOf } from "../columns/batchOf.js";
import { gatherBatch } from "../columns/gather.js";
import { holdsDictionary, mapDictionaries } from "../columns/mapDictionaries.js";
import { type AtomicFile, createAtomicFile, writeFailed } from "./atomicFile.js";
import { asWritten } from "./ipc/writableColumns.js";
import { IpcBuffer } from "./ipcBuffer.js";
import { decodeSchema, loadParquetWasm } from "./parquet/decode.js";
import { checkOptions, type Encode, encoder, type ParquetSinkOptions } from "./parquet/encode.js";
import { MAGIC } from "./parquet/excerpt.js";
import { plainForm, plainValues } from "./parquet/plainDictionary.js";
import { ParquetStitcher } from "./parquet/stitch.js";
import { StoredSchema } from "./parquet/storedSchema.js";
import { Window } from "./parquet/window.js";
import { checkSameColumns, checkSchema } from "./schemaRules.js";
import type { Sink } from "./sink.js";

export type { ParquetCompression, ParquetSinkOptions } from "./parquet/encode.js";

const DEFAULT_ROW_GROUP_ROWS = 131072;
const ROW_GROUP_BYTES = 32 * 2 ** 20;

/**
 * Starts a Parquet file that appears under `path` at `commit`. At most one row group waits in memory; `write` resolves
 * once its rows are set aside or on disk. Column types come back as they were when the file is read again, but for
 * views of text and bytes, which come back plain, and dictionaries that readers of Parquet stop at: those of null, bool,
 * float16, fixed-size binary, views and decimals of more than 18 digits come back as their values, those of more values
 * than their codes can tell apart with codes of 32 bits.
 * Throws ConfigError for a bad option, EngineError `engine/write-failed` for a schema that Parquet can't hold and for
 * writes that fail, and InputError for a schema without columns and for a batch of other columns.
 */
export async function openParquetSink(
  path: string,
  schema: Schema,
  options: ParquetSinkOptions = {},
): Promise<Sink> {
  checkOptions(path, options);
  checkSchema(schema, JSON.stringify(path));
  const wasm = await loadParquetWasm();
  const encode = encoder(wasm, options);
  const own = storable(schema);
  try {
    // A file without rows comes first: it shows that Parquet can hold the schema, and that it can be read.
    decodeSchema(wasm, encode(new IpcBuffer(own).take()));
  } catch (cause) {
    throw writeFailed(path, cause);
  }
  const file = await createAtomicFile(path);
  try {
    await file.write(MAGIC);
  } catch (cause) {
    await file.abort();
    throw cause;
  }
  return new ParquetSink(file, schema, own, encode, options.rowGroupRows ?? DEFAULT_ROW_GROUP_ROWS);
}

class ParquetSink implements Sink {
  rows = 0;
  readonly #file: AtomicFile;
  readonly #given: Schema;
  readonly #schema: Schema;
  readonly #encode: Encode;
  readonly #stitcher = new ParquetStitcher();
  readonly #stored: StoredSchema;
  readonly #rowGroupRows: number;
  readonly #buffer: IpcBuffer;
  readonly #window = new Window(undefined);
  #waiting = 0;
  #failure: unknown;
  #committed: string | undefined;

  constructor(file: AtomicFile, given: Schema, schema: Schema, encode: Encode, rowGroupRows: number) {
    this.#file = file;
    this.#given = given;
    this.#schema = schema;
    this.#encode = encode;
    this.#stored = new StoredSchema(schema);
    this.#rowGroupRows = rowGroupRows;
    this.#buffer = new IpcBuffer(schema);
  }

  async write(batch: RecordBatch): Promise<void> {
    checkSameColumns(this.#given, batch, "the batch");
    await this.#orFail(async () => {
      for (let start = 0; start < batch.numRows; ) {
        const room = Math.min(batch.numRows - start, this.#rowGroupRows - this.#waiting);
        const end = start + this.#window.rows(room);
        const before = this.#buffer.length;
        const own = underSchema(gatherBatch(batch, Int32Array.of(start, end)), this.#schema);
        this.#buffer.write(own);
        this.#stored.add(own);
        this.#window.learn(end - start, this.#buffer.length - before);
        this.#waiting += end - start;
        this.rows += end - start;
        start = end;
        if (this.#waiting >= this.#rowGroupRows || this.#buffer.length >= ROW_GROUP_BYTES)
          await this.#flush();
      }
    });
  }

  async commit(): Promise<string> {
    this.#committed ??= await this.#orFail(async () => {
      await this.#flush();
      const template = this.#encode(new IpcBuffer(this.#stored.declared()).take());
      await this.#file.write(this.#stitcher.finish(template));
      return this.#file.commit();
    });
    return this.#committed;
  }

  async abort(): Promise<void> {
    this.#failure ??= new Error("the file was aborted");
    await this.#file.abort();
  }

  async #flush(): Promise<void> {
    if (this.#waiting === 0) return;
    this.#waiting = 0;
    this.#stored.endRowGroup();
    await this.#file.write(this.#stitcher.append(this.#encode(this.#buffer.take())));
  }

  /** A failure leaves the file incomplete, so everything after it fails the same way. */
  async #orFail<T>(work: () => Promise<T>): Promise<T> {
    try {
      if (this.#failure !== undefined) throw this.#failure;
      return await work();
    } catch (cause) {
      this.#failure = writeFailed(this.#file.path, cause);
      throw this.#failure;
    }
  }
}

/** The schema with dictionaries of ids that no other has, whoever made it, and plain values where there can be none. */
function storable(schema: Schema): Schema {
  return mapDictionaries(
    schema,
    (type) => plainForm(type) ?? new Dictionary(type.dictionary, type.indices, null, type.isOrdered),
  );
}

function underSchema(batch: RecordBatch, schema: Schema): RecordBatch {
  const children = schema.fields.map(({ name, type }, i) =>
    underType(asWritten(batch.data.children[i]!, name), type, name),
  );
  return batchOf(schema, batch.numRows, children);
}

function underType(data: Data, type: DataType, column: string): Data {
  if (!holdsDictionary(data.type)) return data;
  if (DataType.isDictionary(data.type) && !DataType.isDictionary(type))
    return plainValues(data, type, column);
  const children = data.children.map((child, i) => underType(child, type.children[i]!.type, column));
  return data.clone(type, data.offset, data.length, data.nullCount, data.buffers as never, children);
}
