import * as z from "zod";
import type { ColumnRef } from "../columns/columnUse.js";
import { f1 as ratio } from "../stats/index.js";
import type { Expectation } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import { type ClassKind, classes, type LabelAndPrediction } from "./unit/model/classes.js";
import {
  averageShape,
  type ClassOption,
  classCalled,
  classProblem,
  scoreOfClass,
} from "./unit/model/classScore.js";
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
  ...averageShape,
  ...thresholdShape,
  ...confidenceShape,
});

/**
 * F1, the harmonic mean of precision and recall of the `positive` class, is within bounds; or the `average` of that over all
 * classes, as scikit-learn has it. Its confidence bounds are Wilson's of tp / (tp + fp + fn), from which it is made.
 *
 * Rows without a label are left out and counted as `unlabelled`, rows without a prediction as `unpredicted`. A NaN among
 * them makes the score NaN, which fails, unless `nan` is `"skip"` or `"null"`.
 *
 * @example f1({ label: "y", prediction: "yhat" }, { average: "macro", atLeast: 0.7 })
 */
export function f1<const L extends ColumnRef, const P extends ColumnRef, const B extends ColumnRef = never>(
  columns: LabelAndPrediction<L, P>,
  threshold: Threshold<B> & ConfidenceOption & ClassOption,
  options: AggregateOptions & NanOption = {},
): Expectation<{ column: L | P; kind: ClassKind } | { column: B; kind: SliceKind }> {
  return make(f1.unit, { ...columns, ...threshold }, options);
}

f1.unit = modelUnit({
  type: "f1",
  params,
  refine: classProblem,
  reading: classes,
  called: (stored) => classCalled("F1", stored),
  better: "higher",
  score: (data, stored) =>
    scoreOfClass(data, stored, {
      ratio,
      among: ({ hits, labelled, predicted }) => labelled + predicted - hits,
      ofShare: (share) => (2 * share) / (1 + share),
    }),
  about: {
    fits: ["number", "string", "bool"],
    example: {
      params: { label: "y", prediction: "yhat", positive: "yes", atLeast: 0.6 },
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
