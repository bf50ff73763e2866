import { InputError } from "../../errors/index.js";
import type { Codec } from "./compression.js";
import { FlatTable, readingMetadata, sizeAt } from "./flatTable.js";
import type { IpcBytes } from "./ipcBytes.js";

/** A range of bytes in a message's body. */
export interface BufferRange {
  readonly offset: number;
  readonly length: number;
}

/** What a record batch says of itself before its body is read. */
export interface BatchHeader {
  readonly rows: number;
  readonly nodes: readonly { readonly length: number; readonly nulls: number }[];
  readonly buffers: readonly BufferRange[];
  readonly codec: Codec | undefined;
  /** Data buffers of each view column. */
  readonly viewBuffers: readonly number[];
}

/** One message of an IPC file or stream. */
export type Message = MessagePlace &
  (
    | { readonly kind: "end" }
    | { readonly kind: "schema"; readonly table: FlatTable }
    | { readonly kind: "batch"; readonly batch: BatchHeader }
    | {
        readonly kind: "dictionary";
        readonly batch: BatchHeader;
        readonly id: number;
        readonly isDelta: boolean;
      }
  );

/** Where a message is, in bytes from the start. */
export interface MessagePlace {
  readonly start: number;
  readonly bodyStart: number;
  readonly bodyLength: number;
  /** The byte after the message. */
  readonly end: number;
  /** True without the continuation marker that every message has since Arrow 0.15. */
  readonly legacy: boolean;
}

/** What every message starts with since Arrow 0.15. */
export const CONTINUATION = -1;
const MAX_METADATA = 2 ** 28;
const V4 = 3;
const KINDS = ["none", "a schema", "a dictionary", "a record batch", "a tensor", "a sparse tensor"];

function batchHeader(table: FlatTable): BatchHeader {
  const nodes = table.structs(1, 16);
  const buffers = table.structs(2, 16);
  const counts = table.structs(4, 8);
  const compression = table.table(3);
  const codec = compression && (["lz4", "zstd"] as const)[compression.uint8(0)];
  if (compression && (codec === undefined || compression.uint8(1) !== 0)) {
    throw new InputError(
      "input/unsupported",
      `buffers are compressed in a way (${compression.uint8(0)}) unknown to us`,
    );
  }
  return {
    rows: table.size(0),
    nodes: Array.from({ length: nodes.count }, (_, i) => ({
      length: sizeAt(nodes.view, nodes.at + i * 16),
      nulls: sizeAt(nodes.view, nodes.at + i * 16 + 8),
    })),
    buffers: Array.from({ length: buffers.count }, (_, i) => ({
      offset: sizeAt(buffers.view, buffers.at + i * 16),
      length: sizeAt(buffers.view, buffers.at + i * 16 + 8),
    })),
    codec,
    viewBuffers: Array.from({ length: counts.count }, (_, i) => sizeAt(counts.view, counts.at + i * 8)),
  };
}

function parse(metadata: Uint8Array, head: Omit<MessagePlace, "bodyLength" | "end">, limit: number): Message {
  const { start, bodyStart } = head;
  const table = FlatTable.root(metadata);
  const version = table.int16(0);
  if (version < V4) {
    throw new InputError(
      "input/unsupported",
      `the message at byte ${start} is of metadata version V${version + 1}`,
    );
  }
  const bodyLength = table.size(3);
  const end = bodyStart + bodyLength;
  if (bodyLength < 0 || end > limit) {
    throw new InputError(
      "input/corrupt",
      `the message at byte ${start} claims a body of ${bodyLength} bytes, ${limit - bodyStart} are left: cut short?`,
      { offset: start },
    );
  }
  const place = { ...head, bodyLength, end };
  const header = table.table(2);
  const kind = KINDS[table.uint8(1)];
  if (!header || kind === undefined || kind === "none") throw new RangeError("it has no header");
  if (kind === "a schema") return { ...place, kind: "schema", table: header };
  if (kind === "a record batch") return { ...place, kind: "batch", batch: batchHeader(header) };
  if (kind === "a dictionary") {
    const data = header.table(1);
    if (!data) throw new RangeError("it has no dictionary values");
    return {
      ...place,
      kind: "dictionary",
      batch: batchHeader(data),
      id: header.size(0),
      isDelta: header.bool(2),
    };
  }
  throw new InputError("input/unsupported", `the message at byte ${start} is ${kind}, which is not a table`);
}

/**
 * Reads the message that starts at `start` and must end by `limit`; the end-of-stream marker is one
 * of kind `end`. Throws InputError.
 */
export async function readMessage(bytes: IpcBytes, start: number, limit: number): Promise<Message> {
  const cutShort = (what: string) =>
    new InputError("input/corrupt", `${what} at byte ${start} is cut short`, { offset: start });
  if (limit - start < 4) throw cutShort("the message");
  // One read serves most messages whole.
  let head = await bytes.read(start, Math.min(limit, start + 4096));
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  let length = view.getInt32(0, true);
  let prefix = 4;
  if (length === CONTINUATION) {
    if (head.length < 8) throw cutShort("the message");
    length = view.getInt32(4, true);
    prefix = 8;
  }
  const legacy = prefix === 4;
  if (length === 0) {
    const end = start + prefix;
    return { kind: "end", start, bodyStart: end, bodyLength: 0, end, legacy };
  }
  if (length < 0 || length > MAX_METADATA) {
    throw new InputError("input/corrupt", `the message at byte ${start} claims ${length} bytes of metadata`, {
      offset: start,
    });
  }
  const bodyStart = start + prefix + length;
  if (bodyStart > limit) throw cutShort("the metadata");
  if (head.length < prefix + length) head = await bytes.read(start, bodyStart);
  const metadata = head.subarray(prefix, prefix + length);
  return readingMetadata("the message", start, () => parse(metadata, { start, bodyStart, legacy }, limit));
}
