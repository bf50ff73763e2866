import * as z from "zod";
import type { MetricRequest } from "../plan/request.js";
import {
  type Bounds,
  boundsText,
  numberBoundsProblem,
  numberBoundsShape,
  numberWithin,
} from "./unit/bounds.js";
import { type Condition, conditionPredicate } from "./unit/condition.js";
import type { Expectation } from "./unit/expectation.js";
import { GX_BOUNDS, gxOpenBounds } from "./unit/greatExpectations.js";
import { make } from "./unit/make.js";
import type { StoredOptions, TableOptions } from "./unit/options.js";
import { tableUnit } from "./unit/tableUnit.js";

const params = z.strictObject(numberBoundsShape);

/**
 * The number of rows lies within bounds. With `when`, only the rows that meet the condition are counted.
 *
 * @example rowCount({ min: 1 })
 */
export function rowCount(
  bounds: Bounds<number>,
  options: TableOptions & { readonly when?: Condition } = {},
): Expectation<{ column: never; kind: never }> {
  return make(rowCount.unit, bounds, options);
}

function selected(stored: StoredOptions): (MetricRequest & { readonly state: "count" }) | undefined {
  return stored.when && { state: "count", where: conditionPredicate(stored.when) };
}

rowCount.unit = tableUnit({
  type: "rowCount",
  params,
  refine: numberBoundsProblem,
  honours: ["when"],
  claim: (stored) => `row count is ${boundsText(stored)}`,
  metrics(stored) {
    const request = selected(stored);
    return request ? [request] : [];
  },
  inspect(_schema, stored, findings) {
    const request = selected(stored);
    const rows = request ? findings.metric(request).rows : findings.rows;
    return { faults: numberWithin(rows, stored) ? [] : ["out of bounds"], observed: rows };
  },
  about: {
    fits: [],
    example: { params: { min: 1, max: 3 }, table: { id: { type: "int64", values: [1, 2] } } },
    violation: { table: { id: { type: "int64", values: [1, 2, 3, 4] } } },
    greatExpectations: [
      {
        type: "expect_table_row_count_to_be_between",
        kwargs: GX_BOUNDS,
        read: (kwargs) => gxOpenBounds(kwargs, 0),
      },
      {
        type: "expect_table_row_count_to_equal",
        kwargs: { value: null },
        read: ({ value }) => ({ min: value, max: value }),
      },
    ],
  },
});
