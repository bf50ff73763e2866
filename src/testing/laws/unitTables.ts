import {
  type Data,
  type DataType,
  Dictionary,
  Field,
  Int8,
  LargeUtf8,
  Schema,
  Table,
  DataType as Types,
  Utf8View,
} from "apache-arrow";
import fc from "fast-check";
import { batchOf } from "../../columns/batchOf.js";
import { builderOf } from "../../columns/builders/builderOf.js";
import { cellText } from "../../columns/cellText.js";
import { kindOf } from "../../columns/typeName.js";
import { ColumnView, laneOf } from "../../columns/view.js";
import { make } from "../../expectations/unit/make.js";
import type { OptionName } from "../../expectations/unit/options.js";
import { register } from "../../expectations/unit/registry.js";
import type { AnyUnit } from "../../expectations/unit/unit.js";
import type { Outcome } from "../../results/outcome.js";
import { makeSuite, type Suite } from "../../suite/suite.js";
import type { ValidateOptions } from "../../validate/options.js";
import type { Run } from "../../validate/run.js";
import { validate } from "../../validate/validate.js";
import { anyTableOf, type TableOptions, type ValuesOf } from "../arbitraries.js";
import { FLAT_TYPES } from "../flatTypes.js";
import { tableOf } from "../plainTable.js";
import type { StoredValue } from "../storedColumn.js";
import { anyStored } from "../storedValues.js";

/** Options of an expectation as an author may give them. */
export type SomeOptions = Readonly<Partial<Record<OptionName, unknown>>>;

/** A table that meets the unit's example. */
export const exampleTable = (unit: AnyUnit): Table => tableOf(unit.about.example.table);

/** A table that breaks it. */
export const violationTable = (unit: AnyUnit): Table => tableOf(unit.about.violation.table);

/** The unit's example as the only expectation of a suite; a table of no rows is no failure by itself. */
export function suiteOf(unit: AnyUnit, options: SomeOptions = {}): Suite {
  // It may be one that the catalogue doesn't have.
  register(unit);
  return makeSuite("law", [make(unit, unit.about.example.params, options)], { allowEmpty: true });
}

/** What the unit's example, or its violation, is given at run time: functions, baselines, tables, numbers, and the clock. */
export function givenTo({ about }: AnyUnit, of: "example" | "violation" = "example"): ValidateOptions {
  const { functions, baselines, tables, scalars, now } =
    of === "example" ? about : { ...about, ...about.violation };
  const given = Object.entries(tables ?? {}).map(([name, plain]) => [name, tableOf(plain)]);
  return {
    ...(functions ? { functions } : {}),
    ...(baselines ? { baselines } : {}),
    ...(scalars ? { scalars } : {}),
    ...(now === undefined ? {} : { now }),
    ...(tables ? { tables: Object.fromEntries(given) } : {}),
  };
}

/** A run of the unit's example, given what it needs. */
export function runOf(
  unit: AnyUnit,
  table: Table,
  options: SomeOptions = {},
  run: ValidateOptions = {},
): Promise<Run> {
  return validate(table, suiteOf(unit, options), { ...givenTo(unit), ...run });
}

/** What came of the unit's example on a table. */
export async function outcomeOf(
  unit: AnyUnit,
  table: Table,
  options: SomeOptions = {},
  run: ValidateOptions = {},
): Promise<Outcome> {
  return (await runOf(unit, table, options, run)).outcomes[0]!;
}

/** The table with a column of integers behind its own. */
export function withNumbers(table: Table, name: string, values: readonly number[]): Table {
  const [added] = tableOf({ [name]: { type: "int32", values } }).batches;
  const [batch] = table.batches;
  const schema = new Schema([...table.schema.fields, ...added!.schema.fields]);
  return new Table(schema, [
    batchOf(schema, table.numRows, [...batch!.data.children, ...added!.data.children]),
  ]);
}

/** The table without a column. */
export function withoutColumn(table: Table, name: string): Table {
  return table.select(table.schema.fields.map((field) => field.name).filter((other) => other !== name));
}

/** The value of a row that holds one, in storage units. */
export function storedAt(view: ColumnView, row: number): StoredValue {
  if (view.lane === "bytes") return view.bytes(row);
  return view.lane === "integer" ? view.integer(row) : view.number(row);
}

/** The rows of a column as a plain column of the type its values have, read cell by cell. */
function plainData(data: Data, name: string): Data {
  const type = Types.isDictionary(data.type) ? (data.type as Dictionary).dictionary : data.type;
  const builder = builderOf(type, name);
  for (let row = 0; row < data.length; row++) builder.add(cellText(data, row));
  return builder.finish();
}

/** The same rows in the same batches, without dictionaries. */
export function decoded(table: Table): Table {
  const fields = table.schema.fields.map(({ name, type }) => {
    const plain = Types.isDictionary(type) ? (type as Dictionary).dictionary : type;
    return new Field(name, plain, true);
  });
  const schema = new Schema(fields);
  const batches = table.batches.map((batch) =>
    batchOf(
      schema,
      batch.numRows,
      batch.data.children.map((data, i) => plainData(data, fields[i]!.name)),
    ),
  );
  return new Table(schema, batches);
}

/** The values that the unit's own tables hold in a column, in storage units. */
function ownValues(unit: AnyUnit, column: string): StoredValue[] {
  const { example, violation } = unit.about;
  const tables = [example, violation].map(({ table }) => table);
  const same = tables.filter((table) => table[column]?.type === example.table[column]?.type);
  return same.flatMap((table) => {
    const [data] = tableOf({ [column]: table[column]! }).batches[0]!.data.children;
    const view = new ColumnView(data!);
    const rows = Array.from({ length: view.length }, (_, row) => row).filter((row) => view.isValid(row));
    return rows.map((row) => storedAt(view, row));
  });
}

/** A type as the encodings of it that hold the same values. */
function encodings(type: DataType): fc.Arbitrary<DataType> {
  if (Types.isDictionary(type) || Types.isNull(type)) return fc.constant(type);
  const wide = Types.isUtf8(type) ? [() => new LargeUtf8(), () => new Utf8View()] : [];
  const others = [...wide, () => new Dictionary(type, new Int8())];
  return fc.oneof(
    fc.constant(type),
    fc.constantFrom(...others).map((made) => made()),
  );
}

/** What stands in the columns of a unit's tables: values of its own, among any. */
function valuesFor(unit: AnyUnit): ValuesOf {
  return (type, column = "") => {
    const own = ownValues(unit, column).filter((value) => typeof value === typeof emptyOf(type));
    return own.length === 0
      ? anyStored(type)
      : fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...own) }, anyStored(type));
  };
}

function emptyOf(type: DataType): StoredValue {
  const lane = laneOf(type);
  if (lane === "bytes") return new Uint8Array(Types.isFixedSizeBinary(type) ? type.byteWidth : 0);
  return lane === "integer" ? 0n : 0;
}

/** Tables with the columns of the unit's example, in any encoding, over values of its own and any others. */
export function fittingTables(unit: AnyUnit, options: TableOptions = {}): fc.Arbitrary<Table> {
  const { fields } = exampleTable(unit).schema;
  const types =
    unit.shape === "table"
      ? fields.map(({ type }) => fc.constant(type))
      : fields.map(({ type }) => encodings(type));
  return fc
    .tuple(...types)
    .map((chosen) => new Schema(fields.map(({ name }, i) => new Field(name, chosen[i]!, true))))
    .chain((schema) => anyTableOf(schema, options, valuesFor(unit)));
}

/** Tables with columns of the same names and of any type that the unit fits; of any type at all where it names no kind. */
export function tablesOfAnyFit(unit: AnyUnit, options: TableOptions = {}): fc.Arbitrary<Table> {
  const { fits } = unit.about;
  const types = FLAT_TYPES.filter((makeType) => fits.length === 0 || fits.includes(kindOf(makeType())));
  const { fields } = exampleTable(unit).schema;
  return fc
    .tuple(...fields.map(() => fc.constantFrom(...types)))
    .map((chosen) => new Schema(fields.map(({ name }, i) => new Field(name, chosen[i]!(), true))))
    .chain((schema) => anyTableOf(schema, options));
}
