import * as z from "zod";
import type { Expectation } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import type { TableOptions } from "./unit/options.js";
import { tableUnit } from "./unit/tableUnit.js";

const params = z.strictObject({ table: z.string().min(1) });

/** Which table's rows are counted. */
export interface OtherTable {
  /** The name the table is given under at run time. */
  readonly table: string;
}

/**
 * There are as many rows as in another table, which is named here and given at run time, as
 * `tables: { orders: "orders.parquet" }`. Its rows are counted without reading a column, by its metadata where that says.
 *
 * @example rowCountEqualsTable({ table: "orders" })
 */
export function rowCountEqualsTable(
  other: OtherTable,
  options: TableOptions = {},
): Expectation<{ column: never; kind: never }> {
  return make(rowCountEqualsTable.unit, other, options);
}

rowCountEqualsTable.unit = tableUnit({
  type: "rowCountEqualsTable",
  params,
  claim: ({ table }) => `row count is that of table ${table}`,
  tables: ({ table }) => [table],
  inspect(_schema, { table }, findings) {
    const rows = findings.tableRows(table);
    return {
      faults: findings.rows === rows ? [] : ["another number of rows than the table"],
      observed: { value: findings.rows, table: rows },
    };
  },
  about: {
    fits: [],
    example: { params: { table: "orders" }, table: { id: { type: "int64", values: [1, 2] } } },
    violation: { table: { id: { type: "int64", values: [1, 2, 3] } } },
    tables: { orders: { order: { type: "utf8", values: ["a", null] } } },
    greatExpectations: [
      {
        type: "expect_table_row_count_to_equal_other_table",
        kwargs: { other_table_name: "table" },
        result: (observed) => {
          const { value, table } = observed as { readonly value: number; readonly table: number };
          return { observed_value: { self: value, other: table } };
        },
      },
    ],
  },
});
