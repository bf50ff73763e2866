import * as z from "zod";
import type { ColumnRef } from "../columns/columnUse.js";
import { balancedAccuracy as meanRecall } from "../stats/index.js";
import type { Expectation } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import { type ClassKind, classes, type LabelAndPrediction } from "./unit/model/classes.js";
import { modelUnit, type SliceKind } from "./unit/model/modelUnit.js";
import { type Threshold, thresholdShape } from "./unit/model/threshold.js";
import { scored } from "./unit/model/verdict.js";
import type { AggregateOptions, NanOption } from "./unit/options.js";
import { columnRefSchema } from "./unit/wire.js";

const params = z.strictObject({
  label: columnRefSchema,
  prediction: columnRefSchema,
  ...thresholdShape,
});

/**
 * The mean of the recalls of all classes is within bounds, so that a rare class weighs as much as a common one.
 *
 * Rows without a label are left out and counted as `unlabelled`, rows without a prediction as `unpredicted`. A NaN among
 * them makes the score NaN, which fails, unless `nan` is `"skip"` or `"null"`.
 *
 * @example balancedAccuracy({ label: "y", prediction: "yhat" }, { atLeast: 0.8 })
 */
export function balancedAccuracy<
  const L extends ColumnRef,
  const P extends ColumnRef,
  const B extends ColumnRef = never,
>(
  columns: LabelAndPrediction<L, P>,
  threshold: Threshold<B>,
  options: AggregateOptions & NanOption = {},
): Expectation<{ column: L | P; kind: ClassKind } | { column: B; kind: SliceKind }> {
  return make(balancedAccuracy.unit, { ...columns, ...threshold }, options);
}

balancedAccuracy.unit = modelUnit({
  type: "balancedAccuracy",
  params,
  reading: classes,
  called: () => "balanced accuracy",
  better: "higher",
  score: ({ matrix }) => scored(meanRecall(matrix)),
  about: {
    fits: ["number", "string", "bool"],
    example: {
      params: { label: "y", prediction: "yhat", atLeast: 0.8 },
      table: {
        y: { type: "utf8", values: ["no", "no", "yes", "yes", "yes", null] },
        yhat: { type: "utf8", values: ["no", "no", "yes", "yes", "no", "yes"] },
      },
    },
    violation: {
      table: {
        y: { type: "utf8", values: ["no", "no", "yes", "yes"] },
        yhat: { type: "utf8", values: ["yes", "no", "no", "no"] },
      },
    },
  },
});
