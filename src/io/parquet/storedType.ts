import { ELEMENT } from "./fieldIds.js";
import { integerOf, structOf } from "./footer.js";
import type { ThriftStruct } from "./thrift.js";

/** What a leaf stores: a name of `boundReaders`, and the scale where it's a decimal. */
export interface StoredType {
  readonly name: string;
  readonly scale?: number;
}

const PHYSICAL = { int32: 1, int64: 2, float: 4, double: 5, bytes: 6, fixedBytes: 7 } as const;
const LOGICAL = { string: 1, decimal: 5, date: 6, time: 7, timestamp: 8, integer: 10 } as const;
const UNIT_NAMES = new Map([
  [1, "ms"],
  [2, "us"],
  [3, "ns"],
]);
/** The older annotations, `ConvertedType`, but for decimals. */
const CONVERTED = new Map([
  [0, "utf8"],
  [6, "date32"],
  [7, "time32[ms]"],
  [8, "time64[us]"],
  [9, "timestamp[ms]"],
  [10, "timestamp[us]"],
  [11, "uint8"],
  [12, "uint16"],
  [13, "uint32"],
  [14, "uint64"],
  [15, "int8"],
  [16, "int16"],
  [17, "int32"],
  [18, "int64"],
]);
const CONVERTED_DECIMAL = 5;
const UNANNOTATED = new Map<number, string>([
  [PHYSICAL.int32, "int32"],
  [PHYSICAL.int64, "int64"],
  [PHYSICAL.float, "float32"],
  [PHYSICAL.double, "float64"],
]);

/**
 * What a leaf's values are, by its annotation and its physical type. Undefined for what has no order that could be
 * relied on (INT96, booleans, plain bytes, half floats, annotations newer than this) and where the two don't fit.
 */
export function storedType(element: ThriftStruct): StoredType | undefined {
  const physical = integerOf(element, ELEMENT.type) ?? -1;
  const logical = structOf(element, ELEMENT.logical);
  const converted = integerOf(element, ELEMENT.converted);
  if (logical === undefined && converted === undefined) {
    const name = UNANNOTATED.get(physical);
    return name === undefined ? undefined : { name };
  }
  const decimal = logical && structOf(logical, LOGICAL.decimal);
  if (decimal !== undefined || (logical === undefined && converted === CONVERTED_DECIMAL)) {
    const scale = decimal ? integerOf(decimal, 1) : integerOf(element, ELEMENT.scale);
    return { name: `decimal in ${UNANNOTATED.get(physical) ?? "bytes"}`, scale: scale ?? 0 };
  }
  const name = logical === undefined ? CONVERTED.get(converted!) : annotatedName(logical);
  return name !== undefined && physical === physicalOf(name) ? { name } : undefined;
}

function annotatedName(logical: ThriftStruct): string | undefined {
  if (logical.has(LOGICAL.string)) return "utf8";
  if (logical.has(LOGICAL.date)) return "date32";
  const integer = structOf(logical, LOGICAL.integer);
  if (integer) return `${integer.get(2)?.value === true ? "int" : "uint"}${integerOf(integer, 1)}`;
  const time = structOf(logical, LOGICAL.time);
  const moment = time ?? structOf(logical, LOGICAL.timestamp);
  const [choice] = (moment && structOf(moment, 2))?.keys() ?? [];
  const unit = choice === undefined ? undefined : UNIT_NAMES.get(choice);
  if (unit === undefined) return undefined;
  return time ? `time${unit === "ms" ? 32 : 64}[${unit}]` : `timestamp[${unit}]`;
}

function physicalOf(name: string): number {
  if (name === "utf8") return PHYSICAL.bytes;
  return /64|timestamp/.test(name) ? PHYSICAL.int64 : PHYSICAL.int32;
}
