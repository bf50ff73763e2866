import type { RecordBatch } from "apache-arrow";
import { ConfigError, InputError } from "../errors/index.js";
import { type FileVersion, type InputFile, inputFailed, openInputFile } from "./inputFile.js";
import { loadOnce } from "./loadOnce.js";
import { decodeSchema, loadParquetWasm } from "./parquet/decode.js";
import { type DecodePool, lenderOf } from "./parquet/decodePool.js";
import { emptyFile } from "./parquet/excerpt.js";
import { type ParquetFooter, parseFooter } from "./parquet/footer.js";
import { type KnownParquet, readRowGroups } from "./parquet/rows.js";
import { summarizeRowGroups } from "./parquet/statistics.js";
import { checkSchema } from "./schemaRules.js";
import type { RowGroupSummary, Source } from "./source.js";

/** How a Parquet file is opened. */
export interface ParquetOptions {
  /** The most bytes the whole file may decompress to, by its footer; 64 GiB when absent. */
  readonly maxBytes?: number;
  /** Adds the SHA-256 of the whole file to the description, which takes a read of all of it. */
  readonly sha256?: boolean;
  /** Threads that decode row groups; 1, the one that reads, when absent. */
  readonly threads?: number;
  /** The version that the file must be; whichever it is when absent. */
  readonly expected?: FileVersion;
}

const loadHashes = loadOnce(() => import("node:crypto"));

const DEFAULT_MAX_BYTES = 64 * 2 ** 30;
/** A parsed footer takes many times its bytes. */
const MOST_FOOTER_BYTES = 64 * 2 ** 20;
/** Most footers are shorter, so that they come with one read. */
const LIKELY_FOOTER_BYTES = 2 ** 16;
/** The magic, the least footer there is, its length, and the magic again. */
const LEAST_BYTES = 12;

/**
 * Opens a Parquet file from its footer alone; rows are decoded later, some of one row group at a time.
 *
 * Its row groups' summaries follow the rules of `summarizeRowGroups`. Reading no columns gives batches that have
 * rows and no columns, by the footer's counts, and decodes nothing. The file is open while it's read only; reading it
 * after it was changed is an error. Throws InputError with the path for whatever is wrong with the file: unreadable,
 * damaged, of a kind that isn't supported, or larger than `maxBytes`.
 */
export async function openParquet(path: string, options: ParquetOptions = {}): Promise<Source> {
  const { maxBytes = DEFAULT_MAX_BYTES } = options;
  if (!(maxBytes > 0)) {
    throw new ConfigError("config/bad-value", `maxBytes must be a number above zero, not ${maxBytes}`, {
      unit: path,
      parameter: "maxBytes",
      value: maxBytes,
    });
  }
  const file = await openInputFile(path, options.expected);
  try {
    const footerBytes = await readFooter(file);
    const footer = parseFooter(footerBytes, file.bytes - 8 - footerBytes.length);
    checkBudget(footer, maxBytes);
    const wasm = await loadParquetWasm();
    const schema = decodeSchema(wasm, emptyFile(footer));
    checkSchema(schema, JSON.stringify(path));
    if (schema.fields.length !== footer.columns.length) {
      const counts = `${footer.columns.length} columns, its Arrow schema ${schema.fields.length}`;
      throw new InputError("input/corrupt", `the Parquet schema has ${counts}`);
    }
    const { createHash } = await loadHashes();
    const description = {
      kind: "parquet",
      path,
      bytes: file.bytes,
      modified: file.modified,
      footerHash: createHash("sha256").update(footerBytes).digest("hex"),
      ...(options.sha256 ? { sha256: await file.sha256() } : {}),
    } as const;
    return sourceOf(
      { version: file, footer, schema, wasm, windows: new Map() },
      description,
      options.threads ?? 1,
    );
  } catch (cause) {
    throw inputFailed(path, cause, "input/corrupt");
  } finally {
    await file.close();
  }
}

function sourceOf(known: KnownParquet, description: Source["description"], threads: number): Source {
  const { version, footer, schema } = known;
  let summaries: RowGroupSummary[] | undefined;
  let isClosed = false;
  const lender = lenderOf(threads);
  // A read that is left half done gives nothing back by itself.
  const loans = new Set<{ readonly pool: DecodePool | undefined }>();
  return {
    schema,
    rows: footer.rows,
    rereadable: true,
    description,
    file: { path: version.path, bytes: version.bytes, modified: version.modified, version: version.version },
    get rowGroups() {
      summaries ??= summarizeRowGroups(footer, schema);
      return summaries;
    },
    async *batches(options = {}): AsyncGenerator<RecordBatch> {
      if (isClosed) throw inputFailed(version.path, new Error("the source is closed"));
      const columns = options.columns ?? [...footer.columns.keys()];
      const groups = options.rowGroups ?? [...footer.rowGroups.keys()];
      const loan = { pool: await lender.borrow(columns.length === 0 ? 0 : groups.length) };
      loans.add(loan);
      try {
        yield* readRowGroups(known, columns, groups, loan.pool);
      } finally {
        if (loans.delete(loan)) lender.giveBack(loan.pool);
      }
    },
    async close() {
      isClosed = true;
      for (const { pool } of loans) lender.giveBack(pool);
      loans.clear();
    },
  };
}

async function readFooter(file: InputFile): Promise<Uint8Array> {
  const corrupt = (what: string) => new InputError("input/corrupt", what);
  if (file.bytes < LEAST_BYTES) throw corrupt(`${file.bytes} bytes are no Parquet file`);
  const [first, end] = await Promise.all([
    file.read(0, 4),
    file.read(Math.max(0, file.bytes - LIKELY_FOOTER_BYTES), file.bytes),
  ]);
  const head = magicOf(first);
  const tail = end.subarray(-8);
  const foot = magicOf(tail.subarray(4));
  if (head === "PARE" || foot === "PARE") {
    throw new InputError("input/unsupported", "its footer is encrypted");
  }
  if (head !== "PAR1") throw corrupt("it doesn't start as a Parquet file does, with PAR1");
  if (foot !== "PAR1") {
    throw corrupt("it doesn't end as a Parquet file does, with PAR1: cut short, or still being written");
  }
  const length = new DataView(tail.buffer, tail.byteOffset).getUint32(0, true);
  const start = file.bytes - 8 - length;
  if (start < 4) throw corrupt(`a footer of ${length} bytes doesn't fit into ${file.bytes} bytes`);
  if (length > MOST_FOOTER_BYTES) {
    throw new InputError(
      "input/too-large",
      `a footer of ${length} bytes, ${MOST_FOOTER_BYTES} at most are read`,
    );
  }
  return length + 8 <= end.length ? end.slice(-8 - length, -8) : file.read(start, start + length);
}

function magicOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

function checkBudget(footer: ParquetFooter, maxBytes: number): void {
  const total = footer.rowGroups.reduce(
    (sum, { chunks }) => chunks.reduce((bytes, chunk) => bytes + chunk.uncompressed, sum),
    0,
  );
  if (total > maxBytes) {
    throw new InputError("input/too-large", `it decompresses to ${total} bytes, maxBytes is ${maxBytes}`, {
      parameter: "maxBytes",
      value: maxBytes,
    });
  }
}
