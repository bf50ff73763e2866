import { Data, DataType } from "apache-arrow";
import { flatBytes } from "./flatData.js";
import { isShared, type SharedArena, type View } from "./sharedArena.js";
import { flatTypeOf } from "./typeFromName.js";
import { typeName } from "./typeName.js";

/** Some rows of a column in memory that threads share, as plain values: a message carries no classes of Arrow's. */
export interface SharedColumn {
  /** The bit of the first row, in the validity bitmap and among values that are bits. */
  readonly offset: number;
  readonly rows: number;
  readonly nulls: number;
  readonly values: View;
  /** Where texts begin, and where the last ends. */
  readonly offsets: View | undefined;
  /** Absent when no row is null. */
  readonly validity: View | undefined;
}

/** True when rows of a type can be shared: it is flat, without a dictionary, and its values lie side by side. */
export function canShare(type: DataType): boolean {
  return !DataType.isDictionary(type) && !DataType.isNull(type) && flatTypeOf(typeName(type)) !== undefined;
}

/** The bytes of a bitmap that hold so many bits from bit `offset` on. */
function bytesAround(bitmap: Uint8Array, offset: number, rows: number): Uint8Array {
  return bitmap.subarray(offset >> 3, (offset + rows + 7) >> 3);
}

function shareTexts(data: Data, arena: SharedArena): Pick<SharedColumn, "values" | "offsets"> {
  const { bytes, offsets } = flatBytes(data);
  // Texts that are seen by all threads stay, all of them, where they are.
  if (isShared(bytes) && isShared(offsets)) return { values: bytes, offsets };
  const start = offsets[0]!;
  const values = arena.place(bytes.subarray(start, offsets[data.length]));
  const moved = start === 0 ? offsets : offsets.map((offset) => offset - start);
  return { values, offsets: arena.place(moved) };
}

function shareFixed(data: Data, arena: SharedArena): Pick<SharedColumn, "values" | "offsets"> {
  const { type, offset, length, stride } = data;
  const values: View = DataType.isBool(type)
    ? bytesAround(data.values, offset, length)
    : data.values.subarray(0, length * stride);
  return { values: arena.place(values), offsets: undefined };
}

/** Puts rows [from, from + rows) of a column that `canShare` into shared memory, or says where in it they are. */
export function shareColumn(column: Data, from: number, rows: number, arena: SharedArena): SharedColumn {
  const data = from === 0 && rows === column.length ? column : column.slice(from, rows);
  const { offset, nullCount, nullBitmap } = data;
  return {
    offset: offset & 7,
    rows,
    nulls: nullCount,
    ...(data.valueOffsets ? shareTexts(data, arena) : shareFixed(data, arena)),
    validity: nullCount > 0 ? arena.place(bytesAround(nullBitmap, offset, rows)) : undefined,
  };
}

/** The rows of a shared column again; large texts come with 32-bit offsets. */
export function sharedData(
  type: DataType,
  { offset, rows, nulls, values, offsets, validity }: SharedColumn,
): Data {
  const buffers = [offsets, values, validity, undefined];
  return new Data(type, offset, rows, nulls, buffers as ConstructorParameters<typeof Data>[4]);
}
