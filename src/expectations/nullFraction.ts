import * as z from "zod";
import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import type { Kind } from "../columns/typeName.js";
import { aggregateUnit } from "./unit/aggregateUnit.js";
import {
  type Bounds,
  boundsText,
  fractionBoundsShape,
  numberBoundsProblem,
  numberWithin,
} from "./unit/bounds.js";
import type { Expectation } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import type { AggregateOptions } from "./unit/options.js";
import { ANY_KIND } from "./unit/unit.js";
import { columnRefSchema } from "./unit/wire.js";

const params = z.strictObject({ column: columnRefSchema, ...fractionBoundsShape });

/**
 * The number of rows without a value, divided by the number of all rows, lies within bounds. NaN is a value.
 *
 * @example nullFraction("phone", { max: 0.2 })
 */
export function nullFraction<const C extends ColumnRef>(
  column: C,
  bounds: Bounds<number>,
  options: AggregateOptions = {},
): Expectation<{ column: C; kind: Kind }> {
  return make(nullFraction.unit, { column, ...bounds }, options);
}

nullFraction.unit = aggregateUnit({
  type: "nullFraction",
  params,
  refine: numberBoundsProblem,
  honours: [],
  columns: ({ column }) => [column],
  claim: (stored) => `share of nulls in ${columnLabel(stored.column)} is ${boundsText(stored)}`,
  metrics: ({ column }, where) => [{ state: "count", column, ...where }],
  measure(findings, stored, [request]) {
    const { rows, nulls } = findings.metric({ ...request!, state: "count" });
    if (rows === 0) return { empty: "no rows" };
    return { observed: nulls / rows, holds: numberWithin(nulls / rows, stored) };
  },
  about: {
    fits: ANY_KIND,
    example: {
      params: { column: "phone", max: 0.25 },
      table: { phone: { type: "utf8", values: ["1", "2", null, "3"] } },
    },
    violation: { table: { phone: { type: "utf8", values: ["1", null, null, "3"] } } },
  },
});
