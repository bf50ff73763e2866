import * as z from "zod";
import type { ColumnRef } from "../columns/columnUse.js";
import { rocAuc as area, rocAucInterval } from "../stats/index.js";
import type { Expectation } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import type { ClassKind } from "./unit/model/classes.js";
import { modelUnit, type SliceKind } from "./unit/model/modelUnit.js";
import { type LabelAndScore, type PositiveOption, scores } from "./unit/model/scores.js";
import {
  type ConfidenceOption,
  confidenceShape,
  type Threshold,
  thresholdShape,
} from "./unit/model/threshold.js";
import { scored } from "./unit/model/verdict.js";
import type { AggregateOptions, NanOption } from "./unit/options.js";
import { columnRefSchema, literalSchema } from "./unit/wire.js";

const params = z.strictObject({
  label: columnRefSchema,
  score: columnRefSchema,
  positive: literalSchema,
  ...thresholdShape,
  ...confidenceShape,
});

/**
 * The area under the ROC curve is within bounds: the chance that a positive row scores above a negative one, ties counting
 * half. Exact: all scores are kept, 8 bytes each. Unless there are labels of both classes there is none. Confidence bounds are
 * Newcombe's, on Hanley and McNeil's variance.
 *
 * Any label but `positive` is of the negative class. Rows without a label are left out and counted as `unlabelled`, rows without a score as `unpredicted`. A NaN among
 * them makes the score NaN, which fails, unless `nan` is `"skip"` or `"null"`.
 *
 * @example rocAuc({ label: "y", score: "p" }, { positive: "yes", atLeast: 0.8 })
 */
export function rocAuc<
  const L extends ColumnRef,
  const S extends ColumnRef,
  const B extends ColumnRef = never,
>(
  columns: LabelAndScore<L, S>,
  threshold: PositiveOption & Threshold<B> & ConfidenceOption,
  options: AggregateOptions & NanOption = {},
): Expectation<
  { column: L; kind: ClassKind } | { column: S; kind: "number" } | { column: B; kind: SliceKind }
> {
  return make(rocAuc.unit, { ...columns, ...threshold }, options);
}

rocAuc.unit = modelUnit({
  type: "rocAuc",
  params,
  reading: scores,
  called: () => "area under the ROC curve",
  better: "higher",
  score({ positives, negatives }) {
    const score = scored(area(positives, negatives));
    if ("none" in score) return score;
    const { value } = score;
    return {
      value,
      bounds: (confidence) => rocAucInterval(value, positives.length, negatives.length, confidence),
    };
  },
  about: {
    fits: ["number", "string", "bool"],
    example: {
      params: { label: "y", score: "p", positive: "yes", atLeast: 0.8 },
      table: {
        y: { type: "utf8", values: ["no", "no", "yes", "yes", "yes", null] },
        p: { type: "float64", values: [0.1, 0.3, 0.7, 0.9, 0.8, 0.5] },
      },
    },
    violation: {
      table: {
        y: { type: "utf8", values: ["no", "no", "yes", "yes"] },
        p: { type: "float64", values: [0.9, 0.7, 0.3, 0.1] },
      },
    },
  },
});
