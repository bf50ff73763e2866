import { type Data, DataType, type Dictionary, type RecordBatch, Type, util } from "apache-arrow";
import { InputError } from "../errors/index.js";
import { checkOffsets, checkViews, type Fault } from "./integrityOffsets.js";
import { typeName } from "./typeName.js";

/** What a batch may claim at most. */
export interface IntegrityLimits {
  /** Rows in one batch; 2^31 - 1 when absent. */
  readonly maxRows?: number;
}

const MAX_ROWS = 2 ** 31 - 1;
const known = new WeakSet<object>();

function faultOf(column: string): Fault {
  return (problem) => {
    throw new InputError("input/corrupt", `column ${JSON.stringify(column)} ${problem}`, { unit: column });
  };
}

/** Bytes one value takes in the values buffer, or undefined when the type has another layout. */
export function widthOf(type: DataType): number | undefined {
  switch (type.typeId as Type) {
    case Type.Int:
    case Type.Time:
    case Type.Decimal:
      return (type as unknown as { bitWidth: number }).bitWidth / 8;
    case Type.Float:
      return 2 << (type as unknown as { precision: number }).precision;
    case Type.Date:
      return DataType.isDate(type) && type.unit === 0 ? 4 : 8;
    case Type.Timestamp:
    case Type.Duration:
      return 8;
    case Type.Interval:
      return [4, 8, 16][(type as unknown as { unit: number }).unit];
    case Type.FixedSizeBinary:
      return (type as unknown as { byteWidth: number }).byteWidth;
    case Type.Dictionary:
      return (type as Dictionary).indices.bitWidth / 8;
    default:
      return undefined;
  }
}

function checkValidity(data: Data, fault: Fault): void {
  const { nullBitmap, offset, length } = data;
  if (DataType.isNull(data.type)) return;
  if (!nullBitmap || nullBitmap.byteLength === 0) {
    if (data.nullCount > 0) fault(`claims ${data.nullCount} nulls and has no validity bitmap`);
    return;
  }
  if (nullBitmap.byteLength * 8 < offset + length) {
    fault(`has ${length} rows and a validity bitmap of ${nullBitmap.byteLength} bytes`);
  }
  const nulls = length - util.popcnt_bit_range(nullBitmap, offset, offset + length);
  if (nulls !== data.nullCount) fault(`claims ${data.nullCount} nulls, its validity bitmap has ${nulls}`);
}

function firstOutside(indices: ArrayLike<number | bigint>, from: number, to: number, size: number): number {
  for (let i = from; i < to; i++) if (indices[i]! < 0 || indices[i]! >= size) return i;
  return -1;
}

function checkIndices(data: Data, fault: Fault): void {
  const indices = data.values as ArrayLike<number | bigint>;
  const size = data.dictionary?.length ?? 0;
  let row = firstOutside(indices, 0, data.length, size);
  // Slots of nulls may hold anything.
  while (row >= 0 && !data.getValid(row)) row = firstOutside(indices, row + 1, data.length, size);
  if (row >= 0)
    fault(`has the dictionary index ${indices[row]} in row ${row}, its dictionary has ${size} values`);
}

function checkDictionary(data: Data, column: string, fault: Fault): void {
  const { dictionary } = data;
  if (!dictionary) {
    if (data.nullCount < data.length) fault("has no dictionary");
    return;
  }
  if (!known.has(dictionary)) {
    for (const part of dictionary.data) checkData(part, `${column} (dictionary)`);
    known.add(dictionary);
  }
  checkIndices(data, fault);
}

/** Checks one column's buffers against its type and length. Throws InputError `input/corrupt`. */
function checkData(data: Data, column: string): void {
  const fault = faultOf(column);
  const { type, length, children } = data;
  if (!Number.isSafeInteger(length) || length < 0) fault(`claims ${length} rows`);
  checkValidity(data, fault);
  const width = widthOf(type);
  if (width !== undefined) {
    const bytes = data.values?.byteLength ?? 0;
    if (bytes < length * width)
      fault(`claims ${length} values of ${width} bytes, its buffer has ${bytes} bytes`);
    if (DataType.isDictionary(type)) checkDictionary(data, column, fault);
    return;
  }
  switch (type.typeId as Type) {
    case Type.Null:
      return;
    case Type.Bool: {
      const bytes = data.values?.byteLength ?? 0;
      if (bytes * 8 < data.offset + length) fault(`claims ${length} values, its buffer has ${bytes} bytes`);
      return;
    }
    case Type.Utf8:
    case Type.Binary:
    case Type.LargeUtf8:
    case Type.LargeBinary:
      checkOffsets(data, data.values?.byteLength ?? 0, "bytes", fault);
      return;
    case Type.Utf8View:
    case Type.BinaryView:
      checkViews(data, fault);
      return;
    case Type.List:
    case Type.LargeList:
    case Type.Map:
      checkOffsets(data, children[0]?.length ?? 0, "values", fault);
      checkData(children[0]!, `${column}[]`);
      return;
    case Type.FixedSizeList: {
      const wanted = length * (type as unknown as { listSize: number }).listSize;
      if (children[0]!.length < wanted) fault(`needs ${wanted} values, its child has ${children[0]!.length}`);
      checkData(children[0]!, `${column}[]`);
      return;
    }
    case Type.Struct:
      for (const [i, child] of children.entries()) {
        const name = `${column}.${type.children[i]!.name}`;
        if (child.length < length)
          fault(`has ${length} rows, its field ${JSON.stringify(name)} ${child.length}`);
        checkData(child, name);
      }
      return;
    default:
      throw new InputError(
        "input/unsupported",
        `column ${JSON.stringify(column)} is ${typeName(type)}, which is not supported`,
        { unit: column },
      );
  }
}

/**
 * Checks that every column of a batch is what it claims: buffers long enough, offsets in order and within their
 * values, dictionary indices of valid rows within the dictionary, null counts true.
 * Throws InputError `input/corrupt` that names the column and the fault, `input/too-large` beyond the row limit.
 */
export function checkBatch(batch: RecordBatch, limits: IntegrityLimits = {}): void {
  const maxRows = limits.maxRows ?? MAX_ROWS;
  if (batch.numRows > maxRows) {
    throw new InputError(
      "input/too-large",
      `a batch has ${batch.numRows} rows, more than maxRows ${maxRows}`,
      {
        parameter: "maxRows",
        value: batch.numRows,
      },
    );
  }
  for (const [i, field] of batch.schema.fields.entries()) {
    const data = batch.data.children[i];
    if (!data) faultOf(field.name)("has no data");
    else {
      if (data.length !== batch.numRows) {
        faultOf(field.name)(`has ${data.length} rows, the batch has ${batch.numRows}`);
      }
      checkData(data, field.name);
    }
  }
}
