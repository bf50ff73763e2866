import * as z from "zod";
import type { ColumnRef } from "../columns/columnUse.js";
import { expectedCalibrationError } from "../stats/index.js";
import type { Expectation } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import type { ClassKind } from "./unit/model/classes.js";
import { modelUnit, type SliceKind } from "./unit/model/modelUnit.js";
import { type LabelAndScore, type PositiveOption, scores } from "./unit/model/scores.js";
import { type Threshold, thresholdShape } from "./unit/model/threshold.js";
import { scored } from "./unit/model/verdict.js";
import type { AggregateOptions, NanOption } from "./unit/options.js";
import { columnRefSchema, literalSchema } from "./unit/wire.js";

const params = z.strictObject({
  label: columnRefSchema,
  score: columnRefSchema,
  positive: literalSchema,
  bins: z.int().min(1).max(10_000).optional(),
  ...thresholdShape,
});

/** How scores are put together. */
export interface BinsOption {
  /** Bins of equal width; default 10. */
  readonly bins?: number;
}

/**
 * The expected calibration error is within bounds: how far the mean score lies from the share of positive rows, over `bins`
 * of equal width, weighted by rows. Scores are probabilities of the positive class; one outside 0 to 1 makes it NaN, which
 * fails.
 *
 * Any label but `positive` is of the negative class. Rows without a label are left out and counted as `unlabelled`, rows without a score as `unpredicted`. A NaN among
 * them makes the score NaN, which fails, unless `nan` is `"skip"` or `"null"`.
 *
 * @example calibrationError({ label: "y", score: "p" }, { positive: 1, bins: 15, atMost: 0.05 })
 */
export function calibrationError<
  const L extends ColumnRef,
  const S extends ColumnRef,
  const B extends ColumnRef = never,
>(
  columns: LabelAndScore<L, S>,
  threshold: PositiveOption & Threshold<B> & BinsOption,
  options: AggregateOptions & NanOption = {},
): Expectation<
  { column: L; kind: ClassKind } | { column: S; kind: "number" } | { column: B; kind: SliceKind }
> {
  return make(calibrationError.unit, { ...columns, ...threshold }, options);
}

calibrationError.unit = modelUnit({
  type: "calibrationError",
  params,
  reading: scores,
  called: () => "expected calibration error",
  better: "lower",
  score({ positives, negatives }, { bins }) {
    return scored(expectedCalibrationError(positives, negatives, bins === undefined ? {} : { bins }));
  },
  about: {
    fits: ["number", "string", "bool"],
    example: {
      params: { label: "y", score: "p", positive: "yes", atMost: 0.3 },
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
