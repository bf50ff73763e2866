import type { BlockMoments } from "../../../metrics/blockMoments.js";
import type { ResidualsState } from "../../../metrics/residuals.js";
import { meanInterval, r2 } from "../../../stats/index.js";
import type { LabelAndPrediction } from "./classes.js";
import { type Reading, readCounts, type Where } from "./reading.js";
import { type Score, scored } from "./verdict.js";

function requests({ label, prediction }: LabelAndPrediction, where: Where) {
  return { residuals: { state: "residuals" as const, column: label, beside: prediction, ...where } };
}

/** Numeric labels and predictions: how far the ones lie from the others. */
export const residuals: Reading<LabelAndPrediction, ReturnType<typeof requests>, ResidualsState> = {
  columns: ({ label, prediction }) => [
    [label, ["number"]],
    [prediction, ["number"]],
  ],
  requests,
  read: ({ residuals: state }, _params, nan) => ({ ...readCounts(state, nan), data: state }),
};

/** The mean of some numbers, with its normal bounds. */
function meanOf(moments: BlockMoments): Score {
  const { count, mean, squares } = moments.total;
  const deviation = Math.sqrt(squares / (count - 1));
  return { value: mean, bounds: (confidence) => meanInterval(mean, deviation, count, confidence) };
}

const hasInfinite = ({ plus, minus, overflows }: ResidualsState): boolean => plus + minus + overflows > 0;

/** The mean of prediction - label; infinite or NaN where infinite errors make it so. */
export function meanError(state: ResidualsState): Score {
  const { plus, minus, overflows, errors, squares } = state;
  const cancelled = overflows - (errors.total.count - squares.total.count);
  if (cancelled > 0 || (plus > 0 && minus > 0)) return { value: Number.NaN };
  if (plus > 0) return { value: Number.POSITIVE_INFINITY };
  return minus > 0 ? { value: Number.NEGATIVE_INFINITY } : meanOf(errors);
}

/** The mean size of an error; infinite or NaN where infinite errors make it so. */
export function meanSize(state: ResidualsState): Score {
  const { value } = meanError(state) as { value: number };
  if (Number.isFinite(value)) return meanOf(state.sizes);
  return { value: state.plus + state.minus > 0 ? Number.POSITIVE_INFINITY : Number.NaN };
}

/** The root of the mean squared error; infinite where an error, or its square, is. */
export function rootMeanSquare(state: ResidualsState): Score {
  if (hasInfinite(state)) return { value: Number.POSITIVE_INFINITY };
  const { value, bounds } = meanOf(state.squares) as Extract<Score, { value: number }>;
  return {
    value: Math.sqrt(value),
    bounds(confidence) {
      const interval = bounds!(confidence);
      return interval && [Math.sqrt(Math.max(0, interval[0])), Math.sqrt(interval[1])];
    },
  };
}

/** R², from the sums of squared errors and of the labels' squared deviations. */
export function determination(state: ResidualsState): Score {
  if (hasInfinite(state)) return { value: Number.NaN };
  const { count, sum } = state.squares.total;
  return scored(r2(sum, state.labels.total.squares, count));
}
