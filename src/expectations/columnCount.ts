import * as z from "zod";
import {
  type Bounds,
  boundsText,
  numberBoundsProblem,
  numberBoundsShape,
  numberWithin,
} from "./unit/bounds.js";
import type { Expectation } from "./unit/expectation.js";
import { GX_BOUNDS, gxOpenBounds } from "./unit/greatExpectations.js";
import { make } from "./unit/make.js";
import type { TableOptions } from "./unit/options.js";
import { tableUnit } from "./unit/tableUnit.js";

const params = z.strictObject(numberBoundsShape);

/**
 * The number of columns lies within bounds. A struct is one column.
 *
 * @example columnCount({ min: 3, max: 3 })
 */
export function columnCount(
  bounds: Bounds<number>,
  options: TableOptions = {},
): Expectation<{ column: never; kind: never }> {
  return make(columnCount.unit, bounds, options);
}

columnCount.unit = tableUnit({
  type: "columnCount",
  params,
  refine: numberBoundsProblem,
  claim: (stored) => `column count is ${boundsText(stored)}`,
  inspect(schema, stored) {
    const columns = schema.fields.length;
    return { faults: numberWithin(columns, stored) ? [] : ["out of bounds"], observed: columns };
  },
  about: {
    fits: [],
    example: { params: { min: 1, max: 1 }, table: { id: { type: "int64", values: [1, 2] } } },
    violation: {
      table: { id: { type: "int64", values: [1, 2] }, extra: { type: "utf8", values: ["a", "b"] } },
    },
    greatExpectations: [
      {
        type: "expect_table_column_count_to_be_between",
        kwargs: GX_BOUNDS,
        read: (kwargs) => gxOpenBounds(kwargs, 0),
      },
      {
        type: "expect_table_column_count_to_equal",
        kwargs: { value: null },
        read: ({ value }) => ({ min: value, max: value }),
      },
    ],
  },
});
