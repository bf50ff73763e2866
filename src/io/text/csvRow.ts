import type { parse } from "csv-parse/sync";
import { parserOptions } from "./csvFormat.js";

/** Tells by place which of a row's cells are quoted, given the text that the row has in the file. */
export type Quoting = (cells: readonly string[], text: string) => readonly boolean[];

/**
 * Has csv-parse read a row once more for which of its cells are quoted: it says so only to a function that it calls for
 * every cell, which takes ten times as long. Where quotes keep nothing together, reading them as text shows it sooner.
 */
export function quotingOf(parseRow: typeof parse, delimiter: string): Quoting {
  const options = parserOptions(delimiter);
  const verbatim = { ...options, quote: null };
  const told = { ...options, cast: (_: string, { quoting }: { quoting: boolean }) => quoting };
  const keepsTogether = (cell: string) => cell.includes(delimiter) || /[\r\n]/.test(cell);
  return (cells, text) =>
    cells.some(keepsTogether)
      ? (parseRow(text, told) as unknown as boolean[][])[0]!
      : parseRow(text, verbatim)[0]!.map((cell) => cell.startsWith('"'));
}

/** A row of CSV. */
export class CsvRow {
  readonly cells: readonly string[];
  /** The line it starts on, from 1. */
  readonly line: number;
  readonly #text: string;
  readonly #quoting: Quoting;
  #quoted: readonly boolean[] | undefined;

  /** `text` is what the file has for the row; `quoting` reads it again when need be. */
  constructor(cells: readonly string[], text: string, line: number, quoting: Quoting) {
    this.cells = cells;
    this.line = line;
    this.#text = text;
    this.#quoting = quoting;
  }

  /** True when the cell at a place was quoted. */
  isQuoted(place: number): boolean {
    if (this.#quoted) return this.#quoted[place]!;
    const whenQuoted = `"${this.cells[place]!.replaceAll('"', '""')}"`;
    if (!this.#text.includes(whenQuoted)) return false;
    this.#quoted = this.#quoting(this.cells, this.#text);
    return this.#quoted[place]!;
  }

  /** True when the cell at a place is null: unquoted, one of `nulls`; quoted, empty where an empty text is no value. */
  isNull(place: number, nulls: ReadonlySet<string>, mayBeEmpty: boolean): boolean {
    const cell = this.cells[place]!;
    const whenPlain = nulls.has(cell);
    const whenQuoted = cell === "" && !mayBeEmpty;
    return whenPlain !== whenQuoted && this.isQuoted(place) ? whenQuoted : whenPlain;
  }
}
