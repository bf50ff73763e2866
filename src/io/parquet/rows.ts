import type { RecordBatch, Schema } from "apache-arrow";
import { InputError } from "../../errors/index.js";
import { type FileVersion, type InputFile, inputFailed, openInputFile } from "../inputFile.js";
import { decodeRows, encodeSchema, hollowBatch, type loadParquetWasm } from "./decode.js";
import { type Excerpt, layOutExcerpt } from "./excerpt.js";
import type { ParquetFooter, ParquetRowGroup } from "./footer.js";
import { type Crc32, checkPages } from "./pages.js";
import { BATCH_ROWS, rowBytes, Window } from "./window.js";

/** A file and what its footer told. */
export interface KnownParquet {
  readonly version: FileVersion;
  readonly footer: ParquetFooter;
  readonly schema: Schema;
  readonly wasm: Awaited<ReturnType<typeof loadParquetWasm>>;
}

/** The decoder takes the pages of a row group as one piece, and its module addresses 4 GiB in all. */
const MOST_GROUP_BYTES = 2 * 2 ** 30;

/**
 * The rows of some row groups and columns, both by index. At any time it holds the wanted pages of one row group,
 * compressed, and a window of decoded rows. Every column has the promised rows, but a nested one may hold more, which
 * aren't seen. Throws InputError with the path.
 */
export async function* readRowGroups(
  known: KnownParquet,
  columns: readonly number[],
  groups: readonly number[],
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
  const { crc32 } = await import("node:zlib");
  const schema =
    columns.length === footer.columns.length ? known.schema : known.schema.selectAt([...columns]);
  const hint = encodeSchema(schema);
  const file = await openInputFile(version.path, version);
  try {
    let window: Window | undefined;
    for (const index of groups) {
      const group = footer.rowGroups[index]!;
      if (group.rows === 0) continue;
      const unit = `row group ${index}`;
      checkSize(group, columns, footer, unit);
      const excerpt = layOutExcerpt(footer, group, columns, hint);
      await fetchExcerpt(file, excerpt, footer, group.rows, unit, crc32);
      window ??= new Window(rowBytes(footer, group, columns));
      for (let done = 0; done < group.rows; ) {
        const wanted = window.rows(group.rows - done);
        const decoded = decodeRows(known.wasm, excerpt.bytes, schema, done, wanted);
        done += decoded.rows;
        if (decoded.rows !== wanted) {
          throw new InputError("input/corrupt", `${unit} has ${done} rows, ${group.rows} were promised`);
        }
        window.learn(decoded.rows, decoded.bytes);
        yield* decoded.batches;
      }
    }
  } catch (cause) {
    throw inputFailed(version.path, cause, "input/corrupt");
  } finally {
    await file.close();
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

/** Reads the chunks an excerpt is made of, and looks at every page before the decoder does. */
async function fetchExcerpt(
  file: InputFile,
  { bytes, chunks }: Excerpt,
  footer: ParquetFooter,
  rows: number,
  unit: string,
  crc32: Crc32,
): Promise<void> {
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
}
