import { InputError } from "../../errors/index.js";
import { CHUNK, ELEMENT, FILE, GROUP, META } from "./fieldIds.js";
import { readThrift, type ThriftStruct, type ThriftValue } from "./thrift.js";

/** A column of the table: the schema elements of its subtree, and its leaves among all leaves of the file. */
export interface ParquetColumn {
  readonly name: string;
  readonly elements: readonly ThriftStruct[];
  readonly firstLeaf: number;
  readonly leaves: number;
  /** True for one leaf that isn't repeated: one value or null per row. */
  readonly flat: boolean;
}

/** One leaf's bytes in one row group. */
export interface ParquetChunk {
  readonly tree: ThriftStruct;
  readonly meta: ThriftStruct;
  /** Byte offset of its first page. */
  readonly start: number;
  readonly bytes: number;
  readonly uncompressed: number;
  readonly values: number;
}

/** One row group, with a chunk per leaf of the file. */
export interface ParquetRowGroup {
  readonly tree: ThriftStruct;
  readonly rows: number;
  readonly chunks: readonly ParquetChunk[];
}

/** A footer whose counts and offsets agree with each other and with the length of the file. */
export interface ParquetFooter {
  readonly tree: ThriftStruct;
  readonly rows: number;
  readonly columns: readonly ParquetColumn[];
  readonly rowGroups: readonly ParquetRowGroup[];
}

function corrupt(what: string): InputError {
  return new InputError("input/corrupt", `damaged Parquet footer: ${what}`);
}

function get(fields: ThriftStruct, id: number): ThriftValue | undefined {
  return fields.get(id)?.value;
}

/** An integer field as a number, undefined when absent. Throws InputError when it's no integer a double holds. */
export function integerOf(fields: ThriftStruct, id: number): number | undefined {
  const value = get(fields, id);
  if (value === undefined) return undefined;
  const number = typeof value === "bigint" ? Number(value) : value;
  if (typeof number !== "number" || !Number.isSafeInteger(number)) {
    throw corrupt(`field ${id} isn't a whole number that a double holds`);
  }
  return number;
}

function countOf(fields: ThriftStruct, id: number, what: string): number {
  const count = integerOf(fields, id);
  if (count === undefined || count < 0) throw corrupt(`${what} is ${count ?? "missing"}`);
  return count;
}

/** A structure field, undefined when absent. Throws InputError when it's something else. */
export function structOf(fields: ThriftStruct, id: number): ThriftStruct | undefined {
  const value = get(fields, id);
  if (value !== undefined && !(value instanceof Map)) throw corrupt(`field ${id} isn't a structure`);
  return value;
}

/** A list field's structures, empty when absent. Throws InputError when it's something else. */
export function structsOf(fields: ThriftStruct, id: number): ThriftStruct[] {
  const value = get(fields, id);
  if (value === undefined) return [];
  if (typeof value !== "object" || !("items" in value) || !value.items.every((item) => item instanceof Map)) {
    throw corrupt(`field ${id} isn't a list of structures`);
  }
  return value.items as ThriftStruct[];
}

/** Reads and checks the footer of a file in which data ends at byte `dataEnd`. Throws InputError. */
export function parseFooter(bytes: Uint8Array, dataEnd: number): ParquetFooter {
  const tree = readThrift(bytes).value;
  const rows = countOf(tree, FILE.rows, "the row count");
  const columns = columnsOf(structsOf(tree, FILE.schema));
  const leaves = columns.reduce((sum, column) => sum + column.leaves, 0);
  const rowGroups = structsOf(tree, FILE.rowGroups).map((group, i) =>
    rowGroupOf(group, `row group ${i}`, leaves, dataEnd),
  );
  const sum = rowGroups.reduce((total, group) => total + group.rows, 0);
  if (sum !== rows) throw corrupt(`it promises ${rows} rows, and ${sum} in its row groups`);
  return { tree, rows, columns, rowGroups };
}

function columnsOf(elements: readonly ThriftStruct[]): ParquetColumn[] {
  const [root] = elements;
  if (root === undefined) throw corrupt("no schema");
  const columns: ParquetColumn[] = [];
  let at = 1;
  let firstLeaf = 0;
  for (let i = integerOf(root, ELEMENT.children) ?? 0; i > 0; i--) {
    const start = at;
    let leaves = 0;
    for (let open = 1; open > 0; open--) {
      const element = elements[at++];
      if (element === undefined) throw corrupt("its schema ends early");
      const children = integerOf(element, ELEMENT.children) ?? 0;
      if (children < 0) throw corrupt("its schema counts below zero");
      if (children === 0) leaves++;
      open += children;
    }
    const own = elements.slice(start, at);
    const flat = own.length === 1 && integerOf(own[0]!, ELEMENT.repetition) !== 2;
    columns.push({ name: nameOf(own[0]!), elements: own, firstLeaf, leaves, flat });
    firstLeaf += leaves;
  }
  if (at !== elements.length) throw corrupt("its schema has elements that belong to no column");
  return columns;
}

function nameOf(element: ThriftStruct): string {
  const name = get(element, ELEMENT.name);
  if (!(name instanceof Uint8Array)) throw corrupt("a column without a name");
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(name);
  } catch {
    throw corrupt("a column name that isn't UTF-8");
  }
}

function rowGroupOf(tree: ThriftStruct, unit: string, leaves: number, dataEnd: number): ParquetRowGroup {
  const rows = countOf(tree, GROUP.rows, `the row count of ${unit}`);
  const trees = structsOf(tree, GROUP.chunks);
  if (trees.length !== leaves) throw corrupt(`${unit} has ${trees.length} columns, the schema ${leaves}`);
  return { tree, rows, chunks: trees.map((chunk, i) => chunkOf(chunk, `column ${i} of ${unit}`, dataEnd)) };
}

function chunkOf(tree: ThriftStruct, unit: string, dataEnd: number): ParquetChunk {
  if (tree.has(CHUNK.crypto)) throw new InputError("input/unsupported", `${unit} is encrypted`);
  const path = get(tree, CHUNK.filePath);
  if (path instanceof Uint8Array && path.length > 0) {
    throw new InputError("input/unsupported", `${unit} lies in another file`);
  }
  const meta = structOf(tree, CHUNK.meta);
  if (meta === undefined) throw corrupt(`${unit} has no metadata`);
  const data = countOf(meta, META.dataOffset, `the offset of ${unit}`);
  // Some writers of old say 0 for "there is no dictionary page".
  const dictionary = integerOf(meta, META.dictionaryOffset) ?? 0;
  const start = dictionary > 0 ? Math.min(dictionary, data) : data;
  const bytes = countOf(meta, META.compressed, `the size of ${unit}`);
  const end = start + bytes;
  if (bytes > 0 && (start < 4 || end > dataEnd || data >= end)) {
    throw corrupt(`${unit} claims the bytes from ${start}, its data from ${data}, to ${end} of ${dataEnd}`);
  }
  const uncompressed = countOf(meta, META.uncompressed, `the uncompressed size of ${unit}`);
  return {
    tree,
    meta,
    start,
    bytes,
    uncompressed,
    values: countOf(meta, META.values, `the count of ${unit}`),
  };
}
