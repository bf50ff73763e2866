import { DataType, type Dictionary, Field, Schema } from "apache-arrow";
import { adoptType } from "./adopt.js";

/** Gives the type that stands for a dictionary's; `path` is the names that lead to it, from the column's on. */
export type DictionaryMapping = (type: Dictionary, path: readonly string[]) => DataType;

/** The schema with every dictionary type replaced, however deep it lies. */
export function mapDictionaries(schema: Schema, of: DictionaryMapping): Schema {
  const fields = schema.fields.map((field) => mapField(field, of, [field.name]));
  return new Schema(fields, schema.metadata);
}

/** Whether a type is a dictionary, or holds one. */
export function holdsDictionary(type: DataType): boolean {
  return DataType.isDictionary(type) || (type.children ?? []).some((child) => holdsDictionary(child.type));
}

function mapField(field: Field, of: DictionaryMapping, path: readonly string[]): Field {
  return new Field(field.name, mapType(field.type, of, path), field.nullable, field.metadata);
}

function mapType(type: DataType, of: DictionaryMapping, path: readonly string[]): DataType {
  if (DataType.isDictionary(type)) return of(type, path);
  if (!holdsDictionary(type)) return type;
  const children = type.children.map((child) => mapField(child, of, [...path, child.name]));
  // The type's members are getters on its prototype in part, so they are copied by name.
  return adoptType(Object.assign(Object.create(type), { children }));
}
