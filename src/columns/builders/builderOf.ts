import { type DataType, type Dictionary, Type } from "apache-arrow";
import { InputError } from "../../errors/index.js";
import { parserOf } from "../cellParse.js";
import { typeName } from "../typeName.js";
import { BinaryBuilder, TextBuilder } from "./bytesBuilder.js";
import type { ColumnBuilder } from "./columnBuilder.js";
import { DictionaryBuilder, ListBuilder, NullBuilder, StructBuilder } from "./nestedBuilders.js";
import { BoolBuilder, NumberBuilder } from "./numberBuilder.js";

/** The builder of a column of a type. Throws InputError `input/unsupported` for types that no text is read as. */
export function builderOf(type: DataType, column: string): ColumnBuilder {
  switch (type.typeId as Type) {
    case Type.Null:
      return new NullBuilder();
    case Type.Bool:
      return new BoolBuilder();
    case Type.Utf8:
    case Type.LargeUtf8:
    case Type.Utf8View:
      return new TextBuilder(type);
    case Type.Binary:
    case Type.LargeBinary:
    case Type.BinaryView:
    case Type.FixedSizeBinary:
      return new BinaryBuilder(type);
    case Type.Dictionary: {
      const { dictionary, indices } = type as Dictionary;
      return new DictionaryBuilder(
        type as Dictionary,
        builderOf(dictionary, column),
        builderOf(indices, column),
      );
    }
    case Type.List:
    case Type.LargeList:
    case Type.FixedSizeList:
    case Type.Map:
      return new ListBuilder(type, builderOf(type.children[0]!.type, `${column}[]`));
    case Type.Struct: {
      const names = new Set(type.children.map((child) => child.name));
      if (names.size < type.children.length) break;
      const members = type.children.map((child) => builderOf(child.type, `${column}.${child.name}`));
      return new StructBuilder(type, members);
    }
    default: {
      const parse = parserOf(type);
      if (parse) return new NumberBuilder(type, parse);
    }
  }
  throw new InputError(
    "input/unsupported",
    `column ${JSON.stringify(column)} is ${typeName(type)}, which is not read from text`,
    { unit: column },
  );
}
