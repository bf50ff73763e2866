import {
  Binary,
  Bool,
  type DataType,
  DateDay,
  DateMillisecond,
  Decimal,
  Dictionary,
  Duration,
  FixedSizeBinary,
  Float16,
  Float32,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
  LargeBinary,
  LargeUtf8,
  Null,
  Time,
  Timestamp,
  TimeUnit,
  Uint8,
  Uint16,
  Uint32,
  Uint64,
  Utf8,
} from "apache-arrow";
import { ConfigError, didYouMean } from "../errors/index.js";

const UNITS: Record<string, TimeUnit> = {
  s: TimeUnit.SECOND,
  ms: TimeUnit.MILLISECOND,
  us: TimeUnit.MICROSECOND,
  ns: TimeUnit.NANOSECOND,
};

const PLAIN = new Map<string, () => DataType>([
  ["int8", () => new Int8()],
  ["int16", () => new Int16()],
  ["int32", () => new Int32()],
  ["int64", () => new Int64()],
  ["uint8", () => new Uint8()],
  ["uint16", () => new Uint16()],
  ["uint32", () => new Uint32()],
  ["uint64", () => new Uint64()],
  ["float16", () => new Float16()],
  ["float32", () => new Float32()],
  ["float64", () => new Float64()],
  ["bool", () => new Bool()],
  ["utf8", () => new Utf8()],
  ["large_utf8", () => new LargeUtf8()],
  ["binary", () => new Binary()],
  ["large_binary", () => new LargeBinary()],
  ["date32", () => new DateDay()],
  ["date64", () => new DateMillisecond()],
  ["null", () => new Null()],
]);

const SYNONYMS = new Map([
  ["string", "utf8"],
  ["boolean", "bool"],
  ["double", "float64"],
  ["float", "float32"],
]);

/** Families that stand for any of their members when written bare. */
const FAMILIES = ["timestamp", "duration", "decimal128", "time32", "time64", "list", "struct", "map"];

/** Every plain type name and the shape of the parameterised ones, for messages and for the published JSON Schema. */
export const TYPE_NAMES: readonly string[] = [
  ...PLAIN.keys(),
  "timestamp[us]",
  "timestamp[us, UTC]",
  "decimal128(10, 2)",
  "duration[us]",
  "time32[ms]",
  "time64[us]",
  "fixed_size_binary(16)",
  "dictionary<int32, utf8>",
];

function parameterised(name: string): DataType | undefined {
  let match = /^timestamp\[(s|ms|us|ns)(?:,\s*([^\]]+))?\]$/.exec(name);
  if (match) return new Timestamp(UNITS[match[1]!]!, match[2] ?? null);
  match = /^duration\[(s|ms|us|ns)\]$/.exec(name);
  if (match) return new Duration(UNITS[match[1]!]!);
  match = /^time32\[(s|ms)\]$/.exec(name) ?? /^time64\[(us|ns)\]$/.exec(name);
  if (match) return new Time(UNITS[match[1]!]!, name.startsWith("time32") ? 32 : 64);
  match = /^decimal128\(\s*(\d+)\s*,\s*(-?\d+)\s*\)$/.exec(name);
  if (match) return new Decimal(Number(match[2]), Number(match[1]), 128);
  match = /^fixed_size_binary\(\s*(\d+)\s*\)$/.exec(name);
  if (match) return new FixedSizeBinary(Number(match[1]));
  match = /^dictionary<\s*(u?int(?:8|16|32))\s*,\s*(.+)>$/.exec(name);
  if (match) return new Dictionary(typeFromName(match[2]!), typeFromName(match[1]!) as Int32);
  return undefined;
}

/** The Arrow type a name stands for; the inverse of `typeName` on flat types. Throws ConfigError. */
export function typeFromName(name: string): DataType {
  const plain = SYNONYMS.get(name) ?? name;
  const type = PLAIN.get(plain)?.() ?? parameterised(plain);
  if (type) return type;
  throw new ConfigError(
    "config/bad-value",
    `no Arrow type is called ${JSON.stringify(name)}${didYouMean(name, [...TYPE_NAMES, ...SYNONYMS.keys()])}`,
    { value: name, choices: TYPE_NAMES },
  );
}

/** The name with its synonyms and spaces settled, or undefined when it names no type; a bare family stays as it is. */
export function canonicalTypeName(name: string): string | undefined {
  if (FAMILIES.includes(name) || /^(list|large_list|struct|map|fixed_size_list|union)</.test(name))
    return name;
  const plain = SYNONYMS.get(name) ?? name;
  if (PLAIN.has(plain)) return plain;
  return parameterised(plain) === undefined ? undefined : plain.replace(/\s+/g, "").replace(/,/g, ", ");
}

/** True when an actual name is what was asked for; a bare family such as `timestamp` matches each of its members. */
export function matchesTypeName(actual: string, wanted: string): boolean {
  const name = canonicalTypeName(wanted) ?? wanted;
  if (actual === name) return true;
  return (
    FAMILIES.includes(name) &&
    (actual.startsWith(`${name}[`) || actual.startsWith(`${name}(`) || actual.startsWith(`${name}<`))
  );
}

/** The type a name stands for, or undefined where it names none, a family, or one that holds other values. */
export function flatTypeOf(name: string): DataType | undefined {
  const plain = SYNONYMS.get(name) ?? name;
  return PLAIN.get(plain)?.() ?? parameterised(plain);
}
