const INTEGERS = ["int8", "int16", "int32", "int64"];
const UNSIGNED = ["uint8", "uint16", "uint32", "uint64"];
const FLOATS = ["float16", "float32", "float64"];

/** The types that names of numpy, pandas, SQL and Spark stand for, by those names without case and arguments. */
const TYPES = new Map<string, readonly string[]>([
  ...[...INTEGERS, ...UNSIGNED, ...FLOATS].map((name) => [name, [name]] as const),
  ...["int", "integer", "integertype", "int_"].map((name) => [name, INTEGERS] as const),
  ...["bigint", "biginteger", "long", "longtype"].map((name) => [name, ["int64"]] as const),
  ...["smallint", "smallinteger", "shorttype"].map((name) => [name, ["int16"]] as const),
  ...["tinyint", "bytetype"].map((name) => [name, ["int8"]] as const),
  ...["float", "float_", "real", "numeric_float"].map((name) => [name, FLOATS] as const),
  ...["double", "double_precision", "doubletype"].map((name) => [name, ["float64"]] as const),
  ["floattype", ["float32"]],
  ...["decimal", "numeric", "decimaltype", "number"].map((name) => [name, ["decimal"]] as const),
  ...[
    "str",
    "string",
    "object",
    "object_",
    "text",
    "varchar",
    "char",
    "nvarchar",
    "unicode",
    "stringtype",
  ].map((name) => [name, ["utf8"]] as const),
  ...["bool", "bool_", "boolean", "booleantype"].map((name) => [name, ["bool"]] as const),
  ...["datetime64", "datetime", "timestamp", "timestamptype", "timestamptz"].map(
    (name) => [name, ["timestamp"]] as const,
  ),
  ...["date", "datetype"].map((name) => [name, ["date32", "date64"]] as const),
  ["time", ["time32", "time64"]],
  ...["timedelta", "timedelta64", "interval"].map((name) => [name, ["duration"]] as const),
  ...["bytes", "binary", "blob", "bytea", "varbinary", "binarytype"].map(
    (name) => [name, ["binary"]] as const,
  ),
]);

/** The types here that a type's name in GX stands for; undefined when it isn't known. */
export function gxTypeNames(name: string): readonly string[] | undefined {
  const plain = name
    .toLowerCase()
    .replace(/^.*\./, "")
    .replace(/[([].*$/, "")
    .trim();
  return TYPES.get(plain);
}
