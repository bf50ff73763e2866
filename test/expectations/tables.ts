import {
  type Data,
  DataType,
  Dictionary,
  Field,
  Int32,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  Vector,
  vectorFromArray,
} from "apache-arrow";
import { atScale, parseExact } from "../../src/columns/exactNumber.js";
import { nanosPerTick } from "../../src/columns/literal.js";
import { parseClock, parseDuration, parseMoment } from "../../src/columns/moment.js";
import { typeFromName } from "../../src/columns/typeFromName.js";

/** A cell as tests write it: moments as ISO 8601, decimals and large integers as text, NaN as itself or as text. */
export type Cell = null | boolean | number | bigint | string;

/** Columns of cells by name, with the names of their types. */
export type Cells = Readonly<Record<string, { readonly type: string; readonly values: readonly unknown[] }>>;

function ticks(type: DataType, cell: Cell): bigint {
  if (typeof cell !== "string" || DataType.isInt(type)) return BigInt(cell!);
  const parse = DataType.isTime(type) ? parseClock : DataType.isDuration(type) ? parseDuration : parseMoment;
  return parse(cell)! / nanosPerTick(type);
}

function bitmapOf(cells: readonly Cell[]): Uint8Array {
  const bits = new Uint8Array(Math.ceil(cells.length / 8));
  for (const [i, cell] of cells.entries()) if (cell !== null) bits[i >> 3]! |= 1 << (i & 7);
  return bits;
}

function decimalWords(
  type: DataType & { scale: number; bitWidth: number },
  cells: readonly Cell[],
): Uint32Array {
  const stride = type.bitWidth / 32;
  const words = new Uint32Array(cells.length * stride);
  for (const [i, cell] of cells.entries()) {
    if (cell === null) continue;
    let rest = atScale(parseExact(cell as string)!, type.scale).floor;
    for (let k = 0; k < stride; k++, rest >>= 32n) words[i * stride + k] = Number(BigInt.asUintN(32, rest));
  }
  return words;
}

function is64Bit(type: DataType): boolean {
  if (DataType.isInt(type) || DataType.isTime(type)) return type.bitWidth === 64;
  return DataType.isTimestamp(type) || DataType.isDuration(type);
}

function dictionaryOf(type: Dictionary, cells: readonly Cell[]): Data {
  const distinct = [...new Set(cells.filter((cell): cell is NonNullable<Cell> => cell !== null))];
  const positions = new Map(distinct.map((cell, position) => [cell, position]));
  const codes = cells.map((cell) => (cell === null ? 0 : positions.get(cell)!));
  return makeData({
    type,
    length: cells.length,
    nullCount: cells.filter((cell) => cell === null).length,
    nullBitmap: bitmapOf(cells),
    data: new type.indices.ArrayType(codes as never),
    dictionary: new Vector([dataOf(type.dictionary, distinct)]),
  });
}

function dataOf(type: DataType, cells: readonly Cell[]): Data {
  if (DataType.isDictionary(type)) return dictionaryOf(type as Dictionary, cells);
  const nulls = { nullCount: cells.filter((cell) => cell === null).length, nullBitmap: bitmapOf(cells) };
  const length = cells.length;
  if (DataType.isDecimal(type)) {
    return makeData({ type, length, ...nulls, data: decimalWords(type, cells) });
  }
  if (is64Bit(type)) {
    const data = BigInt64Array.from(cells, (cell) =>
      BigInt.asIntN(64, cell === null ? 0n : ticks(type, cell)),
    );
    const isUnsigned = DataType.isInt(type) && !type.isSigned;
    return makeData({
      type,
      length,
      ...nulls,
      data: isUnsigned ? new BigUint64Array(data.buffer) : data,
    } as never);
  }
  if (DataType.isNull(type)) return makeData({ type, length });
  return (
    vectorFromArray(
      cells.map((cell) => native(type, cell)),
      type,
    ).data[0] ?? makeData({ type, length } as never)
  );
}

function native(type: DataType, cell: Cell): unknown {
  if (cell === null) return null;
  if (DataType.isTime(type)) return Number(ticks(type, cell));
  if (DataType.isDate(type)) return new Date(Number(parseMoment(cell as string)! / 1_000_000n));
  if (DataType.isBinary(type)) return Uint8Array.from(atob(cell as string), (char) => char.charCodeAt(0));
  return DataType.isFloat(type) ? Number(cell) : cell;
}

/** A table of one batch. */
export function tableOf(cells: Cells): Table {
  const columns = Object.entries(cells).map(([name, { type, values }]) => {
    const data = dataOf(typeFromName(type), values as readonly Cell[]);
    return [new Field(name, data.type, true), data] as const;
  });
  const schema = new Schema(columns.map(([field]) => field));
  const children = columns.map(([, data]) => data);
  const length = children[0]?.length ?? 0;
  return new Table(
    schema,
    new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length, children, nullCount: 0 })),
  );
}

/** The same rows in batches of `size`. */
export function inBatches(table: Table, size: number): Table {
  const batches = [];
  for (let from = 0; from < table.numRows; from += size)
    batches.push(...table.slice(from, from + size).batches);
  return new Table(table.schema, batches);
}

/** The same rows as a slice of a longer table, whose other rows must not be looked at. */
export function asSlice(cells: Cells): Table {
  const padded = Object.entries(cells).map(([name, { type, values }]) => {
    const pad = [...values].reverse();
    return [name, { type, values: [...pad, ...values, ...pad] }] as const;
  });
  const rows = Object.values(cells)[0]?.values.length ?? 0;
  return tableOf(Object.fromEntries(padded)).slice(rows, rows * 2);
}

/** The same rows with every column that may be one as a dictionary. */
export function asDictionaries(cells: Cells): Table {
  const encoded = Object.entries(cells).map(([name, { type, values }]) => {
    const isPlain = !type.startsWith("dictionary") && type !== "null" && type !== "bool";
    return [name, { type: isPlain ? `dictionary<int32, ${type}>` : type, values }] as const;
  });
  return tableOf(Object.fromEntries(encoded));
}

/** The same rows in every shape Arrow may give them. */
export function everyShape(cells: Cells): readonly (readonly [shape: string, table: Table])[] {
  const whole = tableOf(cells);
  return [
    ["one batch", whole],
    ["batches of one row", inBatches(whole, 1)],
    ["batches of three rows", inBatches(whole, 3)],
    ["a slice", asSlice(cells)],
    ["a slice in batches", inBatches(asSlice(cells), 2)],
    ["dictionaries", asDictionaries(cells)],
    ["dictionaries in batches", inBatches(asDictionaries(cells), 2)],
  ];
}

/** One column of a type, under the name `x`. */
export function columnOf(type: string, values: readonly Cell[]): Cells {
  return { x: { type, values } };
}

/** A dictionary with entries of its own, for what `asDictionaries` never writes: entries unused, or null. */
export function dictionaryTable(
  codes: readonly (number | null)[],
  entries: readonly (string | null)[],
): Table {
  const type = new Dictionary(typeFromName("utf8"), new Int32());
  const data = makeData({
    type,
    length: codes.length,
    nullCount: codes.filter((code) => code === null).length,
    nullBitmap: bitmapOf(codes),
    data: Int32Array.from(codes, (code) => code ?? 0),
    dictionary: new Vector([dataOf(type.dictionary, entries)]),
  });
  const schema = new Schema([new Field("x", type, true)]);
  const struct = makeData({
    type: new Struct(schema.fields),
    length: codes.length,
    children: [data],
    nullCount: 0,
  });
  return new Table(schema, new RecordBatch(schema, struct));
}
