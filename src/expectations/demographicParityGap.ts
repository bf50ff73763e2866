import * as z from "zod";
import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import type { Expectation } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import type { ClassKind } from "./unit/model/classes.js";
import { type GapThreshold, gapShape, gapUnit } from "./unit/model/gapUnit.js";
import type { SliceKind } from "./unit/model/modelUnit.js";
import type { PositiveOption } from "./unit/model/scores.js";
import { selections } from "./unit/model/selections.js";
import type { AggregateOptions, NanOption } from "./unit/options.js";
import { columnRefSchema, literalSchema } from "./unit/wire.js";

const params = z.strictObject({ prediction: columnRefSchema, positive: literalSchema, ...gapShape });

/**
 * Groups of rows are predicted as the positive class about equally often: the highest share less the lowest is at most
 * `atMost`. It is fairlearn's `demographic_parity_difference`. Labels are not asked.
 *
 * Rows without a prediction are left out and counted as `unpredicted`. A group of fewer than `minRows` rows is left out, and
 * the outcome is what `inconclusive` says unless the others are too far apart. A NaN among the predictions makes the gap NaN,
 * which fails, unless `nan` is `"skip"` or `"null"`.
 *
 * @example demographicParityGap({ prediction: "yhat" }, { by: "sex", positive: "yes", atMost: 0.1, minRows: 100 })
 */
export function demographicParityGap<const P extends ColumnRef, const B extends ColumnRef>(
  columns: { readonly prediction: P },
  threshold: PositiveOption & GapThreshold<B>,
  options: AggregateOptions & NanOption = {},
): Expectation<{ column: P; kind: ClassKind } | { column: B; kind: SliceKind }> {
  return make(demographicParityGap.unit, { ...columns, ...threshold }, options);
}

demographicParityGap.unit = gapUnit({
  type: "demographicParityGap",
  params,
  reading: selections,
  called: ({ prediction, positive }) =>
    `the share of ${JSON.stringify(positive)} in ${columnLabel(prediction)}`,
  score: ({ selected, rows }) => ({ value: selected / rows }),
  about: {
    fits: ["number", "string", "bool"],
    example: {
      params: { prediction: "yhat", by: "sex", positive: 1, atMost: 0.5 },
      table: {
        yhat: { type: "float64", values: [1, 0, 1, 1, null] },
        sex: { type: "utf8", values: ["f", "f", "m", "m", "m"] },
      },
    },
    violation: {
      table: {
        yhat: { type: "float64", values: [0, 0, 1, 1] },
        sex: { type: "utf8", values: ["f", "f", "m", "m"] },
      },
    },
  },
});
