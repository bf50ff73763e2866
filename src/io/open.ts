import type { DataType, Schema } from "apache-arrow";
import { ConfigError, InputError } from "../errors/index.js";
import { download } from "./download.js";
import { chooseFormat, type Format, formatName, SNIFFED_BYTES, sniff } from "./format.js";
import { inputFailed, openInputFile } from "./inputFile.js";
import { loadOnce } from "./loadOnce.js";
import { locate, shownUrl } from "./location.js";
import type { Source, SourceDescription } from "./source.js";

/** How a file is opened, whatever its format. */
export interface OpenOptions {
  /** What the file is, where its extension doesn't say so. */
  readonly format?: Format;
  /** Column types for CSV and JSON lines, which have none of their own; the other formats keep theirs. */
  readonly schema?: Schema;
  /** Types of some columns by name, for CSV and JSON lines; the others are inferred. */
  readonly types?: ReadonlyMap<string, DataType>;
  /** What parts the cells of a CSV; a tab where the path says so, else a comma. Of no other format. */
  readonly delimiter?: string;
  /** Unquoted cells of a CSV that are null; the empty cell when absent. Of no other format. */
  readonly nullValues?: readonly string[];
  /** Lets `http:` and `https:` URLs be fetched, into a temporary file that `close` removes. */
  readonly allowUrls?: boolean;
  /** Adds the SHA-256 of the whole file to the description, which takes a read of all of it. */
  readonly sha256?: boolean;
  /** Threads that decode row groups of Parquet; 1 when absent. Other formats are read by one. */
  readonly threads?: number;
  /** The most bytes that are fetched, and that a Parquet file may decompress to; 64 GiB when absent. */
  readonly maxBytes?: number;
}

const DEFAULT_MAX_BYTES = 64 * 2 ** 30;

/**
 * Opens a table by its path, its `file:` URL or, if allowed, its address on the network. `format` or else the
 * extension says what it is, and the first bytes when neither does; a file whose first bytes say otherwise is refused.
 * The reader of a format is loaded when it's needed first.
 * Throws ConfigError for a location or a format that can't be meant, InputError for what can't be read.
 */
export async function openPath(input: string | URL, options: OpenOptions = {}): Promise<Source> {
  const { maxBytes = DEFAULT_MAX_BYTES } = options;
  const location = await locate(input, options.allowUrls === true);
  if ("path" in location) return openFile(location.path, options);
  const fetched = await download(location.url, maxBytes);
  try {
    const source = await openFile(fetched.path, options);
    const { modified: _, ...description } = source.description;
    const origin = { path: shownUrl(location.url), ...(fetched.modified && { modified: fetched.modified }) };
    return described(source, { ...description, ...origin }, async () => {
      await source.close();
      await fetched.remove();
    });
  } catch (cause) {
    await fetched.remove();
    throw cause;
  }
}

async function openFile(path: string, options: OpenOptions): Promise<Source> {
  const format = await formatOf(path, options.format);
  const source = await openAs(format, path, options);
  if (!options.sha256 || source.description.sha256 !== undefined) return source;
  try {
    const file = await openInputFile(path);
    const sha256 = await file.sha256().finally(() => file.close());
    return described(source, { ...source.description, sha256 }, () => source.close());
  } catch (cause) {
    await source.close();
    throw cause;
  }
}

const loadParquetReader = loadOnce(() => import("./parquetReader.js"));

async function openAs(format: Format, path: string, options: OpenOptions): Promise<Source> {
  const { schema, types, sha256, maxBytes, threads, delimiter, nullValues } = options;
  if (format !== "csv") refuseCsvOptions(path, format, options);
  const typed = { ...(schema && { schema }), ...(types && { types }) };
  switch (format) {
    case "parquet": {
      const { openParquet } = await loadParquetReader();
      return openParquet(path, {
        ...(sha256 && { sha256 }),
        ...(maxBytes !== undefined && { maxBytes }),
        ...(threads !== undefined && { threads }),
      });
    }
    case "arrow": {
      const { openIpc } = await import("./ipcReader.js");
      return openIpc(path);
    }
    case "csv": {
      const { openCsv } = await import("./csvReader.js");
      return openCsv(path, {
        ...typed,
        ...(delimiter !== undefined && { delimiter }),
        ...(nullValues && { nullValues }),
      });
    }
    case "jsonl": {
      const { openJsonl } = await import("./jsonlReader.js");
      return openJsonl(path, typed);
    }
  }
}

function refuseCsvOptions(path: string, format: Format, options: OpenOptions): void {
  const given = (["delimiter", "nullValues"] as const).find((name) => options[name] !== undefined);
  if (given === undefined) return;
  throw new ConfigError(
    "config/unsupported-option",
    `${given} is for CSV, and ${JSON.stringify(path)} is ${formatName(format)}`,
    { unit: path, parameter: given },
  );
}

async function formatOf(path: string, said: Format | undefined): Promise<Format> {
  const file = await openInputFile(path);
  const head = await file.read(0, Math.min(SNIFFED_BYTES, file.bytes)).finally(() => file.close());
  const { format: looks, other } = sniff(head);
  if (other !== undefined) {
    throw inputFailed(path, new InputError("input/unsupported", `it holds ${other}`));
  }
  const format = chooseFormat(path, said, looks);
  if (looks !== undefined && looks !== format) {
    const source = said === undefined ? "its extension says" : "format says";
    const problem = `${source} ${formatName(format)}, its first bytes ${formatName(looks)}`;
    throw inputFailed(path, new InputError("input/corrupt", problem));
  }
  return format;
}

function described(source: Source, description: SourceDescription, close: () => Promise<void>): Source {
  return {
    schema: source.schema,
    get rows() {
      return source.rows;
    },
    rereadable: source.rereadable,
    description,
    ...(source.rowGroups && { rowGroups: source.rowGroups }),
    ...(source.file && { file: source.file }),
    ...(source.csv && { csv: source.csv }),
    batches: (read) => source.batches(read),
    close,
  };
}
