import * as z from "zod";
import { columnLabel, resolveColumn } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import type { Kind } from "../columns/typeName.js";
import { typeName } from "../columns/typeName.js";
import type { Expectation } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import type { TableOptions } from "./unit/options.js";
import { tableUnit } from "./unit/tableUnit.js";
import { columnRefSchema } from "./unit/wire.js";

const params = z.strictObject({ column: columnRefSchema, index: z.int().nonnegative().optional() });

/** Where a column has to stand. */
export interface IndexOption {
  /** Its position, from 0; that of a path is its position in the innermost struct. */
  readonly index?: number;
}

/**
 * The table has this column, of whatever type, at this position where one is given.
 *
 * @example columnExists("id", { index: 0 })
 */
export function columnExists<const C extends ColumnRef>(
  column: C,
  options: TableOptions & IndexOption = {},
): Expectation<{ column: C; kind: Kind }> {
  return make(columnExists.unit, { column }, options);
}

columnExists.unit = tableUnit({
  type: "columnExists",
  params,
  columns: ({ column }) => [column],
  claim: ({ column, index }) =>
    `there is a column ${columnLabel(column)}${index === undefined ? "" : ` at position ${index}`}`,
  inspect(schema, { column, index }) {
    const found = resolveColumn(schema, column);
    if ("problem" in found) return { faults: [found.problem], observed: null };
    const at = found.path.at(-1) ?? found.index;
    const faults = index === undefined || index === at ? [] : [`it stands at position ${at}, not ${index}`];
    return { faults, observed: { index: at, type: typeName(found.type) } };
  },
  about: {
    fits: [],
    example: {
      params: { column: "id", index: 0 },
      table: { id: { type: "int64", values: [1] }, name: { type: "utf8", values: ["a"] } },
    },
    violation: {
      table: { name: { type: "utf8", values: ["a"] }, id: { type: "int64", values: [1] } },
    },
    greatExpectations: [
      {
        type: "expect_column_to_exist",
        kwargs: { column: "column", column_index: "index" },
        // GX finds columns at the top level only.
        read: ({ column, column_index }) => ({ column: [column as string], index: column_index }),
        result: () => ({}),
      },
    ],
  },
});
