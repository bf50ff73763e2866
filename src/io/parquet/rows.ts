import type { RecordBatch, Schema } from "apache-arrow";
import { InputError } from "../../errors/index.js";
import { type FileVersion, type InputFile, inputFailed, openInputFile } from "../inputFile.js";
import { loadOnce } from "../loadOnce.js";
import { readAhead } from "../readAhead.js";
import {
  batchesOf,
  type Decoded,
  decodeBatches,
  encodeSchema,
  hollowBatch,
  type loadParquetWasm,
} from "./decode.js";
import type { DecodePool } from "./decodePool.js";
import { type Excerpt, layOutExcerpt } from "./excerpt.js";
import type { ParquetFooter, ParquetRowGroup } from "./footer.js";
import { hasZstd, inflated, loadInflate } from "./inflate.js";
import { type Crc32, checkPages } from "./pages.js";
import { ReusedBuffers } from "./reusedBuffers.js";
import { BATCH_ROWS, rowBytes, Window } from "./window.js";

/** A file and what its footer told. */
export interface KnownParquet {
  readonly version: FileVersion;
  readonly footer: ParquetFooter;
  readonly schema: Schema;
  readonly wasm: Awaited<ReturnType<typeof loadParquetWasm>>;
  /** How many rows to decode at a time, by the columns that were read: what one reading learnt the next one knows. */
  readonly windows: Map<string, Window>;
}

const loadChecksums = loadOnce(() => import("node:zlib"));

/** The decoder takes the pages of a row group as one piece, and its module addresses 4 GiB in all. */
const MOST_GROUP_BYTES = 2 * 2 ** 30;
/** Pages of more bytes stay compressed until the decoder has them: both forms are held for a while. */
const MOST_INFLATED_BYTES = 64 * 2 ** 20;

/**
 * The rows of some row groups and columns, both by index. At any time it holds the wanted pages of one row group,
 * compressed, and a window of decoded rows; with a pool as many of both as the pool has threads, and one more. Every
 * column has the promised rows, but a nested one may hold more, which aren't seen. Throws InputError with the path.
 */
export async function* readRowGroups(
  known: KnownParquet,
  columns: readonly number[],
  groups: readonly number[],
  pool?: DecodePool,
): AsyncGenerator<RecordBatch> {
  const { footer, version } = known;
  if (columns.length === 0) {
    for (const group of groups) {
      for (let left = footer.rowGroups[group]!.rows; left > 0; left -= BATCH_ROWS) {
        yield hollowBatch(Math.min(left, BATCH_ROWS));
      }
    }
    return;
  }
  const file = await openInputFile(version.path, version);
  try {
    const reader = new GroupReader(known, file, columns, (await loadChecksums()).crc32, pool);
    const wanted = groups.filter((index) => footer.rowGroups[index]!.rows > 0);
    if (pool) {
      const begun = wanted.map((index) => reader.read(index));
      for await (const batches of readAhead(begun, pool.threads)) yield* batches;
    } else {
      for (const index of wanted) for await (const batches of reader.read(index)) yield* batches;
    }
  } catch (cause) {
    throw inputFailed(version.path, cause, "input/corrupt");
  } finally {
    await file.close();
  }
}

/** Reads and decodes row groups of an open file, a window of rows at a time. */
class GroupReader {
  readonly #known: KnownParquet;
  readonly #file: InputFile;
  readonly #columns: readonly number[];
  readonly #crc32: Crc32;
  readonly #pool: DecodePool | undefined;
  readonly #schema: Schema;
  readonly #hint: string;
  readonly #buffers: ReusedBuffers;
  #window: Window | undefined;

  constructor(
    known: KnownParquet,
    file: InputFile,
    columns: readonly number[],
    crc32: Crc32,
    pool: DecodePool | undefined,
  ) {
    const isWhole = columns.length === known.footer.columns.length;
    this.#known = known;
    this.#file = file;
    this.#columns = columns;
    this.#crc32 = crc32;
    this.#pool = pool;
    this.#schema = isWhole ? known.schema : known.schema.selectAt([...columns]);
    this.#hint = encodeSchema(this.#schema);
    this.#buffers = new ReusedBuffers(pool !== undefined);
  }

  async *read(index: number): AsyncGenerator<readonly RecordBatch[]> {
    const { footer } = this.#known;
    const columns = this.#columns;
    const group = footer.rowGroups[index]!;
    const unit = `row group ${index}`;
    checkSize(group, columns, footer, unit);
    const layOut = (chosen: ParquetRowGroup) =>
      layOutExcerpt(footer, chosen, columns, this.#hint, (length) => this.#buffers.take(length));
    const stored = layOut(group);
    const expanded = await fetchExcerpt(this.#file, stored, footer, group.rows, unit, this.#crc32);
    const isWorthwhile = expanded <= MOST_INFLATED_BYTES && hasZstd(stored);
    const inflate = isWorthwhile ? await loadInflate(this.#pool !== undefined) : undefined;
    const excerpt = (inflate && inflated(stored, group, inflate, layOut)) ?? stored;
    this.#window ??= this.#windowFor(group);
    for (let done = 0; done < group.rows; ) {
      const wanted = this.#window.rows(group.rows - done);
      const decoded = await this.#decode(excerpt.bytes, done, wanted);
      done += decoded.rows;
      if (decoded.rows !== wanted) {
        throw new InputError("input/corrupt", `${unit} has ${done} rows, ${group.rows} were promised`);
      }
      this.#window.learn(decoded.rows, decoded.bytes);
      yield decoded.batches;
    }
    for (const { bytes } of new Set([stored, excerpt])) this.#buffers.giveBack(bytes);
  }

  #windowFor(group: ParquetRowGroup): Window {
    const { windows, footer } = this.#known;
    const key = this.#columns.join();
    const known = windows.get(key) ?? new Window(rowBytes(footer, group, this.#columns));
    windows.set(key, known);
    return known;
  }

  async #decode(file: Uint8Array, offset: number, limit: number): Promise<Decoded> {
    return this.#pool
      ? batchesOf(await this.#pool.decode(file, offset, limit), this.#schema)
      : decodeBatches(this.#known.wasm, file, offset, limit, this.#schema);
  }
}

function checkSize(
  group: ParquetRowGroup,
  columns: readonly number[],
  footer: ParquetFooter,
  unit: string,
): void {
  let bytes = 0;
  for (const column of columns) {
    const { firstLeaf, leaves } = footer.columns[column]!;
    for (const chunk of group.chunks.slice(firstLeaf, firstLeaf + leaves)) {
      bytes += Math.max(chunk.bytes, chunk.uncompressed);
    }
  }
  if (bytes > MOST_GROUP_BYTES) throw tooLarge(unit, bytes);
}

function tooLarge(unit: string, bytes: number): InputError {
  const most = `${MOST_GROUP_BYTES} at most are decoded at once`;
  return new InputError("input/too-large", `${unit} takes ${bytes} bytes for these columns, ${most}`);
}

/** Reads the chunks an excerpt is made of, and looks at every page before the decoder does. Returns their inflated bytes. */
async function fetchExcerpt(
  file: InputFile,
  { bytes, chunks }: Excerpt,
  footer: ParquetFooter,
  rows: number,
  unit: string,
  crc32: Crc32,
): Promise<number> {
  const placed = chunks.map((part) => ({
    ...part,
    pages: bytes.subarray(part.at, part.at + part.chunk.bytes),
  }));
  await Promise.all(placed.map(({ chunk, pages }) => file.readInto(pages, chunk.start)));
  await file.checkUnchanged();
  let expanded = 0;
  for (const { chunk, column, pages } of placed) {
    const { name: columnName, flat } = footer.columns[column]!;
    const name = `column ${JSON.stringify(columnName)} of ${unit}`;
    if (flat && chunk.values !== rows) {
      throw new InputError("input/corrupt", `${name} has ${chunk.values} values for ${rows} rows`);
    }
    expanded += checkPages(pages, chunk.values, name, crc32);
  }
  if (expanded > MOST_GROUP_BYTES) throw tooLarge(unit, expanded);
  return expanded;
}
