import { CHUNK, ELEMENT, FILE, GROUP, META } from "./fieldIds.js";
import {
  integerOf,
  type ParquetChunk,
  type ParquetFooter,
  type ParquetRowGroup,
  structsOf,
} from "./footer.js";
import { THRIFT, type ThriftStruct } from "./thrift.js";
import { i32, i64, structs, text, writeThrift } from "./thriftWriter.js";

/** What starts and ends a Parquet file. */
export const MAGIC = Uint8Array.of(80, 65, 82, 49);

/** The end of a file, after the data: a footer, its length and the magic. */
export function fileEnd(tree: ThriftStruct): Uint8Array {
  const footer = writeThrift(tree);
  const end = new Uint8Array(footer.length + 8);
  end.set(footer);
  new DataView(end.buffer).setUint32(footer.length, footer.length, true);
  end.set(MAGIC, footer.length + 4);
  return end;
}

/** A whole file of the footer's schema and metadata, without rows: enough to learn its Arrow schema. */
export function emptyFile(footer: ParquetFooter): Uint8Array {
  const end = fileEnd(new Map(footer.tree).set(FILE.rows, i64(0)).set(FILE.rowGroups, structs([])));
  const bytes = new Uint8Array(MAGIC.length + end.length);
  bytes.set(MAGIC);
  bytes.set(end, MAGIC.length);
  return bytes;
}

/** A file of one row group and some of its columns; `chunks` says what belongs where in `bytes`. */
export interface Excerpt {
  readonly bytes: Uint8Array;
  readonly chunks: readonly { readonly chunk: ParquetChunk; readonly column: number; readonly at: number }[];
}

/**
 * Lays out a file that holds one row group of another, and of it some columns, by index; the chunks' bytes are left
 * to be filled in. The decoder takes whole files only: this way it gets no more bytes than are wanted, and what the
 * original's footer says of statistics, indexes and filters never reaches it.
 * `arrowSchema` is the Arrow schema of those columns, as base64 of an IPC schema message. `roomFor` gives the memory
 * for so many bytes.
 */
export function layOutExcerpt(
  footer: ParquetFooter,
  group: ParquetRowGroup,
  columns: readonly number[],
  arrowSchema: string,
  roomFor: (length: number) => Uint8Array,
): Excerpt {
  let at = MAGIC.length;
  const chunks = columns.flatMap((column) => {
    const { firstLeaf, leaves } = footer.columns[column]!;
    return group.chunks.slice(firstLeaf, firstLeaf + leaves).map((chunk) => {
      const placed = { chunk, column, at };
      at += chunk.bytes;
      return placed;
    });
  });
  const [root] = structsOf(footer.tree, FILE.schema);
  const elements = columns.flatMap((column) => footer.columns[column]!.elements);
  const row: ThriftStruct = new Map([
    [GROUP.chunks, structs(chunks.map(({ chunk, at: place }) => moved(chunk, place)))],
    [GROUP.size, i64(chunks.reduce((sum, { chunk }) => sum + chunk.uncompressed, 0))],
    [GROUP.rows, i64(group.rows)],
  ]);
  const hint: ThriftStruct = new Map([
    [1, text("ARROW:schema")],
    [2, text(arrowSchema)],
  ]);
  const end = fileEnd(
    new Map([
      [FILE.version, i32(1)],
      [FILE.schema, structs([new Map(root).set(ELEMENT.children, i32(columns.length)), ...elements])],
      [FILE.rows, i64(group.rows)],
      [FILE.rowGroups, structs([row])],
      [FILE.keyValues, structs([hint])],
    ]),
  );
  const length = at + end.length;
  const bytes = roomFor(length);
  bytes.set(MAGIC);
  bytes.set(end, at);
  return { bytes, chunks };
}

/** The chunk's metadata for its pages at another place, less what only speaks of other parts of the file. */
function moved(chunk: ParquetChunk, at: number): ThriftStruct {
  const dictionary = integerOf(chunk.meta, META.dictionaryOffset) ?? 0;
  const meta: ThriftStruct = new Map([...chunk.meta].filter(([id]) => id <= META.compressed));
  meta.set(META.dataOffset, i64(integerOf(chunk.meta, META.dataOffset)! - chunk.start + at));
  if (dictionary > 0) meta.set(META.dictionaryOffset, i64(dictionary - chunk.start + at));
  return new Map([
    [CHUNK.fileOffset, i64(0)],
    [CHUNK.meta, { type: THRIFT.struct, value: meta }],
  ]);
}
