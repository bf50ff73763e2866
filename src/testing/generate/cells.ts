import { type Data, DataType, type Dictionary, Precision, type RecordBatch, type Schema } from "apache-arrow";
import { batchOf } from "../../columns/batchOf.js";
import { bindLiteral, type Literal } from "../../columns/literal.js";
import { laneOf } from "../../columns/view.js";
import { nextDown, nextUp } from "../../predicates/nextDouble.js";
import { type StoredValue, storedColumn, storedDictionary } from "../storedColumn.js";

/** What stands in a row of a column, in storage units. */
export type Cell = StoredValue | null;

/** One cell for each column of a schema. */
export type Row = readonly Cell[];

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const encoder = new TextEncoder();

export const textOf = (bytes: Uint8Array): string => decoder.decode(bytes);
export const bytesOf = (text: string): Uint8Array => encoder.encode(text);

/** The least and the greatest integer a type stores; undefined for floats and bytes. */
export function rangeOf(type: DataType): readonly [bigint, bigint] | undefined {
  if (DataType.isFloat(type) || laneOf(type) === "bytes") return undefined;
  if (DataType.isBool(type)) return [0n, 1n];
  if (DataType.isDecimal(type)) {
    const most = 10n ** BigInt(type.precision) - 1n;
    return [-most, most];
  }
  if (DataType.isTime(type)) return [0n, 86_400n * 1000n ** BigInt(type.unit) - 1n];
  const bits = DataType.isInt(type) ? type.bitWidth : laneOf(type) === "integer" ? 64 : 32;
  if (DataType.isInt(type) && !type.isSigned) return [0n, 2n ** BigInt(bits) - 1n];
  return [-(2n ** BigInt(bits - 1)), 2n ** BigInt(bits - 1) - 1n];
}

/** An integer as a cell of a type, undefined when the type can't store it. */
export function integerCell(type: DataType, value: bigint): StoredValue | undefined {
  const range = rangeOf(type);
  if (!range || value < range[0] || value > range[1]) return undefined;
  return laneOf(type) === "integer" ? value : Number(value);
}

/** A double as a cell of a float type, at its precision. */
function floatCell(type: DataType, value: number): number {
  return DataType.isFloat(type) && type.precision === Precision.DOUBLE ? value : Math.fround(value);
}

/** The cells nearest to a literal in a type: itself, or what lies on both sides of it. */
export function cellsOf(type: DataType, literal: Literal | null): Cell[] {
  if (literal === null) return [null];
  if (DataType.isNull(type)) return [];
  if (literal === "NaN" && DataType.isFloat(type)) return [Number.NaN];
  const bound = bindLiteral(type, literal);
  if ("problem" in bound) return [];
  if (bound.lane === "bytes") {
    const fits = !DataType.isFixedSizeBinary(type) || bound.value.length === type.byteWidth;
    return fits ? [bound.value] : [];
  }
  if (DataType.isFloat(type)) return bound.lane === "number" ? [floatCell(type, bound.value)] : [];
  const near =
    bound.lane === "integer"
      ? [bound.value.floor, bound.value.ceil]
      : Number.isFinite(bound.value)
        ? [BigInt(Math.floor(bound.value)), BigInt(Math.ceil(bound.value))]
        : [];
  return [...new Set(near)].flatMap((value) => integerCell(type, value) ?? []);
}

/** The cells right above and below one. */
export function neighboursOf(type: DataType, cell: StoredValue): StoredValue[] {
  if (cell instanceof Uint8Array) {
    if (DataType.isFixedSizeBinary(type)) return [];
    const shorter = cell.length > 0 ? [bytesOf(textOf(cell).slice(0, -1))] : [];
    return [new Uint8Array([...cell, 0x20]), new Uint8Array([...cell, 0x7a]), ...shorter];
  }
  if (DataType.isFloat(type)) {
    const value = Number(cell);
    const near = type.precision === Precision.DOUBLE ? [nextUp(value), nextDown(value)] : [];
    return [...near, value + 1, value - 1, value + 0.5, value - 0.5].map((one) => floatCell(type, one));
  }
  if (!Number.isFinite(Number(cell))) return [];
  return [1n, -1n].flatMap((step) => integerCell(type, BigInt(cell) + step) ?? []);
}

/** A text that is equal for equal cells; NaN has one, and -0 is another than 0. */
export function cellKey(cell: Cell): string {
  if (cell === null) return "null";
  if (cell instanceof Uint8Array) return `b${Array.from(cell).join()}`;
  return Object.is(cell, -0) ? "-0" : String(cell);
}

/** The type of the values, dictionaries aside. */
export function plainOf(type: DataType): DataType {
  return DataType.isDictionary(type) ? (type as Dictionary).dictionary : type;
}

function columnOf(type: DataType, cells: readonly Cell[]): Data {
  const valid = cells.map((cell) => cell !== null);
  if (!DataType.isDictionary(type)) {
    return storedColumn(
      type,
      cells.map((cell) => cell ?? fillerOf(type)),
      valid,
    );
  }
  const plain = plainOf(type);
  const codes = new Map<string, number>();
  const values: StoredValue[] = [];
  const coded = cells.map((cell) => {
    const key = cellKey(cell);
    if (!codes.has(key)) codes.set(key, values.push(cell ?? fillerOf(plain)) - 1);
    return codes.get(key)!;
  });
  return storedDictionary(type as Dictionary, [storedColumn(plain, values)], coded, valid);
}

/** Rows as one batch of a schema of flat types. */
export function batchOfRows(schema: Schema, rows: readonly Row[]): RecordBatch {
  const children = schema.fields.map(({ type }, column) =>
    columnOf(
      type,
      rows.map((row) => row[column]!),
    ),
  );
  return batchOf(schema, rows.length, children);
}

/** What lies under a null. */
function fillerOf(type: DataType): StoredValue {
  const lane = laneOf(type);
  if (lane === "bytes") return new Uint8Array(DataType.isFixedSizeBinary(type) ? type.byteWidth : 0);
  return lane === "integer" ? 0n : 0;
}
