import type { RecordBatch, Schema } from "apache-arrow";
import { jsonMembers, jsonScalar } from "../columns/jsonText.js";
import { didYouMean, InputError } from "../errors/index.js";
import { openInputFile } from "./inputFile.js";
import type { ReadOptions, Source } from "./source.js";
import { guardOf, type KnownTypes } from "./text/guessType.js";
import { readJsonHead } from "./text/jsonHead.js";
import { jsonParts } from "./text/jsonLines.js";
import { RowBatches } from "./text/rowBatches.js";
import { atLeastOne, checkTextSchema } from "./text/textOptions.js";

/** How JSON lines are read. */
export interface JsonlOptions {
  /** The columns and their types; inferred from the first rows when absent. */
  readonly schema?: Schema;
  /** What a key that is no column does: `error`, when absent, or `ignore`. */
  readonly unknownKeys?: "error" | "ignore";
  /** Rows that columns and types are inferred from; 10,000 when absent. */
  readonly sampleRows?: number;
  /** Types of some columns by name; those that are there are not inferred. Without a schema only. */
  readonly types?: KnownTypes;
  /** Bytes a line may have; 2^24 when absent. */
  readonly maxLineBytes?: number;
}

/**
 * Opens a JSON lines file: one object a line, read as a stream. A key that a line lacks is null. Types come from the
 * schema, or are inferred as for CSV (but only numbers become numbers) and said in the source's notes. In a text
 * column, what is no string is its JSON text as written; so nested objects and arrays are text, unless a schema says
 * what they hold. Numbers keep all their digits.
 * Throws InputError that names the line: for what is not JSON or no object, for keys given twice or not known, and for
 * values that are not of their column's type.
 */
export async function openJsonl(path: string, options: JsonlOptions = {}): Promise<Source> {
  const maxLineBytes = atLeastOne("openJsonl", "maxLineBytes", options.maxLineBytes ?? 2 ** 24);
  const sampleRows = atLeastOne("openJsonl", "sampleRows", options.sampleRows ?? 10_000);
  if (options.schema) checkTextSchema(options.schema);
  const known: KnownTypes = options.types ?? new Map();
  const file = await openInputFile(path);
  const given = options.schema && { schema: options.schema, notes: [] };
  const { schema, notes } =
    given ??
    (await readJsonHead(file, sampleRows, maxLineBytes, known).catch(async (error: unknown) => {
      await file.close();
      throw error;
    }));
  const names = new Map(schema.fields.map((field, i) => [field.name, i]));
  const ignoresUnknown = options.unknownKeys === "ignore";

  function fault(line: number, problem: string, name: string): InputError {
    const message = `${JSON.stringify(path)}: line ${line} ${problem}`;
    return new InputError("input/corrupt", message, { unit: path, parameter: name });
  }

  /** The JSON text of each column's value on a line, by its index in the schema. */
  function valuesOf(object: string, line: number): (string | undefined)[] {
    const values = new Array<string | undefined>(schema.fields.length);
    jsonMembers(object, (name, json) => {
      const index = names.get(name);
      if (index === undefined) {
        if (ignoresUnknown) return;
        const known = given
          ? "the schema"
          : "the first rows; give a schema, a larger sampleRows or unknownKeys";
        const near = didYouMean(name, names.keys());
        throw fault(line, `has the key ${JSON.stringify(name)}, unknown to ${known}${near}`, name);
      }
      if (values[index] !== undefined) throw fault(line, `has the key ${JSON.stringify(name)} twice`, name);
      values[index] = json;
    });
    return values;
  }

  async function* batches(columns: readonly number[]): AsyncGenerator<RecordBatch> {
    const batch = new RowBatches(schema, columns, path);
    const isGuessed = schema.fields.map(({ name }) => !given && !known.has(name));
    const guards = schema.fields.map(({ type }, i) => (isGuessed[i] ? guardOf(type) : undefined));
    for await (const { at, lines } of jsonParts(file, maxLineBytes)) {
      for (const line of lines) {
        const values = valuesOf(line, at.line);
        for (const column of batch.columns) {
          const json = values[column.index] ?? "null";
          const guard = guards[column.index];
          const isFit = guard === undefined || guard(jsonScalar(json) ?? "");
          if (!isFit || !column.builder.addJson(json)) {
            throw batch.mismatch(column, at.line, json, isGuessed[column.index]!);
          }
        }
        if (batch.endRow(line.length)) yield batch.take();
      }
    }
    if (!batch.isEmpty) yield batch.take();
  }

  return {
    schema,
    rows: undefined,
    rereadable: true,
    description: {
      kind: "jsonl",
      path,
      bytes: file.bytes,
      modified: file.modified,
      ...(notes.length > 0 && { notes }),
    },
    batches: (read: ReadOptions = {}) => batches(read.columns ?? schema.fields.map((_, i) => i)),
    close: () => file.close(),
  };
}
