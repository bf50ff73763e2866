import type { DataType, Field, RecordBatch, Schema } from "apache-arrow";
import { kindOf } from "../columns/typeName.js";
import { openInputFile } from "./inputFile.js";
import type { ReadOptions, Source } from "./source.js";
import { readCsvHead } from "./text/csvHead.js";
import { csvParts } from "./text/csvRows.js";
import { guardOf, type KnownTypes } from "./text/guessType.js";
import { RowBatches } from "./text/rowBatches.js";
import { atLeastOne, checkTextSchema, delimiterOf } from "./text/textOptions.js";

/** How CSV is read. */
export interface CsvOptions {
  /** The columns and their types, found by name under a header; inferred from the first rows when absent. */
  readonly schema?: Schema;
  /** Types of some columns by name; those that are there are not inferred. Without a schema only. */
  readonly types?: KnownTypes;
  /** One ASCII character; a tab for paths that end in `.tsv` or `.tab`, else a comma, when absent. */
  readonly delimiter?: string;
  /** False when the first line is a row: columns are the schema's by place, else `column_1` and on. */
  readonly header?: boolean;
  /** Unquoted cells that are null; the empty cell when absent. A quoted cell is text, but an empty one is null where it can't be. */
  readonly nullValues?: readonly string[];
  /** Rows that types are inferred from; 10,000 when absent. */
  readonly sampleRows?: number;
  /** Bytes that the cells of a row may have together; 2^24 when absent. */
  readonly maxLineBytes?: number;
}

/** True where an empty text is a value. */
function mayBeEmpty(type: DataType): boolean {
  return kindOf(type) === "string" || kindOf(type) === "binary";
}

/**
 * Opens a CSV file (RFC 4180 as csv-parse reads it; LF, CRLF or CR; UTF-8 with or without a byte order mark) that is
 * read as a stream. A cell with quotes that RFC 4180 doesn't allow is kept with them: `5" pipe`, `"x"y`.
 * Types come from the schema, or are inferred: int64, float64, bool, date32, timestamp[us], else utf8, and said in the
 * source's notes. Throws InputError that names the line, and ConfigError for options that can't be meant.
 */
export async function openCsv(path: string, options: CsvOptions = {}): Promise<Source> {
  const format = {
    unit: path,
    delimiter: delimiterOf("openCsv", path, options.delimiter),
    maxLineBytes: atLeastOne("openCsv", "maxLineBytes", options.maxLineBytes ?? 2 ** 24),
    sampleRows: atLeastOne("openCsv", "sampleRows", options.sampleRows ?? 10_000),
    hasHeader: options.header ?? true,
    nulls: new Set(options.nullValues ?? [""]),
    schema: options.schema,
    known: options.types ?? new Map(),
  };
  if (options.schema) checkTextSchema(options.schema);
  const file = await openInputFile(path);
  const head = await readCsvHead(file, format).catch(async (error: unknown) => {
    await file.close();
    throw error;
  });
  const { schema, places, notes } = head;
  const all = schema.fields.map((_, i) => i);
  const isGuessed = ({ name }: Field) => options.schema === undefined && !format.known.has(name);

  async function* batches(columns: readonly number[]): AsyncGenerator<RecordBatch> {
    const batch = new RowBatches(schema, columns, path);
    const plans = batch.columns.map((column) => {
      const { type } = schema.fields[column.index]!;
      const guard = isGuessed(schema.fields[column.index]!) ? guardOf(type) : undefined;
      return { column, guard, place: places[column.index]!, keepsEmpty: mayBeEmpty(type) };
    });
    let isHeader = format.hasHeader;
    for await (const rows of csvParts(file, format)) {
      for (const row of rows) {
        if (isHeader) {
          isHeader = false;
          continue;
        }
        let characters = 0;
        for (const { column, guard, place, keepsEmpty } of plans) {
          const cell = row.cells[place]!;
          const isNull = row.isNull(place, format.nulls, keepsEmpty);
          const isFit = isNull || guard === undefined || guard(cell);
          if (!isFit || !column.builder.add(isNull ? null : cell)) {
            throw batch.mismatch(column, row.line, cell, isGuessed(schema.fields[column.index]!));
          }
          characters += cell.length;
        }
        if (batch.endRow(characters)) yield batch.take();
      }
    }
    if (!batch.isEmpty) yield batch.take();
  }

  return {
    schema,
    rows: undefined,
    rereadable: true,
    ...(places.every((place, i) => place === i) && {
      csv: { delimiter: format.delimiter, nullValues: [...format.nulls], hasHeader: format.hasHeader },
    }),
    description: {
      kind: "csv",
      path,
      bytes: file.bytes,
      modified: file.modified,
      ...(notes.length > 0 && { notes }),
    },
    batches: (read: ReadOptions = {}) => batches(read.columns ?? all),
    close: () => file.close(),
  };
}
