import { InputError } from "../errors/index.js";
import { inputFailed, openInputFile } from "./inputFile.js";
import { BatchDecoder } from "./ipc/decodeBatch.js";
import { indexFile, MAGIC } from "./ipc/fileFooter.js";
import { type IpcBytes, memoryBytes } from "./ipc/ipcBytes.js";
import { indexStream, type MessageIndex } from "./ipc/messageIndex.js";
import { checkSchema } from "./schemaRules.js";
import type { ReadOptions, Source, SourceDescription } from "./source.js";

/** How Arrow IPC data is read. */
export interface IpcOptions {
  /** Refuses a stream without its end marker, which one that was cut short hasn't. True when absent. */
  readonly requireEnd?: boolean;
  /** Rows a batch may have; 2^31 - 1 when absent. */
  readonly maxRows?: number;
  /** Bytes a batch may take in memory; 2^31 when absent. */
  readonly maxBatchBytes?: number;
}

const OTHERS: readonly (readonly [string, string])[] = [
  ["PAR1", "a Parquet file"],
  ["FEA1", "a Feather file of version 1"],
  ["ORC", "an ORC file"],
  ["PK", "a zip archive"],
  ["\u001f\u008b", "gzip-compressed"],
  ["{", "JSON text"],
  ["[", "JSON text"],
];

async function indexOf(bytes: IpcBytes, options: IpcOptions): Promise<MessageIndex> {
  if (bytes.size === 0) throw new InputError("input/unreadable", "it is empty");
  const head = String.fromCharCode(...(await bytes.read(0, Math.min(bytes.size, MAGIC.length))));
  if (head === MAGIC) return indexFile(bytes);
  const other = OTHERS.find(([start]) => head.startsWith(start));
  if (other) throw new InputError("input/unreadable", `it is ${other[1]}, not Arrow IPC`);
  return indexStream(bytes, options.requireEnd ?? true);
}

async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new Uint8Array(bytes));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What the two doors differ in. */
interface Origin {
  readonly bytes: IpcBytes;
  readonly unit: string;
  readonly description: Omit<SourceDescription, "kind">;
  afterPass(): Promise<void>;
  close(): Promise<void>;
}

async function sourceOf(origin: Origin, options: IpcOptions): Promise<Source> {
  const { bytes, unit } = origin;
  const index = await indexOf(bytes, options).catch((cause) => {
    throw inputFailed(unit, cause, "input/corrupt");
  });
  const { schema, entries, rows, footer } = index;
  checkSchema(schema, JSON.stringify(unit));
  const limits = { maxRows: options.maxRows ?? 2 ** 31 - 1, maxBatchBytes: options.maxBatchBytes ?? 2 ** 31 };
  return {
    schema,
    rows,
    rereadable: true,
    description: {
      kind: "arrow",
      ...origin.description,
      bytes: bytes.size,
      ...(footer && { footerHash: await sha256(footer) }),
    },
    async *batches(read: ReadOptions = {}) {
      const columns = read.columns ?? schema.fields.map((_, i) => i);
      const decoder = new BatchDecoder(bytes, index, limits, columns);
      for (const entry of entries) {
        const batch = await decoder.next(entry).catch((cause) => {
          throw inputFailed(unit, cause, "input/corrupt");
        });
        if (batch) yield batch;
      }
      await origin.afterPass();
    },
    close: origin.close,
  };
}

/**
 * Opens an Arrow IPC file (`.arrow`) or stream (`.arrows`), told apart by their content. All of its messages are found
 * and checked before a row is read, batches are read one at a time, and only the columns asked for.
 * Throws InputError: nothing that was cut short, damaged or another format passes as fewer rows.
 */
export async function openIpc(path: string, options: IpcOptions = {}): Promise<Source> {
  const file = await openInputFile(path);
  const origin: Origin = {
    bytes: { size: file.bytes, read: (start, end) => file.read(start, end) },
    unit: path,
    description: { path, modified: file.modified },
    afterPass: () => file.checkUnchanged(),
    close: () => file.close(),
  };
  return sourceOf(origin, options).catch(async (error: unknown) => {
    await file.close();
    throw error;
  });
}

/** Reads Arrow IPC bytes, file or stream format, in place: don't change them meanwhile. Throws InputError. */
export async function fromIpcBytes(bytes: Uint8Array, options: IpcOptions = {}): Promise<Source> {
  const origin: Origin = {
    bytes: memoryBytes(bytes),
    unit: "IPC bytes",
    description: {},
    async afterPass() {},
    async close() {},
  };
  return sourceOf(origin, options);
}
