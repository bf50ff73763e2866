import { Field, Schema, Utf8 } from "apache-arrow";
import { didYouMean, InputError } from "../../errors/index.js";
import type { InputFile } from "../inputFile.js";
import { checkSchema } from "../schemaRules.js";
import type { CsvFormat } from "./csvFormat.js";
import { csvParts } from "./csvRows.js";
import { guessedSchema, guessText, type KnownTypes, TypeGuess } from "./guessType.js";

/** How a CSV file's first lines are to be understood. */
export interface CsvHeadOptions extends CsvFormat {
  readonly hasHeader: boolean;
  readonly nulls: ReadonlySet<string>;
  readonly sampleRows: number;
  readonly schema: Schema | undefined;
  readonly known: KnownTypes;
}

/** What the first lines of a CSV file say. */
export interface CsvHead {
  readonly schema: Schema;
  /** By column of the schema, its place in a row. */
  readonly places: readonly number[];
  readonly notes: readonly string[];
}

/** The first row, and what the next ones look like. */
interface Sample {
  readonly first: readonly string[];
  readonly guesses: readonly TypeGuess[];
  readonly rows: number;
}

async function sampleOf(file: InputFile, options: CsvHeadOptions): Promise<Sample | undefined> {
  const { hasHeader, nulls } = options;
  const wanted = options.schema ? 0 : options.sampleRows;
  let first: readonly string[] | undefined;
  let guesses: TypeGuess[] = [];
  let rows = 0;
  for await (const part of csvParts(file, options)) {
    for (const row of part) {
      const isHeader = first === undefined && hasHeader;
      if (first === undefined) {
        first = row.cells;
        guesses = first.map(() => new TypeGuess());
        if (isHeader && first.length === 1 && first[0] === "" && !row.isQuoted(0)) return undefined;
      }
      if (isHeader) continue;
      if (rows === wanted) return { first, guesses, rows };
      rows++;
      for (const [place, guess] of guesses.entries()) {
        const text = row.cells[place]!;
        if (!row.isNull(place, nulls, false)) guess.add(guessText(text), text);
      }
    }
  }
  return first && { first, guesses, rows };
}

/** Finds each column of the schema in the header, which must have them all and no other. */
function placesOf(schema: Schema, header: readonly string[], unit: string): number[] {
  const names = schema.fields.map((field) => field.name);
  const extra = header.find((name) => !names.includes(name));
  const missing = names.find((name) => !header.includes(name));
  const name = missing ?? extra;
  if (name === undefined) return names.map((one) => header.indexOf(one));
  const problem =
    missing === undefined
      ? `has a column ${JSON.stringify(name)} that the schema lacks`
      : `has no column ${JSON.stringify(name)}, which the schema has${didYouMean(name, header)}`;
  throw new InputError("input/unsupported", `${JSON.stringify(unit)} ${problem}`, {
    unit,
    parameter: "schema",
    value: name,
  });
}

/** Reads the first lines of a CSV file: the names of its columns, and their types unless a schema gives them. */
export async function readCsvHead(file: InputFile, options: CsvHeadOptions): Promise<CsvHead> {
  const { schema, hasHeader, unit } = options;
  const quotedUnit = JSON.stringify(unit);
  const sample = await sampleOf(file, options);
  if (!sample) {
    if (schema && !hasHeader && file.bytes === 0)
      return { schema, places: schema.fields.map((_, i) => i), notes: [] };
    throw new InputError("input/unreadable", `${quotedUnit} has no columns: its first line is empty`, {
      unit,
    });
  }
  const { first } = sample;
  const names = hasHeader ? first : first.map((_, i) => `column_${i + 1}`);
  checkSchema(new Schema(names.map((name) => new Field(name, new Utf8()))), quotedUnit);
  const places = names.map((_, i) => i);
  if (!schema) {
    const { guesses, rows } = sample;
    return {
      ...guessedSchema(
        names.map((name, i) => [name, guesses[i]!] as const),
        rows,
        options.known,
      ),
      places,
    };
  }
  if (hasHeader) return { schema, places: placesOf(schema, names, unit), notes: [] };
  if (names.length !== schema.fields.length) {
    const problem = `has ${names.length} columns, the schema ${schema.fields.length}`;
    throw new InputError("input/unsupported", `${quotedUnit} ${problem}`, { unit, parameter: "schema" });
  }
  return { schema, places, notes: [] };
}
