import { type Data, DataType, makeData, type RecordBatch, type Schema, Type } from "apache-arrow";
import { batchOf } from "../../columns/batchOf.js";

/** The bytes of a batch that the decoder holds, and where it lies there, by Arrow's C data interface. */
export interface Exported {
  readonly memory: ArrayBuffer;
  readonly array: number;
  readonly schema: number;
}

/** A batch, and the bytes its columns take. */
export interface Taken {
  readonly batch: RecordBatch;
  readonly bytes: number;
}

// Where the C structures have their fields, of 32-bit addresses: https://arrow.apache.org/docs/format/CDataInterface.html
const ARRAY = { length: 0, nulls: 8, offset: 16, children: 32, buffers: 40, childList: 44 } as const;
const SCHEMA = { format: 0, childList: 32 } as const;
const TIME_UNITS = ["s", "m", "u", "n"] as const;

/** What the C data interface calls a type; undefined for the types that are left to the stream format. */
function formatOf(type: DataType): string | undefined {
  if (DataType.isInt(type)) {
    const letter = ({ 8: "c", 16: "s", 32: "i", 64: "l" } as const)[type.bitWidth];
    return type.isSigned ? letter : letter.toUpperCase();
  }
  if (DataType.isTimestamp(type)) return `ts${TIME_UNITS[type.unit]}:${type.timezone ?? ""}`;
  if (DataType.isFloat(type)) return [undefined, "f", "g"][type.precision];
  if (DataType.isUtf8(type)) return "u";
  if (DataType.isBinary(type)) return "z";
  if (DataType.isBool(type)) return "b";
  return DataType.isDate(type) && type.unit === 0 ? "tdD" : undefined;
}

/**
 * Copies the columns of an exported batch out of the decoder's memory, as a batch of `schema`. Undefined when there is a
 * column of a type, or in a form, that is left to the stream format.
 */
export function takeColumns({ memory, array, schema: types }: Exported, schema: Schema): Taken | undefined {
  const view = new DataView(memory);
  const pointer = (at: number) => view.getUint32(at, true);
  const integer = (at: number) => Number(view.getBigInt64(at, true));
  const isExpected = (at: number, format: string | undefined) =>
    format !== undefined && format === textAt(memory, pointer(at + SCHEMA.format), format.length);

  const rows = integer(array + ARRAY.length);
  const { fields } = schema;
  if (integer(array + ARRAY.children) !== fields.length) return undefined;
  let bytes = 0;
  const copied = (from: number, length: number): ArrayBuffer => {
    bytes += length;
    return memory.slice(from, from + length);
  };
  const children: Data[] = [];
  for (const [i, { type }] of fields.entries()) {
    const at = pointer(pointer(array + ARRAY.childList) + 4 * i);
    const typeAt = pointer(pointer(types + SCHEMA.childList) + 4 * i);
    const isWhole = integer(at + ARRAY.length) === rows && integer(at + ARRAY.offset) === 0;
    if (!isWhole || !isExpected(typeAt, formatOf(type))) return undefined;
    const buffer = (nth: number) => pointer(pointer(at + ARRAY.buffers) + 4 * nth);
    const nullCount = integer(at + ARRAY.nulls);
    const bits = Math.ceil(rows / 8);
    const nullBitmap = nullCount === 0 ? {} : { nullBitmap: new Uint8Array(copied(buffer(0), bits)) };
    const parts = { type, length: rows, nullCount, ...nullBitmap };
    if (DataType.isUtf8(type) || DataType.isBinary(type)) {
      const valueOffsets = new Int32Array(copied(buffer(1), 4 * (rows + 1)));
      const data = new Uint8Array(copied(buffer(2), valueOffsets[rows]!));
      children.push(makeData({ ...parts, valueOffsets, data } as never));
    } else {
      const isBits = type.typeId === Type.Bool;
      const Values = type.ArrayType as new (buffer: ArrayBuffer) => ArrayBufferView;
      const data = new Values(copied(buffer(1), isBits ? bits : rows * widthOf(type)));
      children.push(makeData({ ...parts, data } as never));
    }
  }
  return { batch: batchOf(schema, rows, children), bytes };
}

function widthOf(type: DataType): number {
  return (type.ArrayType as { readonly BYTES_PER_ELEMENT: number }).BYTES_PER_ELEMENT;
}

/** The text at an address, when it ends after so many bytes; cut off there when it doesn't. */
function textAt(memory: ArrayBuffer, at: number, length: number): string {
  const bytes = new Uint8Array(memory, at, length + 1);
  return bytes[length] === 0 ? new TextDecoder().decode(bytes.subarray(0, length)) : "";
}
