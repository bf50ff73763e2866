import type { Schema } from "apache-arrow";
import { ConfigError } from "../errors/index.js";
import { chooseFormat, type Format, formatName } from "./format.js";
import { locate, shownUrl } from "./location.js";
import type { ParquetSinkOptions } from "./parquetSink.js";
import type { Sink } from "./sink.js";

/** How a file is written; what is about row groups, compression and metadata is for Parquet. */
export interface OpenSinkOptions extends ParquetSinkOptions {
  /** What the file shall be, where its extension doesn't say so. */
  readonly format?: Format;
}

/**
 * Starts a file of the format that `format` or else the extension says, at a path or a `file:` URL; it has its name
 * from `commit` on. The writer of a format is loaded when it's needed first.
 * Throws ConfigError for a location, a format or an option that can't be meant, and what the writer throws.
 */
export async function openSink(
  input: string | URL,
  schema: Schema,
  options: OpenSinkOptions = {},
): Promise<Sink> {
  const location = await locate(input, true);
  if ("url" in location) {
    throw new ConfigError("config/bad-value", "files are written to paths and file: URLs only", {
      parameter: "sink",
      value: shownUrl(location.url),
    });
  }
  const { path } = location;
  const { format: said, ...parquet } = options;
  const format = chooseFormat(path, said);
  const option = Object.entries(parquet).find(([, value]) => value !== undefined)?.[0];
  if (format !== "parquet" && option !== undefined) {
    throw new ConfigError("config/unsupported-option", `${formatName(format)} files have no ${option}`, {
      unit: path,
      parameter: option,
    });
  }
  switch (format) {
    case "parquet":
      return (await import("./parquetSink.js")).openParquetSink(path, schema, parquet);
    case "arrow":
      return (await import("./ipcSink.js")).openIpcSink(path, schema);
    case "csv":
      return (await import("./csvSink.js")).openCsvSink(path, schema);
    case "jsonl":
      return (await import("./jsonlSink.js")).openJsonlSink(path, schema);
  }
}
