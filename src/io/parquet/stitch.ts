import { fileEnd, MAGIC } from "./excerpt.js";
import { CHUNK, FILE, GROUP, META } from "./fieldIds.js";
import { type ParquetFooter, parseFooter } from "./footer.js";
import type { ThriftStruct } from "./thrift.js";
import { i64, structs } from "./thriftWriter.js";

/** The fields that hold places in the file. */
const GROUP_PLACES = [GROUP.fileOffset];
const CHUNK_PLACES = [CHUNK.fileOffset];
const META_PLACES = [META.dataOffset, META.dictionaryOffset];
/** The indexes of pages hold places too, in bytes of their own; the whole does without them. */
const CHUNK_INDEXES = [
  CHUNK.offsetIndex,
  CHUNK.offsetIndexLength,
  CHUNK.columnIndex,
  CHUNK.columnIndexLength,
];
const META_INDEXES = [META.indexOffset, META.bloomOffset, META.bloomLength];

/**
 * Puts Parquet files of one schema together into one, row group after row group, as they come; only their
 * metadata is kept. The encoder makes whole files only: this way none has to be larger than a row group.
 */
export class ParquetStitcher {
  readonly #rowGroups: ThriftStruct[] = [];
  #rows = 0;
  #position = MAGIC.length;

  /** The bytes that `file` adds to the whole, after the magic it starts with: its pages. */
  append(file: Uint8Array): Uint8Array {
    const { rowGroups, rows } = footerOf(file);
    const by = this.#position - MAGIC.length;
    let end = MAGIC.length;
    for (const { tree, chunks } of rowGroups) {
      move(tree, GROUP_PLACES, by);
      tree.delete(GROUP.ordinal);
      for (const chunk of chunks) {
        move(chunk.tree, CHUNK_PLACES, by);
        move(chunk.meta, META_PLACES, by);
        for (const id of CHUNK_INDEXES) chunk.tree.delete(id);
        for (const id of META_INDEXES) chunk.meta.delete(id);
        end = Math.max(end, chunk.start + chunk.bytes);
      }
      this.#rowGroups.push(tree);
    }
    this.#rows += rows;
    this.#position += end - MAGIC.length;
    return file.subarray(MAGIC.length, end);
  }

  /** The bytes that end the whole; `template` is a file of the schema and the key-value metadata that it shall have. */
  finish(template: Uint8Array): Uint8Array {
    const { tree } = footerOf(template);
    const rowGroups = structs(this.#rowGroups);
    return fileEnd(new Map(tree).set(FILE.rows, i64(this.#rows)).set(FILE.rowGroups, rowGroups));
  }
}

function footerOf(file: Uint8Array): ParquetFooter {
  const length = new DataView(file.buffer, file.byteOffset).getUint32(file.length - 8, true);
  const end = file.length - 8 - length;
  return parseFooter(file.subarray(end, end + length), end);
}

/** Offsets count from the start of the file; a zero stands for an offset that isn't given. */
function move(fields: ThriftStruct, ids: readonly number[], by: number): void {
  for (const id of ids) {
    const offset = fields.get(id)?.value;
    if (typeof offset === "bigint" && offset > 0n) fields.set(id, i64(offset + BigInt(by)));
  }
}
