import type { Parser } from "csv-parse";
import { InputError } from "../../errors/index.js";
import type { InputFile } from "../inputFile.js";
import { type CsvFormat, parserOptions } from "./csvFormat.js";
import { CsvRow, type Quoting, quotingOf } from "./csvRow.js";
import { textChunks } from "./textChunks.js";

const BREAK = /\r\n|\r|\n/g;
// More than csv-parse is given at once.
const SLACK = 2 ** 20;

/** What csv-parse gives for a record when asked for its text too. */
interface ParsedRecord {
  readonly record: readonly string[];
  readonly raw: string;
}

/** Takes rows out of a parser, and counts lines: csv-parse takes a CRLF in quotes for two. */
class RowReader {
  readonly #parser: Parser;
  readonly #format: CsvFormat;
  readonly #quoting: Quoting;
  #width: number | undefined;
  #line = 1;
  #waiting = 0;

  constructor(parser: Parser, format: CsvFormat, quoting: Quoting) {
    this.#parser = parser;
    this.#format = format;
    this.#quoting = quoting;
  }

  /** Yields the rows that `length` more characters complete, then throws InputError if something is wrong after them. */
  *rows(length: number): Generator<CsvRow> {
    this.#waiting += length;
    for (;;) {
      const next = this.#parser.read() as ParsedRecord | null;
      if (next === null) break;
      this.#waiting = 0;
      const row = new CsvRow(next.record, next.raw, this.#line, this.#quoting);
      if (this.#isWhole(row)) yield row;
      this.#line++;
      if (next.raw.includes('"')) {
        for (const cell of row.cells) this.#line += cell.match(BREAK)?.length ?? 0;
      }
    }
    if (this.#parser.errored) throw this.#fault(this.#parser.errored);
    // csv-parse counts what is in cells, and a line may be all delimiters.
    if (this.#waiting > this.#format.maxLineBytes + SLACK) throw this.#tooLong();
  }

  /** False for an empty line beside several columns, which is no row; in one column it is a null. */
  #isWhole(row: CsvRow): boolean {
    const { length } = row.cells;
    this.#width ??= length;
    if (length === this.#width) return true;
    if (length === 1 && row.cells[0] === "" && !row.isQuoted(0)) return false;
    throw this.#error("input/corrupt", `has ${length} cells, the first line ${this.#width}`);
  }

  #error(code: "input/corrupt" | "input/too-large", problem: string, cause?: unknown): InputError {
    const { unit } = this.#format;
    return new InputError(code, `${JSON.stringify(unit)}: line ${this.#line} ${problem}`, { unit, cause });
  }

  #tooLong(cause?: unknown): InputError {
    const limit = `maxLineBytes ${this.#format.maxLineBytes}`;
    const problem = `starts a row longer than ${limit}, or a quote that is not closed within it`;
    return this.#error("input/too-large", problem, cause);
  }

  #fault(error: Error): Error {
    const code = "code" in error ? error.code : undefined;
    if (code === "CSV_MAX_RECORD_SIZE") return this.#tooLong(error);
    if (code !== "CSV_QUOTE_NOT_CLOSED") return error;
    return this.#error("input/corrupt", "starts a row with a quote that is never closed", error);
  }
}

/**
 * Goes through a CSV file part by part, giving the rows that each completes: as many cells in each, the header, when
 * there is one, first. All rows of a part must be taken before the next.
 */
export async function* csvParts(file: InputFile, format: CsvFormat): AsyncGenerator<Iterable<CsvRow>> {
  const [{ Parser }, { parse }] = await Promise.all([import("csv-parse"), import("csv-parse/sync")]);
  const { delimiter, maxLineBytes } = format;
  const parser = new Parser({ ...parserOptions(delimiter), max_record_size: maxLineBytes, raw: true });
  // Thrown where the rows before it are taken; without a listener it would end the process.
  parser.on("error", () => {});
  const reader = new RowReader(parser, format, quotingOf(parse, delimiter));
  for await (const text of textChunks(file)) {
    parser.write(text);
    yield reader.rows(text.length);
  }
  await new Promise<void>((resolve) => parser.end(() => resolve()));
  yield reader.rows(0);
}
