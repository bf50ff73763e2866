import { DataType, type Dictionary } from "apache-arrow";
import { formatExact } from "./exactNumber.js";
import { nanosPerTick } from "./literal.js";
import { kindOf } from "./typeName.js";
import type { ColumnView } from "./view.js";

/** A cell as a function sees it. */
export type CellValue = number | bigint | string | boolean | Date | Uint8Array | null;

const decoder = new TextDecoder();

/**
 * One cell as a JavaScript value: 64-bit integers are bigint, decimals exact text, dates and timestamps a Date (to the
 * millisecond), times and durations their count of ticks, binary its bytes.
 */
export function cellValue(view: ColumnView, row: number): CellValue {
  if (!view.isValid(row)) return null;
  const type = DataType.isDictionary(view.type) ? (view.type as Dictionary).dictionary : view.type;
  if (view.lane === "bytes") {
    return kindOf(type) === "string" ? decoder.decode(view.bytes(row)) : view.bytes(row).slice();
  }
  if (view.lane === "integer") {
    const stored = view.integer(row);
    if (DataType.isDecimal(type)) return formatExact(stored, type.scale);
    if (!DataType.isTimestamp(type) && !DataType.isDate(type)) return stored;
    return new Date(Number((stored * nanosPerTick(type)) / 1_000_000n));
  }
  if (view.lane !== "number") return null;
  const value = view.number(row);
  if (DataType.isBool(type)) return value === 1;
  return DataType.isDate(type) ? new Date(value * 86_400_000) : value;
}
