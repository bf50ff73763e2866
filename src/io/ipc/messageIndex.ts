import type { DataType, Schema } from "apache-arrow";
import { InputError } from "../../errors/index.js";
import { readingMetadata } from "./flatTable.js";
import type { IpcBytes } from "./ipcBytes.js";
import { type Message, readMessage } from "./message.js";
import { schemaOf } from "./schema.js";

/** Where the batches and dictionaries of an IPC file or stream are, in the order they must be read. */
export interface MessageIndex {
  readonly schema: Schema;
  /** Value types by dictionary id. */
  readonly dictionaries: ReadonlyMap<number, DataType>;
  readonly entries: readonly IndexEntry[];
  readonly rows: number;
  /** The footer's bytes, in the file format. */
  readonly footer?: Uint8Array;
}

/** One batch or dictionary of the index. */
export interface IndexEntry {
  readonly start: number;
  readonly end: number;
  /** The dictionary's id; absent for a record batch. */
  readonly dictionary?: number;
}

/** The index entry of a message. */
export function entryOf(message: Message): IndexEntry {
  const { start, end } = message;
  return message.kind === "dictionary" ? { start, end, dictionary: message.id } : { start, end };
}

/** The rows a message brings; a dictionary brings none. Throws InputError. */
export function checkedRows(message: Message): number {
  const rows = message.kind === "batch" ? message.batch.rows : 0;
  if (rows < 0) {
    throw new InputError("input/corrupt", `the message at byte ${message.start} claims ${rows} rows`, {
      offset: message.start,
    });
  }
  return rows;
}

/** Non-zero bytes from `start` up to `end` are another stream, or not Arrow at all. */
async function checkNothingFollows(bytes: IpcBytes, start: number): Promise<void> {
  const rest = await bytes.read(start, Math.min(bytes.size, start + 4096));
  const at = rest.findIndex((byte) => byte !== 0);
  if (at >= 0) {
    throw new InputError(
      "input/corrupt",
      `there are bytes after the end of the stream, at byte ${start + at}`,
      {
        offset: start + at,
      },
    );
  }
}

/**
 * Walks a stream from message to message, over the bodies, so that one that was cut is found before a row is read.
 * Throws InputError, also when the end-of-stream marker is missing and `requireEnd` is true.
 */
export async function indexStream(bytes: IpcBytes, requireEnd: boolean): Promise<MessageIndex> {
  const first = await readMessage(bytes, 0, bytes.size);
  if (first.kind !== "schema") {
    throw new InputError("input/corrupt", "the stream doesn't start with a schema", { offset: 0 });
  }
  const { schema, dictionaries } = readingMetadata("the schema", 0, () => schemaOf(first.table));
  const entries: IndexEntry[] = [];
  let rows = 0;
  let at = first.end;
  while (at < bytes.size) {
    const message = await readMessage(bytes, at, bytes.size);
    // Zeros end the streams of old writers only; elsewhere they are what a crash leaves of a file.
    if (message.kind === "end" && message.legacy === first.legacy) {
      await checkNothingFollows(bytes, message.end);
      return { schema, dictionaries, entries, rows };
    }
    if (message.kind === "end") break;
    if (message.kind === "schema") {
      throw new InputError(
        "input/unsupported",
        `a second schema follows at byte ${at}; streams are read one by one`,
        {
          offset: at,
        },
      );
    }
    rows += checkedRows(message);
    entries.push(entryOf(message));
    at = message.end;
  }
  if (requireEnd) {
    throw new InputError(
      "input/corrupt",
      `the stream has no end marker after ${rows} rows, so it may be cut short; requireEnd: false reads it all the same`,
      { offset: bytes.size, parameter: "requireEnd" },
    );
  }
  return { schema, dictionaries, entries, rows };
}
