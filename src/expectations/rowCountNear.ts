import * as z from "zod";
import { exampleProfile } from "../drift/exampleProfile.js";
import type { Expectation } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import { type Near, nearProblem, nearShape, nearText, reachOf } from "./unit/near.js";
import type { TableOptions } from "./unit/options.js";
import { tableUnit } from "./unit/tableUnit.js";

const params = z.strictObject(nearShape);

/**
 * The number of rows is near that of the baseline: no further from it than `within`, or than `relative` times it.
 *
 * @example rowCountNear({ baseline: "orders", relative: 0.5 })
 */
export function rowCountNear(
  near: Near,
  options: TableOptions = {},
): Expectation<{ column: never; kind: never }> {
  return make(rowCountNear.unit, near, options);
}

rowCountNear.unit = tableUnit({
  type: "rowCountNear",
  params,
  refine: ({ within, relative }) => nearProblem({ within, relative }),
  claim: (stored) => `row count is ${nearText(stored)}`,
  baseline: ({ baseline }) => ({ name: baseline }),
  inspect(_schema, stored, findings) {
    const { rows } = findings.baseline(stored.baseline);
    const near = Math.abs(findings.rows - rows) <= reachOf(stored, rows);
    return {
      faults: near ? [] : ["too far from the baseline"],
      observed: { value: findings.rows, baseline: rows },
    };
  },
  about: {
    fits: [],
    example: {
      params: { baseline: "orders", relative: 0.5 },
      table: { id: { type: "int64", values: [1, 2, 3] } },
    },
    violation: { table: { id: { type: "int64", values: [1, 2, 3, 4, 5, 6, 7] } } },
    baselines: { orders: exampleProfile({ id: { type: "int64", values: [1, 2, 3, 4] } }) },
  },
});
