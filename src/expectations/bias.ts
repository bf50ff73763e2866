import * as z from "zod";
import type { ColumnRef } from "../columns/columnUse.js";
import type { Expectation } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import type { LabelAndPrediction } from "./unit/model/classes.js";
import { modelUnit, type SliceKind } from "./unit/model/modelUnit.js";
import { meanError, residuals } from "./unit/model/residuals.js";
import {
  type ConfidenceOption,
  confidenceShape,
  type Threshold,
  thresholdShape,
} from "./unit/model/threshold.js";
import type { AggregateOptions, NanOption } from "./unit/options.js";
import { columnRefSchema } from "./unit/wire.js";

const params = z.strictObject({
  label: columnRefSchema,
  prediction: columnRefSchema,
  ...thresholdShape,
  ...confidenceShape,
});

/**
 * The bias is within bounds: the mean of prediction - label, above 0 where predictions are too high. Not worse than a
 * baseline's is no further from 0. Confidence bounds are normal.
 *
 * Rows without a label are left out and counted as `unlabelled`, rows without a prediction as `unpredicted`. A NaN among
 * them makes the score NaN, which fails, unless `nan` is `"skip"` or `"null"`.
 *
 * @example bias({ label: "y", prediction: "yhat" }, { atLeast: -0.1, atMost: 0.1, confidence: 0.95 })
 */
export function bias<const L extends ColumnRef, const P extends ColumnRef, const B extends ColumnRef = never>(
  columns: LabelAndPrediction<L, P>,
  threshold: Threshold<B> & ConfidenceOption,
  options: AggregateOptions & NanOption = {},
): Expectation<{ column: L | P; kind: "number" } | { column: B; kind: SliceKind }> {
  return make(bias.unit, { ...columns, ...threshold }, options);
}

bias.unit = modelUnit({
  type: "bias",
  params,
  reading: residuals,
  called: () => "bias",
  better: "zero",
  score: (state) => meanError(state),
  about: {
    fits: ["number"],
    example: {
      params: { label: "y", prediction: "yhat", atLeast: -0.5, atMost: 0.5 },
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
