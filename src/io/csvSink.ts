import type { DataType, RecordBatch, Schema } from "apache-arrow";
import { cellText } from "../columns/cellText.js";
import { kindOf } from "../columns/typeName.js";
import { createAtomicFile } from "./atomicFile.js";
import { checkSameColumns, checkSchema } from "./schemaRules.js";
import type { Sink } from "./sink.js";
import { delimiterOf } from "./text/textOptions.js";

/** How CSV is written. */
export interface CsvSinkOptions {
  /** Puts a `'` before text that a spreadsheet would run as a formula. False when absent: the text would change. */
  readonly guardFormulas?: boolean;
  /** One ASCII character; a tab for paths that end in `.tsv` or `.tab`, else a comma, when absent. */
  readonly delimiter?: string;
}

const ROWS = 8192;
const FORMULA = /^[=+\-@\t\r]/;

/** Prints one cell's text as CSV, in quotes where it needs them: an empty text does, to be told from null. */
type Printer = (text: string) => string;

function printerOf(delimiter: string, guardFormulas: boolean): Printer {
  return (text) => {
    const guarded = guardFormulas && FORMULA.test(text) ? `'${text}` : text;
    // A byte order mark would be taken for the file's own.
    const needsQuotes =
      guarded === "" ||
      guarded.includes('"') ||
      guarded.includes(delimiter) ||
      guarded.includes("\n") ||
      guarded.includes("\r") ||
      guarded.startsWith("\ufeff");
    return needsQuotes ? `"${guarded.replaceAll('"', '""')}"` : guarded;
  };
}

/** A number, date or time never starts a formula that does anything, and must not change. */
function mayBeFormula(type: DataType): boolean {
  return kindOf(type) === "string" || kindOf(type) === "binary";
}

/**
 * Opens a sink of CSV as RFC 4180 has it, with a header and LF line ends. Null is an empty cell and empty text is `""`,
 * so that `openCsv` with the same schema gives back every value; cells are printed by `cellText`.
 * Throws InputError for batches of other columns, EngineError for what can't be written.
 */
export async function openCsvSink(path: string, schema: Schema, options: CsvSinkOptions = {}): Promise<Sink> {
  checkSchema(schema, "the table to write");
  const delimiter = delimiterOf("openCsvSink", path, options.delimiter);
  const guards = options.guardFormulas ?? false;
  const [guarded, plain] = [printerOf(delimiter, guards), printerOf(delimiter, false)];
  const printers = schema.fields.map(({ type }) => (mayBeFormula(type) ? guarded : plain));
  const file = await createAtomicFile(path);
  const encoder = new TextEncoder();
  let header: string | undefined = `${schema.fields.map(({ name }) => guarded(name)).join(delimiter)}\n`;
  let rows = 0;

  function lines(batch: RecordBatch, from: number, to: number): string {
    const columns = batch.data.children.map((data, i) => ({ data, print: printers[i]! }));
    let text = "";
    for (let row = from; row < to; row++) {
      for (const [i, { data, print }] of columns.entries()) {
        const cell = cellText(data, row);
        if (i > 0) text += delimiter;
        if (cell !== null) text += print(cell);
      }
      text += "\n";
    }
    return text;
  }

  async function writeHeader(): Promise<void> {
    if (header === undefined) return;
    const text = header;
    header = undefined;
    await file.write(encoder.encode(text));
  }

  return {
    get rows() {
      return rows;
    },
    async write(batch: RecordBatch) {
      checkSameColumns(schema, batch, "the batch to write");
      await writeHeader();
      for (let from = 0; from < batch.numRows; from += ROWS) {
        await file.write(encoder.encode(lines(batch, from, Math.min(batch.numRows, from + ROWS))));
      }
      rows += batch.numRows;
    },
    async commit() {
      await writeHeader();
      return file.commit();
    },
    abort: () => file.abort(),
  };
}
