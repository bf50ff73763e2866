import { type DataType, type Dictionary, Field, Schema, Type } from "apache-arrow";
import { adoptType } from "../../columns/adopt.js";
import { typeName } from "../../columns/typeName.js";
import { InputError } from "../../errors/index.js";
import type { FlatTable } from "./flatTable.js";

const MAX_DEPTH = 64;
const MAX_FIELDS = 100_000;
const BIG_ENDIAN = 1;
const UNREAD: Readonly<Record<number, string>> = {
  14: "union",
  22: "run_end_encoded",
  25: "list_view",
  26: "large_list_view",
};

/** What the fields of one schema share while they are read. */
interface Reading {
  /** Value types by dictionary id. */
  readonly dictionaries: Map<number, DataType>;
  fields: number;
}

function unsupported(column: string, what: string): InputError {
  return new InputError(
    "input/unsupported",
    `column ${JSON.stringify(column)} is ${what}, which is not supported`,
    {
      unit: column,
    },
  );
}

/** The members of a type by its id, as `adoptType` takes them. */
function members(id: number, type: FlatTable): object | undefined {
  switch (id as Type) {
    case Type.Null:
    case Type.Binary:
    case Type.Utf8:
    case Type.Bool:
    case Type.List:
    case Type.Struct:
    case Type.LargeBinary:
    case Type.LargeUtf8:
    case Type.LargeList:
    case Type.BinaryView:
    case Type.Utf8View:
      return {};
    case Type.Int:
      return oneOf(type.int32(0), [8, 16, 32, 64]) && { bitWidth: type.int32(0), isSigned: type.bool(1) };
    case Type.Float:
      return oneOf(type.int16(0), [0, 1, 2]) && { precision: type.int16(0) };
    case Type.Decimal:
      return (
        oneOf(type.int32(2, 128), [32, 64, 128, 256]) && {
          precision: type.int32(0),
          scale: type.int32(1),
          bitWidth: type.int32(2, 128),
        }
      );
    case Type.Date:
      return oneOf(type.int16(0, 1), [0, 1]) && { unit: type.int16(0, 1) };
    case Type.Time: {
      const unit = type.int16(0, 1);
      const bitWidth = type.int32(1, 32);
      return oneOf(unit, [0, 1, 2, 3]) && bitWidth === (unit < 2 ? 32 : 64) ? { unit, bitWidth } : undefined;
    }
    case Type.Timestamp:
      return oneOf(type.int16(0), [0, 1, 2, 3]) && { unit: type.int16(0), timezone: type.string(1) ?? null };
    case Type.Duration:
      return oneOf(type.int16(0, 1), [0, 1, 2, 3]) && { unit: type.int16(0, 1) };
    case Type.Interval:
      return oneOf(type.int16(0), [0, 1, 2]) && { unit: type.int16(0) };
    case Type.FixedSizeBinary:
      return type.int32(0) >= 0 ? { byteWidth: type.int32(0) } : undefined;
    case Type.FixedSizeList:
      return type.int32(0) >= 0 ? { listSize: type.int32(0) } : undefined;
    case Type.Map:
      return { keysSorted: type.bool(0) };
    default:
      return undefined;
  }
}

function oneOf(value: number, choices: readonly number[]): true | undefined {
  return choices.includes(value) || undefined;
}

function childCount(id: number): number | undefined {
  if (id === Type.Struct) return undefined;
  return [Type.List, Type.LargeList, Type.FixedSizeList, Type.Map].includes(id) ? 1 : 0;
}

function metadataOf(table: FlatTable, slot: number): Map<string, string> {
  return new Map(table.tables(slot).map((pair) => [pair.string(0) ?? "", pair.string(1) ?? ""]));
}

function plainType(field: FlatTable, path: string, depth: number, reading: Reading): DataType {
  const id = field.uint8(2);
  const union = UNREAD[id];
  if (union) throw unsupported(path, union);
  const table = field.table(3);
  const parts = table && members(id, table);
  if (!parts) throw unsupported(path, `of Arrow type ${id}, with parameters unknown to this version`);
  const children = field.tables(5).map((child) => fieldOf(child, path, depth + 1, reading));
  const wanted = childCount(id);
  const isMap = id === Type.Map && children[0]?.type.children?.length !== 2;
  if ((wanted !== undefined && children.length !== wanted) || isMap) {
    throw new InputError(
      "input/corrupt",
      `column ${JSON.stringify(path)} has ${children.length} child columns`,
      {
        unit: path,
      },
    );
  }
  return adoptType({ typeId: id, children, ...parts } as unknown as DataType);
}

function fieldOf(field: FlatTable, parent: string, depth: number, reading: Reading): Field {
  const name = field.string(0) ?? "";
  const path = parent === "" ? name : `${parent}.${name}`;
  // References in a flatbuffer may share a target, so a small one can describe a huge tree.
  if (depth > MAX_DEPTH || ++reading.fields > MAX_FIELDS) {
    throw new InputError(
      "input/too-large",
      `the schema is beyond ${MAX_FIELDS} fields, or ${MAX_DEPTH} levels, at ${JSON.stringify(path)}`,
    );
  }
  const values = plainType(field, path, depth, reading);
  const encoding = field.table(4);
  const type = encoding ? dictionaryType(encoding, values, path, reading) : values;
  return new Field(name, type, field.bool(1), metadataOf(field, 6));
}

function dictionaryType(encoding: FlatTable, values: DataType, path: string, reading: Reading): DataType {
  const id = encoding.size(0);
  const known = reading.dictionaries.get(id);
  if (known && typeName(known) !== typeName(values)) {
    throw new InputError(
      "input/corrupt",
      `column ${JSON.stringify(path)} shares a dictionary of another type`,
      {
        unit: path,
      },
    );
  }
  reading.dictionaries.set(id, known ?? values);
  const index = encoding.table(1);
  const bitWidth = index ? index.int32(0) : 32;
  if (!oneOf(bitWidth, [8, 16, 32, 64])) throw unsupported(path, `a dictionary of int${bitWidth} indices`);
  return adoptType({
    typeId: Type.Dictionary,
    id,
    dictionary: known ?? values,
    indices: { typeId: Type.Int, bitWidth, isSigned: index ? index.bool(1) : true },
    isOrdered: encoding.bool(2),
  } as unknown as Dictionary);
}

/** A schema and the value type of every dictionary it names, by id. */
export interface IpcSchema {
  readonly schema: Schema;
  readonly dictionaries: ReadonlyMap<number, DataType>;
}

/**
 * Reads a Schema table. Throws InputError: `input/unsupported` for big-endian data and types we don't read,
 * `input/too-large` for a schema beyond all use.
 */
export function schemaOf(table: FlatTable): IpcSchema {
  if (table.int16(0) === BIG_ENDIAN) {
    throw new InputError(
      "input/unsupported",
      "the data is big-endian (Schema.endianness is Big), which is not read",
    );
  }
  const reading: Reading = { dictionaries: new Map(), fields: 0 };
  const fields = table.tables(1).map((field) => fieldOf(field, "", 1, reading));
  return { schema: new Schema(fields, metadataOf(table, 2)), dictionaries: reading.dictionaries };
}
