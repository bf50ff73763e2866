import * as z from "zod";
import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import type { RowExpectation } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import type { NullsOption, RowOptions } from "./unit/options.js";
import { rowUnit } from "./unit/rowUnit.js";
import { columnRefSchema } from "./unit/wire.js";

const params = z.strictObject({
  columns: z.array(columnRefSchema).min(1, "needs a column"),
  function: z.string().min(1),
});

/** Which function is asked. */
export interface FunctionOption {
  /** Its name in the `functions` that are given at run time. */
  readonly function: string;
}

/**
 * A function of your own says yes to every row, of one column or of several. It is named here and given at run time; it gets the values of the
 * columns in order (64-bit integers as bigint, decimals as text, dates and timestamps as Date, a null as null) and
 * answers at once.
 *
 * A row in which every column is null is skipped unless `nulls: "fail"`. A row on which the function throws fails with
 * "threw: ...", the others are judged, and the outcome is `error`.
 *
 * @example satisfies(["net", "gross"], { function: "netIsBelowGross" })
 */
export function satisfies<const C extends ColumnRef>(
  columns: readonly C[] | (C & string),
  options: RowOptions & NullsOption & FunctionOption,
): RowExpectation<{ column: C; kind: "number" | "string" | "bool" | "temporal" | "binary" | "null" }> {
  return make(satisfies.unit, { columns: typeof columns === "string" ? [columns] : columns }, options);
}

satisfies.unit = rowUnit({
  type: "satisfies",
  params,
  honours: ["nulls"],
  columns: ({ columns }) => columns,
  claim: (stored) => `${stored.columns.map(columnLabel).join(", ")} satisfies ${stored.function}`,
  rule: (stored) => ({
    kind: "function",
    test: { op: "call", function: stored.function, columns: stored.columns },
  }),
  about: {
    fits: ["number", "string", "bool", "temporal", "binary", "null"],
    example: {
      params: { columns: ["net", "gross"], function: "netIsBelowGross" },
      table: {
        net: { type: "float64", values: [1, 2.5, null] },
        gross: { type: "float64", values: [1.2, 3, null] },
      },
    },
    violation: {
      table: {
        net: { type: "float64", values: [1, 4] },
        gross: { type: "float64", values: [1.2, 3] },
      },
      rows: [1],
    },
    functions: { netIsBelowGross: (net, gross) => Number(net) < Number(gross) },
  },
});
