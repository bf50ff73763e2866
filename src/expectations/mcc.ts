import * as z from "zod";
import type { ColumnRef } from "../columns/columnUse.js";
import { mcc as correlation } from "../stats/index.js";
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
 * Matthews' correlation coefficient of labels and predictions is within bounds: 1 is perfect, 0 no better than chance. Of
 * several classes it is Gorodkin's. Where all labels, or all predictions, are of one class there is none.
 *
 * Rows without a label are left out and counted as `unlabelled`, rows without a prediction as `unpredicted`. A NaN among
 * them makes the score NaN, which fails, unless `nan` is `"skip"` or `"null"`.
 *
 * @example mcc({ label: "y", prediction: "yhat" }, { atLeast: 0.6 })
 */
export function mcc<const L extends ColumnRef, const P extends ColumnRef, const B extends ColumnRef = never>(
  columns: LabelAndPrediction<L, P>,
  threshold: Threshold<B>,
  options: AggregateOptions & NanOption = {},
): Expectation<{ column: L | P; kind: ClassKind } | { column: B; kind: SliceKind }> {
  return make(mcc.unit, { ...columns, ...threshold }, options);
}

mcc.unit = modelUnit({
  type: "mcc",
  params,
  reading: classes,
  called: () => "Matthews' correlation",
  better: "higher",
  score: ({ matrix }) => scored(correlation(matrix)),
  about: {
    fits: ["number", "string", "bool"],
    example: {
      params: { label: "y", prediction: "yhat", atLeast: 0.5 },
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
