import * as z from "zod";
import type { ColumnRef } from "../columns/columnUse.js";
import type { Expectation } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import type { LabelAndPrediction } from "./unit/model/classes.js";
import { modelUnit, type SliceKind } from "./unit/model/modelUnit.js";
import { determination, residuals } from "./unit/model/residuals.js";
import { type Threshold, thresholdShape } from "./unit/model/threshold.js";
import type { AggregateOptions, NanOption } from "./unit/options.js";
import { columnRefSchema } from "./unit/wire.js";

const params = z.strictObject({
  label: columnRefSchema,
  prediction: columnRefSchema,
  ...thresholdShape,
});

/**
 * R², the coefficient of determination, is within bounds: 1 is perfect, 0 no better than predicting the mean label always.
 * Where all labels are equal there is none.
 *
 * Rows without a label are left out and counted as `unlabelled`, rows without a prediction as `unpredicted`. A NaN among
 * them makes the score NaN, which fails, unless `nan` is `"skip"` or `"null"`.
 *
 * @example r2({ label: "y", prediction: "yhat" }, { atLeast: 0.7 })
 */
export function r2<const L extends ColumnRef, const P extends ColumnRef, const B extends ColumnRef = never>(
  columns: LabelAndPrediction<L, P>,
  threshold: Threshold<B>,
  options: AggregateOptions & NanOption = {},
): Expectation<{ column: L | P; kind: "number" } | { column: B; kind: SliceKind }> {
  return make(r2.unit, { ...columns, ...threshold }, options);
}

r2.unit = modelUnit({
  type: "r2",
  params,
  reading: residuals,
  called: () => "R²",
  better: "higher",
  score: (state) => determination(state),
  about: {
    fits: ["number"],
    example: {
      params: { label: "y", prediction: "yhat", atLeast: 0.5 },
      table: {
        y: { type: "float64", values: [1, 2, 3, 4, null] },
        yhat: { type: "float64", values: [1.1, 1.9, 3.2, 3.8, 5] },
      },
    },
    violation: {
      table: {
        y: { type: "float64", values: [1, 2, 3, 4] },
        yhat: { type: "float64", values: [5, 6, 7, 9] },
      },
    },
  },
});
