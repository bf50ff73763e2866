import { type RecordBatch, RecordBatchFileWriter, RecordBatchWriter, type Schema } from "apache-arrow";
import { batchOf } from "../../columns/batchOf.js";
import { asWritten, WritableColumns } from "./writableColumns.js";

/** The methods of the stream writer that the file writer hides. */
interface StreamWriting {
  _writeSchema(schema: Schema): unknown;
  _writeFooter(schema: Schema): unknown;
}

const streamWriting = RecordBatchWriter.prototype as unknown as StreamWriting;

/**
 * apache-arrow's writer, made to give its bytes as they come, to put the schema where readers of either format look
 * for it, and to write each dictionary once: in a file at the end, where it is complete; in a stream ahead of the
 * batch that needs it, as what it grew by.
 */
export class IpcEncoder extends RecordBatchFileWriter {
  readonly #columns: WritableColumns;
  readonly #isFile: boolean;
  readonly #begun = new Set<number>();
  #pending: Uint8Array[] = [];

  constructor(schema: Schema, format: "file" | "stream") {
    super();
    this.#columns = new WritableColumns(schema);
    this.#isFile = format === "file";
    this.reset(undefined, this.#columns.schema);
  }

  /** Encodes one batch, whose columns are the schema's. */
  encode(batch: RecordBatch): void {
    const { schema } = this.#columns;
    const children = schema.fields.map((field, i) =>
      this.#columns.column(batch.data.children[i]!, field.type, field.name),
    );
    this._writeRecordBatch(batchOf(schema, batch.numRows, children));
  }

  /** Encodes what follows the last batch. */
  end(): void {
    if (this.#isFile && this._recordBatchBlocks.length > 0) this.#writeDictionaries();
    this._writeFooter(this.#columns.schema);
  }

  /** The bytes encoded since the last call, in one piece. */
  take(): Uint8Array {
    const parts = this.#pending;
    this.#pending = [];
    const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
    let at = 0;
    for (const part of parts) {
      bytes.set(part, at);
      at += part.byteLength;
    }
    return bytes;
  }

  #writeDictionaries(): void {
    for (const [id, dictionary] of this.#columns.dictionaries) {
      for (const part of dictionary.takeNew()) {
        this._writeDictionaryBatch(asWritten(part, `dictionary ${id}`), id, this.#begun.has(id));
        this.#begun.add(id);
      }
    }
  }

  protected override _writeDictionaries(_batch: RecordBatch): this {
    if (!this.#isFile) this.#writeDictionaries();
    return this;
  }

  protected override _write(chunk: ArrayBufferView): this {
    const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (bytes.byteLength > 0) this.#pending.push(bytes);
    this._position += bytes.byteLength;
    return this;
  }

  protected override _writeSchema(schema: Schema): this {
    if (this.#isFile) super._writeSchema(schema);
    streamWriting._writeSchema.call(this, schema);
    return this;
  }

  protected override _writeFooter(schema: Schema): this {
    if (this.#isFile) super._writeFooter(schema);
    else streamWriting._writeFooter.call(this, schema);
    return this;
  }
}
