import type { RecordBatch, Schema } from "apache-arrow";
import { typeName } from "../columns/typeName.js";
import { InputError } from "../errors/index.js";

/** Refuses a schema that can't be addressed: no column at all, or two of the same name. Throws InputError. */
export function checkSchema(schema: Schema, unit: string): void {
  if (schema.fields.length === 0) {
    throw new InputError("input/unreadable", `${unit} has no columns`, { unit });
  }
  const seen = new Set<string>();
  for (const { name } of schema.fields) {
    if (seen.has(name)) {
      throw new InputError("input/unsupported", `${unit} has two columns named ${JSON.stringify(name)}`, {
        unit,
        parameter: "columns",
        value: name,
      });
    }
    seen.add(name);
  }
}

/**
 * Refuses a batch whose columns are not those of `schema`, by name, order and type; nullability and metadata
 * may differ. Throws InputError that names the first column that does.
 */
export function checkSameColumns(schema: Schema, batch: RecordBatch, unit: string): void {
  if (batch.schema === schema) return;
  const mismatch = (problem: string, name: string) =>
    new InputError("input/unsupported", `${unit} ${problem}`, { unit, parameter: "columns", value: name });
  const { fields } = batch.schema;
  for (const [i, wanted] of schema.fields.entries()) {
    const got = fields[i];
    const name = JSON.stringify(wanted.name);
    if (!got) throw mismatch(`has no column ${name}, which is column ${i + 1} of the schema`, wanted.name);
    if (got.name !== wanted.name) {
      throw mismatch(`has ${JSON.stringify(got.name)} where the schema has the column ${name}`, wanted.name);
    }
    const [is, shouldBe] = [typeName(got.type), typeName(wanted.type)];
    if (is !== shouldBe) {
      throw mismatch(`holds ${is} in column ${name}, where the schema says ${shouldBe}`, wanted.name);
    }
  }
  const extra = fields[schema.fields.length];
  if (extra) throw mismatch(`has a column ${JSON.stringify(extra.name)} that the schema lacks`, extra.name);
}
