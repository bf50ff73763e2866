import * as z from "zod";
import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import type { RowExpectation } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import type { NanOption, NullsOption, RowOptions } from "./unit/options.js";
import { nanTruth, rowUnit } from "./unit/rowUnit.js";
import { columnRefSchema } from "./unit/wire.js";

const columnList = z.array(columnRefSchema).min(1, "needs a column");

const params = z.strictObject({
  columns: columnList,
  table: z.string().min(1),
  tableColumns: columnList,
});

/** Where a row's values are looked up. */
export type InTable = {
  /** The name the table is given under at run time. */
  readonly table: string;
} & (
  | {
      /** The column of that table that holds the keys. */
      readonly column: ColumnRef;
    }
  | {
      /** The columns of that table that hold the keys together, in the order of the row's own. */
      readonly columns: readonly ColumnRef[];
    }
);

/**
 * The value of a column, or the values of several columns together, stand in another table: a foreign key. The table is
 * named here and given at run time, as `tables: { countries: "countries.parquet" }`; it is read once, in these columns
 * only, and its distinct keys are kept in memory.
 *
 * Values are compared exactly across types of one family: an int32 is found in an int64, text in a dictionary, a date in a
 * timestamp (UTC), 1.5 in a decimal. A row in which one of the columns is null is skipped, unless `nulls: "fail"`, and a null
 * in the other table is no key. A NaN is found in no table: it fails, unless `nan` is `"skip"` or `"null"`.
 *
 * @example inTable("country", { table: "countries", column: "code" })
 * @example inTable(["country", "region"], { table: "regions", columns: ["country", "code"] })
 */
export function inTable<const C extends ColumnRef>(
  columns: readonly C[] | (C & string),
  where: InTable,
  options: RowOptions & NullsOption & NanOption = {},
): RowExpectation<{ column: C; kind: "number" | "string" | "bool" | "temporal" | "binary" }> {
  const { table, ...rest } = where;
  const tableColumns = "column" in rest ? [rest.column] : rest.columns;
  return make(
    inTable.unit,
    { columns: typeof columns === "string" ? [columns] : columns, table, tableColumns },
    options,
  );
}

inTable.unit = rowUnit({
  type: "inTable",
  params,
  refine: ({ columns, tableColumns }) =>
    columns.length === tableColumns.length
      ? undefined
      : `looks ${columns.length} of its own columns up in ${tableColumns.length} of the table`,
  honours: ["nulls", "nan"],
  columns: ({ columns }) => columns,
  claim: ({ columns, table, tableColumns }) =>
    `${columns.map(columnLabel).join(", ")} ${columns.length > 1 ? "are" : "is"} in table ${table} (${tableColumns.map(columnLabel).join(", ")})`,
  rule: (stored, options) => ({
    kind: "function",
    test: {
      op: "lookUp",
      columns: stored.columns,
      table: stored.table,
      keys: stored.tableColumns,
      nan: nanTruth(options),
    },
  }),
  about: {
    fits: ["number", "string", "bool", "temporal", "binary"],
    example: {
      params: { columns: ["customer"], table: "customers", tableColumns: ["id"] },
      table: { customer: { type: "int32", values: [7, 9, 7, null] } },
    },
    violation: { table: { customer: { type: "int32", values: [7, 8, null, 9, -1] } }, rows: [1, 4] },
    tables: { customers: { id: { type: "int64", values: [7, 9, 11, null] } } },
  },
});
