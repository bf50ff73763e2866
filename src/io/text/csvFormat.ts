import type { Options } from "csv-parse";

/** How records are told apart. */
export interface CsvFormat {
  /** One ASCII character. */
  readonly delimiter: string;
  readonly maxLineBytes: number;
  /** What errors call the file. */
  readonly unit: string;
}

/**
 * What csv-parse is asked for: RFC 4180 with any line ends, also several in one file. Quotes where RFC 4180 has none
 * are kept as text, and rows of any width given out.
 */
export function parserOptions(delimiter: string): Options {
  return {
    delimiter,
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    relax_quotes: true,
  };
}
