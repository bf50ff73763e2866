import * as z from "zod";
import type { ColumnRef } from "../columns/columnUse.js";
import { lossInterval, logLoss as meanLoss } from "../stats/index.js";
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
 * Log loss is within bounds: the mean of -ln of the probability that was given to the row's own class, in nats. Scores are
 * probabilities of the positive class, clipped by 2^-52 at either end; one outside 0 to 1 makes it NaN, which fails. Confidence
 * bounds are normal.
 *
 * Any label but `positive` is of the negative class. Rows without a label are left out and counted as `unlabelled`, rows without a score as `unpredicted`. A NaN among
 * them makes the score NaN, which fails, unless `nan` is `"skip"` or `"null"`.
 *
 * @example logLoss({ label: "y", score: "p" }, { positive: "yes", atMost: 0.4 })
 */
export function logLoss<
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
  return make(logLoss.unit, { ...columns, ...threshold }, options);
}

logLoss.unit = modelUnit({
  type: "logLoss",
  params,
  reading: scores,
  called: () => "log loss",
  better: "lower",
  score({ positives, negatives }) {
    const loss = meanLoss(positives, negatives);
    return { ...scored(loss), bounds: (confidence) => lossInterval(loss, confidence) };
  },
  about: {
    fits: ["number", "string", "bool"],
    example: {
      params: { label: "y", score: "p", positive: "yes", atMost: 0.5 },
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
