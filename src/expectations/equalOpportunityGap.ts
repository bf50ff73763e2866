import * as z from "zod";
import { columnLabel } from "../columns/address.js";
import type { ColumnRef } from "../columns/columnUse.js";
import { recall } from "../stats/index.js";
import type { Expectation } from "./unit/expectation.js";
import { make } from "./unit/make.js";
import { type ClassKind, classes, type LabelAndPrediction } from "./unit/model/classes.js";
import { scoreOfClass } from "./unit/model/classScore.js";
import { type GapThreshold, gapShape, gapUnit } from "./unit/model/gapUnit.js";
import type { SliceKind } from "./unit/model/modelUnit.js";
import type { PositiveOption } from "./unit/model/scores.js";
import type { AggregateOptions, NanOption } from "./unit/options.js";
import { columnRefSchema, literalSchema } from "./unit/wire.js";

const params = z.strictObject({
  label: columnRefSchema,
  prediction: columnRefSchema,
  positive: literalSchema,
  ...gapShape,
});

/**
 * Rows of the positive class are found about equally often in each group: the highest recall less the lowest is at most
 * `atMost`. It is fairlearn's `equal_opportunity_difference`.
 *
 * Rows without a label are left out and counted as `unlabelled`, rows without a prediction as `unpredicted`. A group of fewer
 * than `minRows` scored rows, or without a row of the class, is left out, and the outcome is what `inconclusive` says unless
 * the others are too far apart. A NaN makes the gap NaN, which fails, unless `nan` is `"skip"` or `"null"`.
 *
 * @example equalOpportunityGap({ label: "y", prediction: "yhat" }, { by: "sex", positive: "yes", atMost: 0.1 })
 */
export function equalOpportunityGap<
  const L extends ColumnRef,
  const P extends ColumnRef,
  const B extends ColumnRef,
>(
  columns: LabelAndPrediction<L, P>,
  threshold: PositiveOption & GapThreshold<B>,
  options: AggregateOptions & NanOption = {},
): Expectation<{ column: L | P; kind: ClassKind } | { column: B; kind: SliceKind }> {
  return make(equalOpportunityGap.unit, { ...columns, ...threshold }, options);
}

equalOpportunityGap.unit = gapUnit({
  type: "equalOpportunityGap",
  params,
  reading: classes,
  called: ({ prediction, positive }) =>
    `the recall of ${JSON.stringify(positive)} in ${columnLabel(prediction)}`,
  score: (data, { positive }) =>
    scoreOfClass(data, { positive }, { ratio: recall, among: ({ labelled }) => labelled }),
  about: {
    fits: ["number", "string", "bool"],
    example: {
      params: { label: "y", prediction: "yhat", by: "sex", positive: "yes", atMost: 0.5 },
      table: {
        y: { type: "utf8", values: ["yes", "yes", "yes", "no", null] },
        yhat: { type: "utf8", values: ["yes", "no", "yes", "yes", "no"] },
        sex: { type: "utf8", values: ["f", "f", "m", "m", "m"] },
      },
    },
    violation: {
      table: {
        y: { type: "utf8", values: ["yes", "yes", "yes", "no"] },
        yhat: { type: "utf8", values: ["no", "no", "yes", "yes"] },
        sex: { type: "utf8", values: ["f", "f", "m", "m"] },
      },
    },
  },
});
