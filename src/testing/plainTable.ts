import { type Data, type DataType, Field, Schema, Table } from "apache-arrow";
import { batchOf } from "../columns/batchOf.js";
import { builderOf } from "../columns/builders/builderOf.js";
import { typeFromName } from "../columns/typeFromName.js";
import { kindOf, typeName } from "../columns/typeName.js";
import { ConfigError } from "../errors/index.js";
import type { PlainTable } from "../expectations/unit/unit.js";
import type { Json } from "../results/json.js";

/** A JSON value as text, where a column of this type may be given it at all. */
function cellText(type: DataType, value: Json): string | undefined {
  if (typeof value === "string") return value;
  const kind = kindOf(type);
  if (kind === "number" && typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  return kind === "bool" && typeof value === "boolean" ? String(value) : undefined;
}

function plainColumn(type: DataType, values: readonly Json[], column: string): Data {
  const builder = builderOf(type, column);
  for (const value of values) {
    const text = value === null ? null : cellText(type, value);
    if (text !== undefined && builder.add(text)) continue;
    throw new ConfigError(
      "config/bad-value",
      `column ${JSON.stringify(column)}: ${JSON.stringify(value)} is no value of ${typeName(type)}`,
      { unit: column, value },
    );
  }
  return builder.finish();
}

/**
 * An Arrow table of one batch from plain data, exactly: 64-bit integers as numbers or decimal text, decimals as text,
 * NaN and infinities as text, dates, times, timestamps and durations as ISO 8601 text, binary as base64. Throws
 * ConfigError that names the column and the value, for one that the type can't hold and for columns of unequal length.
 *
 * @example tableOf({ id: { type: "int64", values: [1, "9007199254740993", null] } })
 */
export function tableOf(plain: PlainTable): Table {
  const columns = Object.entries(plain);
  const [first] = columns;
  if (!first) throw new ConfigError("config/bad-value", "a table needs a column", { value: plain });
  const rows = first[1].values.length;
  const fields: Field[] = [];
  const children: Data[] = [];
  for (const [name, { type: typeText, values }] of columns) {
    if (values.length !== rows) {
      throw new ConfigError(
        "config/bad-value",
        `column ${JSON.stringify(name)} has ${values.length} values, and ${JSON.stringify(first[0])} has ${rows}`,
        { unit: name },
      );
    }
    const type = typeFromName(typeText);
    fields.push(new Field(name, type, true));
    children.push(plainColumn(type, values, name));
  }
  const schema = new Schema(fields);
  return new Table(schema, [batchOf(schema, rows, children)]);
}
