import {
  Binary,
  Bool,
  type DataType,
  DateDay,
  Decimal,
  Float32,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
  TimeMicrosecond,
  TimestampMicrosecond,
  TimestampMillisecond,
  TimestampNanosecond,
  TimestampSecond,
  Uint8,
  Uint16,
  Uint32,
  Uint64,
  Utf8,
} from "apache-arrow";

const ARROW_TYPES: ReadonlyMap<string, () => DataType> = new Map<string, () => DataType>([
  ["BOOLEAN", () => new Bool()],
  ["TINYINT", () => new Int8()],
  ["SMALLINT", () => new Int16()],
  ["INTEGER", () => new Int32()],
  ["BIGINT", () => new Int64()],
  ["UTINYINT", () => new Uint8()],
  ["USMALLINT", () => new Uint16()],
  ["UINTEGER", () => new Uint32()],
  ["UBIGINT", () => new Uint64()],
  ["FLOAT", () => new Float32()],
  ["DOUBLE", () => new Float64()],
  ["VARCHAR", () => new Utf8()],
  ["BLOB", () => new Binary()],
  ["DATE", () => new DateDay()],
  ["TIME", () => new TimeMicrosecond()],
  ["TIMESTAMP", () => new TimestampMicrosecond()],
  ["TIMESTAMP_S", () => new TimestampSecond()],
  ["TIMESTAMP_MS", () => new TimestampMillisecond()],
  ["TIMESTAMP_NS", () => new TimestampNanosecond()],
  ["TIMESTAMP WITH TIME ZONE", () => new TimestampMicrosecond("UTC")],
]);

/** A column of a DuckDB table as Arrow has it. */
export interface TableType {
  readonly type: DataType;
  /** True where DuckDB has a type of its own for what is text: it is read as that. */
  readonly asText: boolean;
}

/** The Arrow type of a DuckDB type, by the name that DESCRIBE gives it; undefined where Arrow has none. */
export function tableTypeOf(duckType: string): TableType | undefined {
  const make = ARROW_TYPES.get(duckType);
  if (make) return { type: make(), asText: false };
  const decimal = /^DECIMAL\((\d+),(\d+)\)$/.exec(duckType);
  if (decimal) return { type: new Decimal(Number(decimal[2]), Number(decimal[1]), 128), asText: false };
  const isText = duckType === "UUID" || duckType === "JSON" || /^ENUM\(.*\)$/s.test(duckType);
  return isText ? { type: new Utf8(), asText: true } : undefined;
}
