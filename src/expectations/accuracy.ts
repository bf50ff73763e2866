import * as z from "zod";
import type { ColumnRef } from "../columns/columnUse.js";
import { proportionInterval, accuracy as scoreOfClasses } from "../stats/index.js";
import type { Expectation } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import { type ClassKind, classes, type LabelAndPrediction } from "./unit/model/classes.js";
import { modelUnit, type SliceKind } from "./unit/model/modelUnit.js";
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
 * The share of rows whose prediction is their label is within bounds, in every slice of `by` too.
 *
 * Rows without a label are left out and counted as `unlabelled`, rows without a prediction as `unpredicted`. A NaN among
 * them makes the score NaN, which fails, unless `nan` is `"skip"` or `"null"`.
 *
 * @example accuracy({ label: "y", prediction: "yhat" }, { atLeast: 0.9, minRows: 500, by: "country" })
 */
export function accuracy<
  const L extends ColumnRef,
  const P extends ColumnRef,
  const B extends ColumnRef = never,
>(
  columns: LabelAndPrediction<L, P>,
  threshold: Threshold<B> & ConfidenceOption,
  options: AggregateOptions & NanOption = {},
): Expectation<{ column: L | P; kind: ClassKind } | { column: B; kind: SliceKind }> {
  return make(accuracy.unit, { ...columns, ...threshold }, options);
}

accuracy.unit = modelUnit({
  type: "accuracy",
  params,
  reading: classes,
  called: () => "accuracy",
  better: "higher",
  score({ matrix }) {
    const { value, n } = scoreOfClasses(matrix);
    const right = Math.round(value! * n);
    return { value: value!, bounds: (confidence) => proportionInterval(right, n, confidence) };
  },
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
