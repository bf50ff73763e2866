import type { Schema } from "apache-arrow";
import { builderOf } from "../../columns/builders/builderOf.js";
import { ConfigError } from "../../errors/index.js";
import { checkSchema } from "../schemaRules.js";

/** Refuses a count that is none. Throws ConfigError. */
export function atLeastOne(unit: string, parameter: string, value: number): number {
  if (Number.isInteger(value) && value >= 1) return value;
  throw new ConfigError("config/bad-value", `${unit}: ${parameter} must be an integer from 1, got ${value}`, {
    unit,
    parameter,
    value,
  });
}

/** The delimiter given, else that of the path's ending. Throws ConfigError for what can't be one. */
export function delimiterOf(unit: string, path: string, given: string | undefined): string {
  const delimiter = given ?? (/\.(tsv|tab)$/i.test(path) ? "\t" : ",");
  // Of a longer one, csv-parse drops bytes where it repeats a row's text.
  if (/^[^"\r\n\x80-\uffff]$/.test(delimiter)) return delimiter;
  throw new ConfigError(
    "config/bad-value",
    `${unit}: delimiter must be one ASCII character, no quote and no line end, got ${JSON.stringify(delimiter)}`,
    { unit, parameter: "delimiter", value: delimiter },
  );
}

/** Refuses a schema whose columns can't be told apart, or hold what no text is read as. Throws InputError. */
export function checkTextSchema(schema: Schema): void {
  checkSchema(schema, "the given schema");
  for (const { name, type } of schema.fields) builderOf(type, name);
}
