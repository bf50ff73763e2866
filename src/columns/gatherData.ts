import {
  type Data,
  type DataType,
  type FixedSizeList,
  makeData,
  Type,
  type Union,
  UnionMode,
} from "apache-arrow";
import { InputError } from "../errors/index.js";
import { validityOf } from "./bitmap.js";
import { countBits, gatherBits } from "./gatherBits.js";
import { gatherFixed, gatherOffsets } from "./gatherBuffers.js";
import { gatherText } from "./gatherText.js";
import { gatherDenseUnion } from "./gatherUnion.js";
import { gatherViews } from "./gatherViews.js";
import { type Runs, rowsIn, scaledRuns } from "./runs.js";

/** What every kind of array is made of; `makeData` reads of the rest what fits the type. */
interface Parts {
  readonly type: DataType;
  readonly length: number;
  readonly nullCount: number;
  readonly nullBitmap?: Uint8Array;
}

/**
 * The rows of `runs` as new Data of the same type, starting at bit 0 and holding nothing else. Dictionaries are shared.
 *
 * An apache-arrow Data has an `offset`, but only its bitmaps (validity, and the values of bool) are read from there:
 * values, offsets, type ids and the children of structs, fixed-size lists and sparse unions are sliced already, and
 * the children of lists, maps and dense unions are reached through offsets. So only bits are shifted here.
 *
 * @throws InputError `input/unsupported` for a type that is not known, naming `column`.
 */
export function gatherData(data: Data, runs: Runs, column: string): Data {
  const length = rowsIn(runs);
  const parts = { type: data.type, length, ...gatherValidity(data, runs, length) };
  switch (data.typeId) {
    case Type.Null:
      return makeData({ type: data.type, length });
    case Type.Bool:
      return build({ ...parts, data: gatherBits(data.values, data.offset, runs) });
    case Type.Int:
    case Type.Float:
    case Type.Decimal:
    case Type.Date:
    case Type.Time:
    case Type.Timestamp:
    case Type.Interval:
    case Type.Duration:
    case Type.FixedSizeBinary:
      return build({ ...parts, data: gatherFixed(data.values, data.stride, runs) });
    case Type.Dictionary:
      return build({
        ...parts,
        data: gatherFixed(data.values, data.stride, runs),
        dictionary: data.dictionary,
      });
    case Type.Utf8:
    case Type.LargeUtf8:
    case Type.Binary:
    case Type.LargeBinary: {
      if (data.valueOffsets instanceof Int32Array) {
        const { offsets, values } = gatherText(data.valueOffsets, data.values, runs);
        return build({ ...parts, valueOffsets: offsets, data: values });
      }
      const { offsets, child } = gatherOffsets(data.valueOffsets, runs);
      return build({ ...parts, valueOffsets: offsets, data: gatherFixed(data.values, 1, child) });
    }
    case Type.Utf8View:
    case Type.BinaryView: {
      const taken = gatherViews(data.values, data.variadicBuffers, runs, parts.nullBitmap);
      return build({ ...parts, views: taken.views, variadicBuffers: taken.buffers });
    }
    case Type.List:
    case Type.LargeList:
    case Type.Map: {
      const { offsets, child } = gatherOffsets(data.valueOffsets, runs);
      return build({ ...parts, valueOffsets: offsets, child: gatherData(data.children[0]!, child, column) });
    }
    case Type.FixedSizeList: {
      const { listSize } = data.type as FixedSizeList;
      return build({ ...parts, child: gatherData(data.children[0]!, scaledRuns(runs, listSize), column) });
    }
    case Type.Struct:
      return build({ ...parts, children: data.children.map((child) => gatherData(child, runs, column)) });
    case Type.Union:
      return gatherUnion(data as Data<Union>, runs, length, column);
    default:
      throw unsupported(data.type, column);
  }
}

function gatherValidity(data: Data, runs: Runs, length: number): Pick<Parts, "nullCount" | "nullBitmap"> {
  const bitmap = validityOf(data);
  if (bitmap === undefined) return { nullCount: 0 };
  const nullBitmap = gatherBits(bitmap, data.offset, runs);
  const nullCount = length - countBits(nullBitmap);
  return nullCount === 0 ? { nullCount } : { nullCount, nullBitmap };
}

// A union has no validity of its own: a row is null when the value it points to is.
function gatherUnion(data: Data<Union>, runs: Runs, length: number, column: string): Data {
  if (data.type.mode === UnionMode.Sparse) {
    return makeData({
      type: data.type,
      length,
      typeIds: gatherFixed(data.typeIds, 1, runs),
      children: data.children.map((child) => gatherData(child, runs, column)),
    });
  }
  const { typeIds, offsets, children } = gatherDenseUnion(data, runs);
  return makeData({
    type: data.type,
    length,
    typeIds,
    valueOffsets: offsets,
    children: data.children.map((child, i) => gatherData(child, children[i]!, column)),
  });
}

function build(parts: Parts & Record<string, unknown>): Data {
  return makeData(parts);
}

function unsupported(type: DataType, column: string): InputError {
  const message = `column ${JSON.stringify(column)}: can't take rows of type ${type}`;
  return new InputError("input/unsupported", message, { parameter: column, value: String(type) });
}
