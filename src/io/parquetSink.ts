import { DataType, Dictionary, Field, type RecordBatch, Schema } from "apache-arrow";
import { batchOf } from "../columns/batchOf.js";
import { gatherBatch } from "../columns/gather.js";
import { type AtomicFile, createAtomicFile, writeFailed } from "./atomicFile.js";
import { asWritten } from "./ipc/writableColumns.js";
import { IpcBuffer } from "./ipcBuffer.js";
import { loadParquetWasm } from "./parquet/decode.js";
import { checkOptions, type Encode, encoder, type ParquetSinkOptions } from "./parquet/encode.js";
import { MAGIC } from "./parquet/excerpt.js";
import { ParquetStitcher } from "./parquet/stitch.js";
import { Window } from "./parquet/window.js";
import { checkSameColumns, checkSchema } from "./schemaRules.js";
import type { Sink } from "./sink.js";

export type { ParquetCompression, ParquetSinkOptions } from "./parquet/encode.js";

const DEFAULT_ROW_GROUP_ROWS = 131072;
const ROW_GROUP_BYTES = 32 * 2 ** 20;

/**
 * Starts a Parquet file that appears under `path` at `commit`. At most one row group waits in memory; `write` resolves
 * once its rows are set aside or on disk. Column types come back as they were when the file is read again, but for
 * views of text and bytes, which come back plain.
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
  const encode = encoder(await loadParquetWasm(), options);
  const own = withOwnDictionaries(schema);
  let stitcher: ParquetStitcher;
  try {
    // A file without rows comes first: it shows that Parquet can hold the schema, and its footer is the template.
    stitcher = new ParquetStitcher(encode(new IpcBuffer(own).take()));
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
  return new ParquetSink(file, own, encode, stitcher, options.rowGroupRows ?? DEFAULT_ROW_GROUP_ROWS);
}

class ParquetSink implements Sink {
  rows = 0;
  readonly #file: AtomicFile;
  readonly #schema: Schema;
  readonly #encode: Encode;
  readonly #stitcher: ParquetStitcher;
  readonly #rowGroupRows: number;
  readonly #buffer: IpcBuffer;
  readonly #window = new Window(undefined);
  #waiting = 0;
  #failure: unknown;
  #committed: string | undefined;

  constructor(
    file: AtomicFile,
    schema: Schema,
    encode: Encode,
    stitcher: ParquetStitcher,
    rowGroupRows: number,
  ) {
    this.#file = file;
    this.#schema = schema;
    this.#encode = encode;
    this.#stitcher = stitcher;
    this.#rowGroupRows = rowGroupRows;
    this.#buffer = new IpcBuffer(schema);
  }

  async write(batch: RecordBatch): Promise<void> {
    checkSameColumns(this.#schema, batch, "the batch");
    await this.#orFail(async () => {
      const own = underSchema(batch, this.#schema);
      for (let start = 0; start < own.numRows; ) {
        const room = Math.min(own.numRows - start, this.#rowGroupRows - this.#waiting);
        const end = start + this.#window.rows(room);
        const before = this.#buffer.length;
        this.#buffer.write(gatherBatch(own, Int32Array.of(start, end)));
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
      await this.#file.write(this.#stitcher.finish());
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

/** The schema with dictionaries of ids that no other column has, whoever made it. */
function withOwnDictionaries(schema: Schema): Schema {
  const fields = schema.fields.map((field) => {
    if (!DataType.isDictionary(field.type)) return field;
    const { dictionary, indices, isOrdered } = field.type;
    return new Field(
      field.name,
      new Dictionary(dictionary, indices, null, isOrdered),
      field.nullable,
      field.metadata,
    );
  });
  return new Schema(fields, schema.metadata);
}

function underSchema(batch: RecordBatch, schema: Schema): RecordBatch {
  const children = schema.fields.map(({ name, type }, i) =>
    asWritten(batch.data.children[i]!, name).clone(type),
  );
  return batchOf(schema, batch.numRows, children);
}
