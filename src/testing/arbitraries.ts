import { type Data, DataType, type Dictionary, Field, type RecordBatch, Schema, Table } from "apache-arrow";
import fc from "fast-check";
import { batchOf } from "../columns/batchOf.js";
import { gatherBatch } from "../columns/gather.js";
import { FLAT_TYPES, type MakeType } from "./flatTypes.js";
import { anyNested } from "./nestedColumns.js";
import { type StoredValue, storedColumn, storedDictionary, validityFrom } from "./storedColumn.js";
import { anyStored } from "./storedValues.js";

const flags = (length: number) => fc.array(fc.boolean(), { minLength: length, maxLength: length });

/** One flag a row, false for a null: none at all, all of them, or any. */
function anyValidity(rows: number): fc.Arbitrary<boolean[] | undefined> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constant(new Array<boolean>(rows).fill(false)) },
    { weight: 4, arbitrary: flags(rows) },
  );
}

/** What stands in a column of a type, and of a name where it has one: by default anything the type can store. */
export type ValuesOf = (type: DataType, column?: string) => fc.Arbitrary<StoredValue>;

function anyDictionary(type: Dictionary, rows: number, valuesOf: ValuesOf): fc.Arbitrary<Data> {
  const sizes = fc.oneof(
    fc.tuple(fc.integer({ min: 1, max: 6 })),
    fc.tuple(fc.constantFrom(1, 2), fc.constantFrom(1, 3)),
  );
  return sizes.chain((parts) => {
    const size = parts.reduce((sum, part) => sum + part, 0);
    const codes = fc.array(fc.nat({ max: size - 1 }), { minLength: rows, maxLength: rows });
    const dictionary = fc.tuple(...parts.map((part) => anyColumn(type.dictionary, part, valuesOf)));
    return fc
      .tuple(dictionary, codes, anyValidity(rows))
      .map(([values, of, valid]) => storedDictionary(type, values, of, valid));
  });
}

function anyWhole(type: DataType, rows: number, valuesOf: ValuesOf): fc.Arbitrary<Data> {
  if (DataType.isDictionary(type)) return anyDictionary(type as Dictionary, rows, valuesOf);
  return anyValidity(rows).chain((valid) => {
    const column = (child: DataType, length: number) => anyColumn(child, length, valuesOf);
    const values = fc.array(valuesOf(type), { minLength: rows, maxLength: rows });
    return (
      anyNested(type, rows, validityFrom(valid), column) ?? values.map((of) => storedColumn(type, of, valid))
    );
  });
}

/**
 * A column of any type; now and then cut out of a longer one. Nulls hide values, dictionaries hold repeats, nulls and
 * values that no row has, lists leave parts of their values out.
 */
export function anyColumn(
  type: DataType,
  rows: number,
  valuesOf: ValuesOf = (type) => anyStored(type),
): fc.Arbitrary<Data> {
  const cut = fc
    .tuple(fc.nat({ max: 9 }), fc.nat({ max: 9 }))
    .chain(([before, after]) =>
      anyWhole(type, before + rows + after, valuesOf).map((data) => data.slice(before, rows)),
    );
  return fc.oneof({ weight: 3, arbitrary: anyWhole(type, rows, valuesOf) }, { weight: 1, arbitrary: cut });
}

/** A batch of a schema, of exactly so many rows; half of the time a slice of a longer one. */
export function anyBatch(
  schema: Schema,
  rows: number,
  valuesOf: ValuesOf = (type) => anyStored(type),
): fc.Arbitrary<RecordBatch> {
  const margin = fc.oneof(fc.constant([0, 0] as const), fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 9 })));
  return margin.chain(([before, after]) => {
    const length = before + rows + after;
    return fc
      .tuple(...schema.fields.map(({ name, type }) => anyColumn(type, length, (of) => valuesOf(of, name))))
      .map((children) => batchOf(schema, length, children).slice(before, before + rows));
  });
}

/** How large and of what a table may be. */
export interface TableOptions {
  /** The types to choose from; every flat one by default, and `anyType` has all there are. */
  readonly types?: fc.Arbitrary<MakeType>;
  /** Columns at most; 4 by default, and never none. */
  readonly maxColumns?: number;
  /** Rows of each batch at most; 12 by default. */
  readonly maxRows?: number;
  /** Batches at most; 4 by default. */
  readonly maxBatches?: number;
}

const NAMES = [
  "id",
  "price",
  "",
  "a.b",
  "and",
  "__proto__",
  "constructor",
  "é",
  "2021",
  "Ünïcode 😀",
  "x\ny",
];

/** A schema of any flat types, or of those asked for, under any names. */
export function anySchema({
  types = fc.constantFrom(...FLAT_TYPES),
  maxColumns = 4,
}: TableOptions = {}): fc.Arbitrary<Schema> {
  const column = fc.tuple(fc.oneof(fc.constantFrom(...NAMES), fc.string({ maxLength: 6 })), types);
  return fc
    .uniqueArray(column, { minLength: 1, maxLength: maxColumns, selector: ([name]) => name })
    .map((columns) => new Schema(columns.map(([name, make]) => new Field(name, make(), true))));
}

/** Batches of one schema: none at all, empty ones, of one row, slices. */
export function anyBatches(
  schema: Schema,
  { maxRows = 12, maxBatches = 4 }: TableOptions = {},
  valuesOf: ValuesOf = (type) => anyStored(type),
): fc.Arbitrary<RecordBatch[]> {
  const rows = fc.oneof(fc.constantFrom(0, 1), fc.nat({ max: maxRows }));
  return fc.array(
    rows.chain((count) => anyBatch(schema, count, valuesOf)),
    { maxLength: maxBatches },
  );
}

/** A table of any flat types, or of those asked for: see `anyBatches`. */
export function anyTable(options: TableOptions = {}): fc.Arbitrary<Table> {
  return anySchema(options).chain((schema) => anyTableOf(schema, options));
}

/** A table of a schema; `valuesOf` says what stands in it. */
export function anyTableOf(
  schema: Schema,
  options: TableOptions = {},
  valuesOf: ValuesOf = (type) => anyStored(type),
): fc.Arbitrary<Table> {
  return anyBatches(schema, options, valuesOf).map((batches) => new Table(schema, batches));
}

/** The same rows in other batches: slices or compact copies, cut anywhere, with empty ones in between. */
export function anyBatching(batch: RecordBatch): fc.Arbitrary<RecordBatch[]> {
  const cut = fc.tuple(fc.nat({ max: batch.numRows }), fc.boolean());
  return fc.tuple(fc.array(cut, { maxLength: 6 }), fc.boolean()).map(([cuts, isCopied]) => {
    const ends = [...cuts.sort(([a], [b]) => a - b), [batch.numRows, isCopied] as const];
    let from = 0;
    return ends.map(([to, copied]) => {
      const runs = from < to ? Int32Array.of(from, to) : new Int32Array(0);
      const piece = copied ? gatherBatch(batch, runs) : batch.slice(from, to);
      from = to;
      return piece;
    });
  });
}
