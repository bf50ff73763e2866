import { Schema } from "apache-arrow";
import { pruneColumns } from "./memorySource.js";
import { checkSameColumns } from "./schemaRules.js";
import type { ReadOptions, Source } from "./source.js";

/** A source as it is without some of its columns. */
export function withoutColumns(source: Source, dropped: ReadonlySet<string>): Source {
  const { fields, metadata } = source.schema;
  const kept = fields.flatMap(({ name }, index) => (dropped.has(name) ? [] : [index]));
  const schema = new Schema(
    kept.map((index) => fields[index]!),
    metadata,
  );
  return {
    schema,
    rows: source.rows,
    rereadable: source.rereadable,
    description: source.description,
    batches: ({ columns }: ReadOptions = {}) =>
      source.batches({ columns: columns ? columns.map((index) => kept[index]!) : kept }),
    close: () => source.close(),
  };
}

/** The rows of one source, then those of another of the same columns. Throws InputError where they differ. */
export function concatSources(first: Source, second: Source): Source {
  return {
    schema: first.schema,
    rows: first.rows === undefined || second.rows === undefined ? undefined : first.rows + second.rows,
    rereadable: first.rereadable && second.rereadable,
    description: second.description,
    async *batches({ columns }: ReadOptions = {}) {
      for (const [nth, source] of [first, second].entries()) {
        for await (const batch of source.batches()) {
          checkSameColumns(first.schema, batch, nth === 0 ? "the first source" : "the second source");
          yield pruneColumns(batch, columns);
        }
      }
    },
    async close() {
      await first.close();
      await second.close();
    },
  };
}
