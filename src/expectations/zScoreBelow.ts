import * as z from "zod";
import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import type { Expectation } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import type { NanOption, NullsOption, ReportingRowOptions } from "./unit/options.js";
import { nanTruth, rowUnit } from "./unit/rowUnit.js";
import { columnRefSchema } from "./unit/wire.js";

const params = z.strictObject({
  column: columnRefSchema,
  limit: z.number().positive(),
  sides: z.enum(["both", "upper"]).optional(),
});

/** Which side of the mean is looked at. */
export interface SidesOption {
  /** `"both"` (the default), or values above the mean only. */
  readonly sides?: "both" | "upper";
}

/**
 * Every value lies less than so many sample standard deviations (n - 1 in the denominator) from the column's mean. An
 * infinite value is too far, and has no part in the mean. Where all values are equal, or there is one, no distance is
 * defined and every row passes.
 *
 * Nulls are skipped unless `nulls: "fail"`; NaN fails unless `nan` says otherwise. Mean and deviation are those of the
 * rows that are judged. Failing rows are told by a second look, so a source that can't be read again is refused; they
 * can't be quarantined, for without them the others would be judged anew.
 *
 * @example zScoreBelow("price", 3)
 */
export function zScoreBelow<const C extends ColumnRef>(
  column: C,
  limit: number,
  options: ReportingRowOptions & NullsOption & NanOption & SidesOption = {},
): Expectation<{ column: C; kind: "number" }> {
  return make(zScoreBelow.unit, { column, limit }, options);
}

zScoreBelow.unit = rowUnit({
  type: "zScoreBelow",
  params,
  honours: ["nulls", "nan"],
  quarantines: false,
  columns: ({ column }) => [column],
  claim: ({ column, limit, sides }) =>
    `${columnLabel(column)} is less than ${limit} standard deviations ${sides === "upper" ? "above" : "from"} its mean`,
  rule: ({ column, limit, sides }, options) => ({
    kind: "scaled",
    column,
    below: limit,
    sides: sides ?? "both",
    nan: nanTruth(options),
  }),
  about: {
    fits: ["number"],
    example: {
      params: { column: "price", limit: 1.5 },
      table: { price: { type: "float64", values: [1, 2, 3, null, 2.5] } },
    },
    violation: { table: { price: { type: "float64", values: [1, 1, 1, 1, null, 9] } }, rows: [5] },
    greatExpectations: [
      {
        type: "expect_column_value_z_scores_to_be_less_than",
        kwargs: { column: "column", threshold: "limit", double_sided: null },
        read: ({ column, threshold, double_sided }) => ({
          column,
          limit: double_sided === true ? Math.abs(Number(threshold)) : (threshold as number),
          sides: double_sided === true ? "both" : "upper",
        }),
      },
    ],
  },
});
