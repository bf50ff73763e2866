import { AsyncByteQueue, type RecordBatch, RecordBatchStreamWriter, type Schema } from "apache-arrow";

/**
 * Record batches as one IPC stream in memory. They're copied as they come, so nothing of a batch is held on to, and
 * a dictionary that several batches share is written once.
 */
export class IpcBuffer {
  readonly #schema: Schema;
  readonly #sink = new GrowingBytes();
  #writer: RecordBatchStreamWriter | undefined;

  constructor(schema: Schema) {
    this.#schema = schema;
  }

  /** Bytes so far. */
  get length(): number {
    return this.#sink.length;
  }

  /** Appends a batch, whose schema is the very one of the buffer. */
  write(batch: RecordBatch): void {
    this.#open().write(batch);
  }

  /** The whole stream, in a buffer that the next write reuses. */
  take(): Uint8Array {
    this.#open().finish();
    this.#writer = undefined;
    return this.#sink.take();
  }

  #open(): RecordBatchStreamWriter {
    this.#writer ??= new RecordBatchStreamWriter({ autoDestroy: false }).reset(this.#sink, this.#schema);
    return this.#writer;
  }
}

class GrowingBytes extends AsyncByteQueue {
  #bytes = new Uint8Array(1 << 16);
  length = 0;

  override write(value: ArrayBufferView): void {
    const end = this.length + value.byteLength;
    if (end > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(end, 2 * this.#bytes.length));
      grown.set(this.#bytes.subarray(0, this.length));
      this.#bytes = grown;
    }
    this.#bytes.set(new Uint8Array(value.buffer, value.byteOffset, value.byteLength), this.length);
    this.length = end;
  }

  take(): Uint8Array {
    const taken = this.#bytes.subarray(0, this.length);
    this.length = 0;
    return taken;
  }
}
