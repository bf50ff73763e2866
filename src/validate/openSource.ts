import type { RecordBatch, Table } from "apache-arrow";
import { isRecordBatch, isTable } from "../columns/arrowShape.js";
import { ConfigError } from "../errors/index.js";
import { loadOnce } from "../io/loadOnce.js";
import { fromBatch, fromIterable, fromTable } from "../io/memorySource.js";
import { isSourceOpener, OPENS_SOURCE, type Source, type SourceOpener } from "../io/source.js";
import { declaredTypes } from "../suite/declaredTypes.js";
import type { Suite } from "../suite/suite.js";
import type { ValidateOptions } from "./options.js";

/** What can be validated: Arrow data in memory, batches as they come, a path or `file:` URL, or a table in DuckDB. */
export type SourceInput =
  | Table
  | RecordBatch
  | Iterable<RecordBatch>
  | AsyncIterable<RecordBatch>
  | SourceOpener
  | string
  | URL;

const loadOpening = loadOnce(() => import("../io/open.js"));

/**
 * Opens whatever was given; the columns a suite declares are read from text as the types it says. Throws InputError when
 * it can't be read or isn't Arrow data.
 */
export async function openSource(
  input: SourceInput,
  options: ValidateOptions,
  suite?: Suite,
): Promise<Source> {
  if (typeof input === "string" || input instanceof URL) {
    const { openPath } = await loadOpening();
    const { allowUrls, sha256, threads, format, delimiter, nullValues } = options;
    const types = suite && declaredTypes(suite);
    return openPath(input, {
      ...(allowUrls ? { allowUrls } : {}),
      ...(sha256 ? { sha256 } : {}),
      ...(format === undefined ? {} : { format }),
      ...(delimiter === undefined ? {} : { delimiter }),
      ...(nullValues === undefined ? {} : { nullValues }),
      ...(threads === undefined ? {} : { threads }),
      ...(types && types.size > 0 ? { types } : {}),
    });
  }
  for (const parameter of ["format", "delimiter", "nullValues"] as const) {
    if (options[parameter] === undefined) continue;
    throw new ConfigError(
      "config/unsupported-option",
      `${parameter} says how a file is read, and the source is no file`,
      { parameter },
    );
  }
  if (isSourceOpener(input)) return input[OPENS_SOURCE]();
  if (isTable(input)) return fromTable(input);
  if (isRecordBatch(input)) return fromBatch(input);
  return fromIterable(input, options.keep ? { keep: options.keep } : {});
}
