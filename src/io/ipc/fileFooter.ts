import { InputError } from "../../errors/index.js";
import { FlatTable, readingMetadata, type StructVector, sizeAt } from "./flatTable.js";
import type { IpcBytes } from "./ipcBytes.js";
import { CONTINUATION, type Message, readMessage } from "./message.js";
import { checkedRows, entryOf, type MessageIndex } from "./messageIndex.js";
import { schemaOf } from "./schema.js";

/** The text every Arrow file starts and ends with. */
export const MAGIC = "ARROW1";

const TAIL = MAGIC.length + 4;
const FIRST = 8;
// Writers align messages to at most 64 bytes, and no message is as short as that.
const PADDING = 64;
const MAX_HEAD = 2 ** 20;

interface Block {
  readonly kind: "batch" | "dictionary";
  readonly start: number;
  readonly bodyLength: number;
}

function corrupt(problem: string, offset: number): InputError {
  return new InputError("input/corrupt", problem, { offset });
}

function blocksOf(kind: Block["kind"], { view, count, at }: StructVector): Block[] {
  return Array.from({ length: count }, (_, i) => ({
    kind,
    start: sizeAt(view, at + i * 24),
    bodyLength: sizeAt(view, at + i * 24 + 16),
  }));
}

async function readFooter(bytes: IpcBytes): Promise<{ footer: Uint8Array; start: number }> {
  const tail =
    bytes.size < FIRST + TAIL ? new Uint8Array(0) : await bytes.read(bytes.size - TAIL, bytes.size);
  if (new TextDecoder().decode(tail.subarray(4)) !== MAGIC) {
    throw corrupt(`the file doesn't end with ${MAGIC}, so it was cut short`, bytes.size);
  }
  const length = new DataView(tail.buffer, tail.byteOffset).getInt32(0, true);
  const end = bytes.size - TAIL;
  if (length <= 0 || length > end - FIRST) throw corrupt(`the file claims a footer of ${length} bytes`, end);
  return { footer: await bytes.read(end - length, end), start: end - length };
}

async function readBlock(bytes: IpcBytes, block: Block, limit: number): Promise<Message> {
  if (block.start < FIRST || block.start >= limit) {
    throw corrupt(
      `the footer lists a ${block.kind} at byte ${block.start}, outside of the messages`,
      block.start,
    );
  }
  const message = await readMessage(bytes, block.start, limit);
  if (message.kind !== block.kind) {
    throw corrupt(
      `the footer lists a ${block.kind} at byte ${block.start}, where there is none`,
      block.start,
    );
  }
  if (message.bodyLength !== block.bodyLength) {
    throw corrupt(
      `the footer gives the ${block.kind} at byte ${block.start} ${block.bodyLength} bytes, its message ${message.bodyLength}`,
      block.start,
    );
  }
  return message;
}

/**
 * The byte after what stands before the first listed message: most writers put the schema there as a message, some as
 * a bare table, some nothing. A batch or a dictionary there is one that the footer forgot.
 */
async function endOfHead(bytes: IpcBytes, first: number): Promise<number> {
  if (first - FIRST <= PADDING) return first;
  const head = await bytes.read(FIRST, Math.min(first, FIRST + MAX_HEAD));
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  for (let at = 0; at + 8 <= head.length; at += 8) {
    if (at > 0 && view.getInt32(at, true) !== CONTINUATION) continue;
    const message = await readMessage(bytes, FIRST + at, first).catch(() => undefined);
    if (message && message.kind !== "end") return message.kind === "schema" ? message.end : FIRST + at;
  }
  return FIRST + head.length;
}

/** Messages that the footer doesn't list would be lost without a word, so the listed ones must fill the file. */
function checkFilled(places: readonly { start: number; end: number }[], from: number, to: number): void {
  let last = from;
  for (const { start, end } of [...places].sort((a, b) => a.start - b.start).concat({ start: to, end: to })) {
    if (start < last) throw corrupt(`two messages overlap at byte ${start}`, start);
    if (start - last > PADDING) throw corrupt(`the footer lists nothing for bytes ${last} to ${start}`, last);
    last = end;
  }
}

/**
 * Reads a file's footer and the head of every message it lists, and checks them against each other: in range, in
 * order, of the kind and size that the footer says, nothing between them. Throws InputError.
 */
export async function indexFile(bytes: IpcBytes): Promise<MessageIndex> {
  const { footer, start: limit } = await readFooter(bytes);
  const { schema, dictionaries, blocks } = readingMetadata("the footer", limit, () => {
    const table = FlatTable.root(footer);
    const described = table.table(1);
    if (!described) throw new RangeError("it has no schema");
    const blocks = [
      ...blocksOf("dictionary", table.structs(2, 24)),
      ...blocksOf("batch", table.structs(3, 24)),
    ];
    return { ...schemaOf(described), blocks };
  });
  const messages: Message[] = [];
  let last: Block | undefined;
  for (const block of blocks) {
    if (last && last.kind === block.kind && block.start <= last.start) {
      throw corrupt(`the footer lists byte ${block.start} after byte ${last.start}`, block.start);
    }
    messages.push(await readBlock(bytes, block, limit));
    last = block;
  }
  const first = messages.reduce((start, message) => Math.min(start, message.start), limit);
  checkFilled(messages, await endOfHead(bytes, first), limit);
  return {
    schema,
    dictionaries,
    entries: messages.map(entryOf),
    rows: messages.reduce((rows, message) => rows + checkedRows(message), 0),
    footer,
  };
}
