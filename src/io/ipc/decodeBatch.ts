import { Field, type RecordBatch, Schema, Vector } from "apache-arrow";
import { batchOf } from "../../columns/batchOf.js";
import { checkBatch } from "../../columns/integrity.js";
import { InputError } from "../../errors/index.js";
import { type Codec, type Decode, decoderOf } from "./compression.js";
import { decodeColumn } from "./decodeColumn.js";
import type { IpcBytes } from "./ipcBytes.js";
import { bytesOf, dictionaryIds, planColumns } from "./layout.js";
import { type BatchHeader, type Message, type MessagePlace, readMessage } from "./message.js";
import type { IndexEntry, MessageIndex } from "./messageIndex.js";

import { readBuffers } from "./spans.js";

/** What one batch may claim. */
export interface BatchLimits {
  readonly maxRows: number;
  readonly maxBatchBytes: number;
}

/** Decodes the entries of an index one after the other, dictionaries kept between them. */
export class BatchDecoder {
  readonly #bytes: IpcBytes;
  readonly #index: MessageIndex;
  readonly #limits: BatchLimits;
  readonly #columns: readonly number[];
  readonly #schema: Schema;
  readonly #needed: ReadonlySet<number>;
  readonly #dictionaries = new Map<number, Vector>();
  readonly #decoders = new Map<Codec, Decode>();

  /** `columns` are indexes into the index's schema, ascending; the others are not read. */
  constructor(bytes: IpcBytes, index: MessageIndex, limits: BatchLimits, columns: readonly number[]) {
    this.#bytes = bytes;
    this.#index = index;
    this.#limits = limits;
    this.#columns = columns;
    const { fields, metadata } = index.schema;
    const isAll = columns.length === fields.length;
    this.#schema = isAll
      ? index.schema
      : new Schema(
          columns.map((i) => fields[i]!),
          metadata,
        );
    this.#needed = new Set(this.#schema.fields.flatMap((field) => dictionaryIds(field.type)));
  }

  /** Decodes the record batch at an entry; a dictionary is taken in, and gives undefined. Throws InputError. */
  async next(entry: IndexEntry): Promise<RecordBatch | undefined> {
    if (entry.dictionary !== undefined && !this.#needed.has(entry.dictionary)) return undefined;
    const message = await readMessage(this.#bytes, entry.start, entry.end);
    if (message.kind === "dictionary") {
      await this.#takeDictionary(message);
      return undefined;
    }
    if (message.kind !== "batch") {
      throw new InputError("input/corrupt", `the file changed at byte ${entry.start} while it was read`);
    }
    const batch = await this.#decode(
      message,
      message.batch,
      this.#index.schema.fields,
      this.#columns,
      this.#schema,
    );
    checkBatch(batch);
    return batch;
  }

  async #takeDictionary(message: Message & { readonly kind: "dictionary" }): Promise<void> {
    const { id, isDelta } = message;
    const type = this.#index.dictionaries.get(id);
    if (!type)
      throw new InputError("input/corrupt", `dictionary ${id} belongs to no column`, {
        offset: message.start,
      });
    const known = this.#dictionaries.get(id);
    if (isDelta && !known) {
      throw new InputError("input/corrupt", `dictionary ${id} grows before it begins`, {
        offset: message.start,
      });
    }
    if (!isDelta && known && this.#index.footer) {
      throw new InputError("input/corrupt", `dictionary ${id} is given twice, which a file can't do`, {
        offset: message.start,
      });
    }
    const schema = new Schema([new Field(`dictionary ${id}`, type, true)]);
    const batch = await this.#decode(message, message.batch, schema.fields, [0], schema);
    checkBatch(batch);
    const values = new Vector([batch.data.children[0]!]);
    this.#dictionaries.set(id, (isDelta && known ? known.concat(values) : values).memoize());
  }

  async #decode(
    place: MessagePlace,
    header: BatchHeader,
    columns: readonly Field[],
    wanted: readonly number[],
    schema: Schema,
  ): Promise<RecordBatch> {
    const { maxRows, maxBatchBytes } = this.#limits;
    if (header.rows > maxRows) {
      throw new InputError(
        "input/too-large",
        `a batch has ${header.rows} rows, more than maxRows ${maxRows}`,
        {
          parameter: "maxRows",
          offset: place.start,
        },
      );
    }
    const all = planColumns(header, columns, place.bodyLength);
    const plans = wanted.map((i) => all[i]!);
    const size = plans.reduce((sum, plan) => sum + bytesOf(plan), 0);
    if (size > maxBatchBytes) {
      throw new InputError(
        "input/too-large",
        `the batch at byte ${place.start} takes ${size} bytes, more than maxBatchBytes ${maxBatchBytes}`,
        { parameter: "maxBatchBytes", offset: place.start },
      );
    }
    const decoding = {
      fetch: await readBuffers(this.#bytes, place.bodyStart, plans),
      decode: header.codec && (await this.#decoder(header.codec)),
      maxBytes: maxBatchBytes,
      dictionaries: this.#dictionaries,
    };
    return batchOf(
      schema,
      header.rows,
      plans.map((plan) => decodeColumn(plan, decoding)),
    );
  }

  async #decoder(codec: Codec): Promise<Decode> {
    const known = this.#decoders.get(codec) ?? (await decoderOf(codec));
    this.#decoders.set(codec, known);
    return known;
  }
}
