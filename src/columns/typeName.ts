import { DataType, type Dictionary, type Field, Precision, TimeUnit, Type } from "apache-arrow";

const UNITS: Record<TimeUnit, string> = {
  [TimeUnit.SECOND]: "s",
  [TimeUnit.MILLISECOND]: "ms",
  [TimeUnit.MICROSECOND]: "us",
  [TimeUnit.NANOSECOND]: "ns",
};

const FLOATS: Record<Precision, string> = {
  [Precision.HALF]: "float16",
  [Precision.SINGLE]: "float32",
  [Precision.DOUBLE]: "float64",
};

function fields(children: readonly Field[]): string {
  return children.map((child) => `${child.name}: ${typeName(child.type)}`).join(", ");
}

/** The exact name of an Arrow type, such as `timestamp[us, UTC]` or `dictionary<int32, utf8>`. */
export function typeName(type: DataType): string {
  if (DataType.isNull(type)) return "null";
  if (DataType.isInt(type)) return `${type.isSigned ? "" : "u"}int${type.bitWidth}`;
  if (DataType.isFloat(type)) return FLOATS[type.precision];
  if (DataType.isBool(type)) return "bool";
  if (DataType.isUtf8(type)) return "utf8";
  if (DataType.isLargeUtf8(type)) return "large_utf8";
  if (DataType.isUtf8View(type)) return "utf8_view";
  if (DataType.isBinary(type)) return "binary";
  if (DataType.isLargeBinary(type)) return "large_binary";
  if (DataType.isBinaryView(type)) return "binary_view";
  if (DataType.isFixedSizeBinary(type)) return `fixed_size_binary(${type.byteWidth})`;
  if (DataType.isDecimal(type)) return `decimal${type.bitWidth}(${type.precision}, ${type.scale})`;
  if (DataType.isDate(type)) return type.unit === 0 ? "date32" : "date64";
  if (DataType.isTime(type)) return `time${type.bitWidth}[${UNITS[type.unit]}]`;
  if (DataType.isTimestamp(type)) {
    return type.timezone
      ? `timestamp[${UNITS[type.unit]}, ${type.timezone}]`
      : `timestamp[${UNITS[type.unit]}]`;
  }
  if (DataType.isDuration(type)) return `duration[${UNITS[type.unit]}]`;
  if (DataType.isDictionary(type)) {
    return `dictionary<${typeName(type.indices)}, ${typeName(type.dictionary)}>`;
  }
  if (DataType.isList(type)) return `list<${typeName(type.valueType)}>`;
  if (type.typeId === Type.LargeList) return `large_list<${typeName(type.children[0]!.type)}>`;
  if (DataType.isFixedSizeList(type)) return `fixed_size_list<${typeName(type.valueType)}>(${type.listSize})`;
  if (DataType.isMap(type)) return `map<${typeName(type.keyType)}, ${typeName(type.valueType)}>`;
  if (DataType.isStruct(type)) return `struct<${fields(type.children)}>`;
  if (DataType.isUnion(type)) return `union<${fields(type.children)}>`;
  if (DataType.isInterval(type)) return "interval";
  return String(type).toLowerCase();
}

/** The type a value has once encodings are taken away: dictionaries, large and view forms name their plain type. */
export function logicalName(type: DataType): string {
  if (DataType.isDictionary(type)) return logicalName((type as Dictionary).dictionary);
  if (DataType.isLargeUtf8(type) || DataType.isUtf8View(type)) return "utf8";
  if (DataType.isLargeBinary(type) || DataType.isBinaryView(type)) return "binary";
  return typeName(type);
}

/** What a column holds, as far as expectations care. */
export type Kind = "number" | "string" | "bool" | "temporal" | "binary" | "null" | "nested";

/** The kind of an Arrow type, dictionaries by their values. */
export function kindOf(type: DataType): Kind {
  if (DataType.isDictionary(type)) return kindOf((type as Dictionary).dictionary);
  if (DataType.isNull(type)) return "null";
  if (DataType.isInt(type) || DataType.isFloat(type) || DataType.isDecimal(type)) return "number";
  if (DataType.isBool(type)) return "bool";
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type) || DataType.isUtf8View(type)) return "string";
  if (
    DataType.isBinary(type) ||
    DataType.isLargeBinary(type) ||
    DataType.isBinaryView(type) ||
    DataType.isFixedSizeBinary(type)
  ) {
    return "binary";
  }
  if (
    DataType.isDate(type) ||
    DataType.isTime(type) ||
    DataType.isTimestamp(type) ||
    DataType.isDuration(type)
  ) {
    return "temporal";
  }
  return "nested";
}
